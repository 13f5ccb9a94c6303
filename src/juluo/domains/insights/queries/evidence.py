"""Kept answers: what was said, what the same question gives today, and why they may differ."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.analytics.catalog import METRICS
from juluo.analytics.engine import QuestionRefused
from juluo.analytics.question import Answer, Filters, Point, point_from_plain, question_from_plain
from juluo.domains.insights.models import KeptAnswer
from juluo.domains.insights.queries.asking import ask, current_log
from juluo.domains.members import queries as members
from juluo.domains.members.queries import Someone
from juluo.eventlog.models import EventRecord

Place = tuple[date, str | None]
# Conversions wait for what follows: the longest look eight weeks beyond the window.
_LONGEST_WAIT = timedelta(days=57)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A point that is not what it was: ``then`` and ``now`` are its values, None where absent."""

    point: Point
    then: float | None
    now: float | None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A kept answer beside today's.

    ``today`` is None where the question cannot be asked any more. ``reasons`` say in words what
    has changed since: they are told even if the figures are still the same.
    """

    key: str
    answer: Answer
    as_of: datetime
    kept_by: str
    today: Answer | None
    differences: tuple[Difference, ...]
    reasons: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether every figure is still what it was."""
        return self.today is not None and not self.differences


def evidence(key: str, *, now: datetime) -> Evidence:
    """Return a kept answer, asked again.

    :raises django.core.exceptions.ObjectDoesNotExist: if none has this key.
    """
    kept = KeptAnswer.objects.select_related("kept_by").get(key=key)
    answer = kept_answer(kept)
    today = _again(answer, now)
    return Evidence(
        key=key,
        answer=answer,
        as_of=kept.as_of,
        kept_by=kept.kept_by.display_name if kept.kept_by else "",
        today=today,
        differences=_differences(answer, today) if today else (),
        reasons=tuple(_reasons(kept, answer)),
    )


def kept_answer(kept: KeptAnswer) -> Answer:
    """Return the answer that a row keeps."""
    return Answer(
        question=question_from_plain(kept.asked),
        version=kept.version,
        unit=kept.unit,
        points=tuple(point_from_plain(each) for each in kept.points),
        query=kept.query,
        data_version=kept.data_version,
        note_keys=tuple(kept.notes),
    )


def left_out(everyone: Sequence[Someone], filters: Filters) -> str:
    """Return a digest of who is not counted: bots, staff and others, by the question's filters."""
    out = sorted(
        each.member_id
        for each in everyone
        if (each.kind != "person" and not filters.include_bots)
        or (each.is_staff and filters.exclude_staff)
    )
    return hashlib.sha256(repr(out).encode()).hexdigest()


def _again(answer: Answer, now: datetime) -> Answer | None:
    if answer.question.key not in METRICS:
        return None
    try:
        return ask(answer.question, log=current_log(), now=now)
    except QuestionRefused:
        return None


def _differences(then: Answer, now: Answer) -> tuple[Difference, ...]:
    new = {(point.start, point.group): point for point in now.points}
    old = {(point.start, point.group): point for point in then.points}
    return tuple(
        Difference(point=old.get(place) or new[place], then=was, now=becomes)
        for place in [*old, *(each for each in new if each not in old)]
        if (was := _value(old, place)) != (becomes := _value(new, place))
    )


def _value(points: Mapping[Place, Point], place: Place) -> float | None:
    point = points.get(place)
    return point.value if point else None


def _reasons(kept: KeptAnswer, answer: Answer) -> list[str]:
    """Return what has changed since, in words."""
    asked = answer.question
    end = datetime.combine(asked.end, datetime.min.time(), tzinfo=ZoneInfo(asked.timezone))
    newer = EventRecord.objects.filter(pk__gt=kept.last_line, occurred_at__lt=end + _LONGEST_WAIT)
    late = newer.filter(occurred_at__lt=min(end, kept.as_of)).count()
    later = newer.filter(occurred_at__gte=kept.as_of).count()
    definition = METRICS.get(asked.key)
    reasons = []
    if definition is None:
        reasons.append(_("The catalog has no such metric any more."))
    elif definition.version != kept.version:
        reasons.append(
            _("The definition is in version %(now)d; then it was in version %(then)d.")
            % {"now": definition.version, "then": kept.version}
        )
    if late:
        words = ngettext(
            "%(count)d event of the time before has come in late.",
            "%(count)d events of the time before have come in late.",
            late,
        )
        reasons.append(words % {"count": late})
    if later and kept.as_of < end + _LONGEST_WAIT:
        reasons.append(_("The window, or the wait for what follows on it, was not over then."))
    if left_out(members.everyone(), asked.filters) != kept.left_out:
        reasons.append(_("Who is left out has changed: bots, staff or test accounts."))
    return reasons


@dataclass(frozen=True, kw_only=True)
class KeptRow:
    """A kept answer in a list."""

    key: str
    answer: Answer
    as_of: datetime
    kept_by: str


def kept_answers(*, offset: int, limit: int) -> list[KeptRow]:
    """Return the answers that were kept, newest first."""
    rows = KeptAnswer.objects.select_related("kept_by").order_by("-as_of", "-pk")
    return [
        KeptRow(
            key=each.key,
            answer=kept_answer(each),
            as_of=each.as_of,
            kept_by=each.kept_by.display_name if each.kept_by else "",
        )
        for each in rows[offset : offset + limit]
    ]
