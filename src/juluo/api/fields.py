"""What bodies and addresses are made of: ids, days and words that every database can hold."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field


def _holdable(text: str) -> str:
    """Refuse what PostgreSQL cannot keep, and half characters that nothing can write."""
    if "\x00" in text:
        raise ValueError("The text holds a character that cannot be kept.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("The text holds half a character.") from None
    return text


Id = Annotated[int, Field(ge=1, lt=2**63)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2200, 1, 1))]
Words = Annotated[str, AfterValidator(_holdable)]
