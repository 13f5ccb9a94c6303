"""Kept figures over HTTP: what was said, and whether it still holds."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from juluo.api.authentication import allow
from juluo.domains.insights import queries
from juluo.domains.members import permissions

router = Router(tags=["metrics"])


class Language(Schema):
    """The language of titles, names and reasons."""

    lang: str = Field("en", pattern="^(en|zh)$")


class DifferenceOut(Schema):
    """A point that is not what it was."""

    start: str
    group: str | None
    then: float | None
    now: float | None


class EvidenceOut(Schema):
    """A kept answer, and what the same question gives today."""

    key: str
    as_of: datetime
    kept_by: str
    is_same: bool = Field(description="Whether every figure is still what it was.")
    reasons: list[str] = Field(description="What has changed since, in words.")
    differences: list[DifferenceOut]
    answer: dict[str, Any]


@router.get("/{key}/", response=EvidenceOut, summary="Open a kept figure")
def evidence(request: HttpRequest, key: str, language: Query[Language]) -> Any:
    """Return a kept answer whole, with its evidence, and what differs today and why."""
    allow(request, permissions.can_see_metrics)
    try:
        found = queries.evidence(key, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    differences = [
        {
            "start": each.point.start.isoformat(),
            "group": each.point.group,
            "then": each.then,
            "now": each.now,
        }
        for each in found.differences
    ]
    return {
        "key": found.key,
        "as_of": found.as_of,
        "kept_by": found.kept_by,
        "is_same": found.is_same,
        "reasons": list(found.reasons),
        "differences": differences,
        "answer": queries.as_json(found.answer, language=language.lang),
    }
