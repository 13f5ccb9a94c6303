"""What happens to plans, goals, strategies and schedules."""

from juluo.web.tellings.telling import Telling

PLANNING: dict[str, Telling] = {}
