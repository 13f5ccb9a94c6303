"""What the plan itself says when a version is frozen: its frame, words, baseline and notes."""

from datetime import date, timedelta

from django.utils.functional import lazy
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from juluo.analytics.catalog import METRICS
from juluo.domains.members import queries as members
from juluo.domains.planning import permissions
from juluo.domains.planning.models import Baseline, Plan, WatchNote
from juluo.domains.planning.rules.sections import SECTIONS
from juluo.domains.planning.types import Fact, PlanEntry, PlanPart
from juluo.lib import figures


def _frame(plan_id: int) -> list[PlanEntry]:
    plan = Plan.objects.select_related("parent", "positioning").get(pk=plan_id)
    facts: dict[str, Fact] = {
        "kind": plan.kind,
        "first": plan.start.isoformat(),
        "last": (plan.end - timedelta(days=1)).isoformat(),
        "owner": members.names([plan.owner_id]).get(plan.owner_id, ""),
        "parent": plan.parent.title if plan.parent else None,
        "positioning": plan.positioning.number if plan.positioning else None,
    }
    return [PlanEntry(ref=f"plan:{plan_id}", title=plan.title, facts=facts)]


def _sections(plan_id: int) -> list[PlanEntry]:
    plan = Plan.objects.get(pk=plan_id)
    return [
        PlanEntry(ref=f"section:{row.key}", title=row.key, facts={"text": row.text})
        for row in plan.sections.exclude(text="")
    ]


def _baselines(plan_id: int) -> list[PlanEntry]:
    rows = Baseline.objects.filter(plan_id=plan_id).order_by("taken_at", "id")
    return [_baseline(row) for row in rows]


def _baseline(row: Baseline) -> PlanEntry:
    facts: dict[str, Fact] = {
        "first": row.start.isoformat(),
        "last": (row.end - timedelta(days=1)).isoformat(),
        "data_version": row.data_version,
        **{each["key"]: each["value"] for each in row.figures},
    }
    return PlanEntry(ref=f"baseline:{row.pk}", title=row.taken_at.date().isoformat(), facts=facts)


def _notes(plan_id: int) -> list[PlanEntry]:
    rows = WatchNote.objects.filter(plans=plan_id, withdrawn_at=None).order_by("observed_on", "id")
    return [
        PlanEntry(
            ref=f"watch:{row.pk}",
            title=row.about,
            facts={
                "kind": row.kind,
                "observed_on": row.observed_on.isoformat(),
                "statement": row.statement,
                "meaning": row.meaning,
                "evidence_url": row.evidence_url,
            },
        )
        for row in rows
    ]


def _show(key: str, value: Fact, language: str) -> str:
    if isinstance(value, str) and key in {"first", "last", "observed_on"}:
        return figures.day(date.fromisoformat(value), language=language)
    if key == "kind":
        words = dict(Plan.Kind.choices) | dict(WatchNote.Kind.choices)
        with override("zh-hans" if language.startswith("zh") else "en"):
            return str(words.get(str(value), value))
    return str(value)


def _show_figure(key: str, value: Fact, language: str) -> str:
    known = METRICS.get(key)
    if known and (isinstance(value, float | int) or value is None):
        return figures.figure(value, known.unit, language=language)
    return _show(key, value, language)


def _title_in_language_read(key: str) -> str:
    return METRICS[key].title.in_language(get_language() or "en")


_metric_title = lazy(_title_in_language_read, str)


def own_parts() -> list[PlanPart]:
    """Return the parts that the plan's own page shows."""
    see = permissions.can_see_plans
    days = {"first": _("First day"), "last": _("Last day")}
    metric_titles = {key: _metric_title(key) for key in METRICS}
    return [
        PlanPart(
            key="plan",
            label=_("Frame"),
            order=0,
            url_name="",
            entries=_frame,
            labels={
                **days,
                "kind": _("Kind"),
                "owner": _("Owner"),
                "parent": _("Part of"),
                "positioning": _("Positioning, version"),
            },
            visible=see,
            show=_show,
        ),
        PlanPart(
            key="sections",
            label=pgettext_lazy("plan", "Text"),
            order=1,
            url_name="",
            entries=_sections,
            labels={"text": pgettext_lazy("plan", "Text")},
            visible=see,
        ),
        PlanPart(
            key="baseline",
            label=_("Where we stand"),
            order=2,
            url_name="",
            entries=_baselines,
            labels={**days, "data_version": _("Data version"), **metric_titles},
            visible=see,
            show=_show_figure,
        ),
        PlanPart(
            key="watch",
            label=_("Market and competitors"),
            order=3,
            url_name="",
            entries=_notes,
            labels={
                "kind": _("Kind"),
                "observed_on": _("Seen on"),
                "statement": _("What was seen"),
                "meaning": _("What it means for us"),
                "evidence_url": _("Evidence"),
            },
            visible=see,
            show=_show,
            columns=("observed_on", "statement", "meaning", "evidence_url"),
        ),
    ]


def section_title(key: str, language: str) -> str:
    """Return what a section is called; its bare key where we know none."""
    told = SECTIONS.get(key)
    return told.title.in_language(language) if told else key
