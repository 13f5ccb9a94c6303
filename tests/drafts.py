"""A section by itself: a draft as a report would have it, without the rest of the report."""

from datetime import date, datetime

from django.utils import translation

from juluo.domains.insights import queries as insights
from juluo.domains.reporting.queries.draft import Draft, Memory
from juluo.domains.reporting.types import ReportRequest


def drafted(
    build, *, start: date, end: date, now: datetime, language: str = "en", memory=None, **asked
):
    """Return what a builder makes of these days, and the draft that it was made in."""
    request = ReportRequest(start=start, end=end, language=language, **asked)
    with translation.override("zh-hans" if language == "zh" else "en"):
        memory = memory or Memory(log=insights.current_log(), now=now)
        draft = Draft(asked=request, memory=memory)
        return build(draft), draft
