"""What changed how figures are counted: accounts said to be bots or tests, and definitions.

Both reach back: every day is counted anew. They tell why a figure is not what it was called
earlier, and can be ruled out as the cause of a difference between two windows.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db.models import Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.analytics.catalog import metric
from juluo.analytics.question import Question
from juluo.domains.insights.models import KeptAnswer
from juluo.domains.insights.queries.happenings import Told
from juluo.domains.members import queries as members

_DAY = timedelta(days=1)


def counted_otherwise(asked: Question, start: date, end: date, *, now: datetime) -> list[Told]:
    """Return what changed how a metric is counted on the days ``[start, end)``."""
    return [*_accounts(asked, start, end), *_definitions(asked, start, end, now)]


def _accounts(asked: Question, start: date, end: date) -> Iterator[Told]:
    """Yield the days on which accounts were said to be bots, tests, or people after all."""
    from juluo.analytics.diagnosis import Happening, What

    if asked.filters.include_bots:
        return
    whats = {"bot": What.NEW_BOTS, "system": What.NEW_BOTS, "test": What.TEST_ACCOUNTS}
    for each in members.kinds_changed(start=start, end=end, timezone=asked.timezone):
        yield Told(
            happening=Happening(
                key=f"accounts:{each.kind}:{each.on.isoformat()}:{each.accounts}",
                what=whats.get(each.kind, What.OTHER),
                start=each.on,
                end=each.on + _DAY,
                reaches_back=True,
            ),
            words=_words(each.kind, each.accounts),
            url=reverse("members:audit"),
        )


def _words(kind: str, accounts: int) -> str:
    if kind == "person":
        words = ngettext(
            "%(count)s account marked as a person", "%(count)s accounts marked as people", accounts
        )
    elif kind == "test":
        words = ngettext(
            "%(count)s account marked as a test", "%(count)s accounts marked as tests", accounts
        )
    else:
        words = ngettext(
            "%(count)s account marked as a bot", "%(count)s accounts marked as bots", accounts
        )
    return words % {"count": accounts}


def _definitions(asked: Question, start: date, end: date, now: datetime) -> Iterator[Told]:
    """Yield the changes of a metric's definition that answers kept before and after show."""
    from juluo.analytics.diagnosis import Happening, What

    zone = ZoneInfo(asked.timezone)
    kept = KeptAnswer.objects.filter(metric=asked.key).order_by("version").values_list("version")
    seen = [*kept.annotate(first=Min("as_of"), last=Max("as_of"))]
    newest = metric(asked.key).version
    if seen and seen[-1][0] < newest:
        seen.append((newest, now, now))
    for (old, _first, last), (new, first, _last) in pairwise(seen):
        days = last.astimezone(zone).date(), first.astimezone(zone).date() + _DAY
        if days[0] < end and days[1] > start:
            yield Told(
                happening=Happening(
                    key=f"definition:{asked.key}:{new}",
                    what=What.DEFINITION,
                    start=days[0],
                    end=days[1],
                    metrics=(asked.key,),
                    reaches_back=True,
                ),
                words=_("Version %(old)s became version %(new)s") % {"old": old, "new": new},
                url=reverse("web:catalog"),
            )
