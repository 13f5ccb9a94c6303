"""What history says of a target, before it is set."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries
from juluo.domains.planning.forms.goals import TargetForm
from juluo.domains.planning.rules.goals import Wanted


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A target that can be set, with the judgement of history and its chart."""

    wanted: Wanted
    judgement: queries.Judgement | None
    chart: queries.Chart | None
    baseline: str
    title: str


def checked(form: TargetForm, *, start: date, end: date, now: datetime) -> Checked | None:
    """Judge the target of a valid form; None where it lacks a baseline, which the form says."""
    measuring = queries.Measuring(
        form.aim, start=start, end=end, log=insights.current_log(), now=now
    )
    wanted = form.wanted(measuring.baseline())
    if wanted is None:
        return None
    found = measuring.judged(baseline=wanted.baseline, value=wanted.value)
    way = measuring.way(baseline=wanted.baseline, value=wanted.value)
    language = get_language() or "en"
    return Checked(
        wanted=wanted,
        judgement=queries.judgement(
            asdict(found), aim=form.aim, value=wanted.value, start=start, end=end
        ),
        chart=queries.target_chart(measuring, way, edges=queries.edges_of(found)),
        baseline=queries.figure(wanted.baseline, form.aim.definition.unit, language=language),
        title=form.aim.definition.title.in_language(language),
    )
