"""A section by itself: a draft as a report would have it, without the rest of the report."""

from datetime import date, datetime

from django.utils import translation

from juluo.domains.insights import queries as insights
from juluo.domains.reporting.queries.draft import Draft, Memory
from juluo.domains.reporting.types import ReportRequest


def drafted(build, *, start: date, end: date, now: datetime, language: str = "en", **asked):
    """Return what a builder makes of these days, and the draft that it was made in."""
    request = ReportRequest(start=start, end=end, language=language, **asked)
    with translation.override("zh-hans" if language == "zh" else "en"):
        draft = Draft(asked=request, memory=Memory(log=insights.current_log(), now=now))
        return build(draft), draft
