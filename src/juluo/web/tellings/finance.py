"""What happens to money."""

from juluo.web.tellings.telling import Telling

FINANCE: dict[str, Telling] = {}
