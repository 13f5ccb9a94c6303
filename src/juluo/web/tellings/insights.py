"""What happens to alerts and annotations."""

from juluo.web.tellings.telling import Telling

INSIGHTS: dict[str, Telling] = {}
