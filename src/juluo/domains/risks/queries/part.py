"""What a plan's version freezes of its risks, and risks as evidence of changes."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from juluo.domains.members import queries as members
from juluo.domains.planning.types import Fact, PlanEntry, PlanPart
from juluo.domains.risks.models import Risk
from juluo.domains.risks.permissions import can_see_risks
from juluo.lib import figures


def _entries(plan_id: int) -> list[PlanEntry]:
    rows = list(Risk.objects.filter(plan_id=plan_id).order_by("pk"))
    names = members.names({row.owner_id for row in rows})
    return [_entry(row, names.get(row.owner_id, "")) for row in rows]


def _entry(row: Risk, owner: str) -> PlanEntry:
    facts: dict[str, Fact] = {
        "cause": row.cause,
        "consequence": row.consequence,
        "category": row.category,
        "probability": row.probability,
        "impact": row.impact,
        "score": row.score,
        "status": row.status,
        "owner": owner,
        "horizon": row.horizon.isoformat() if row.horizon else None,
    }
    return PlanEntry(ref=f"risk:{row.pk}", title=row.event, facts=facts)


def _show(key: str, value: Fact, language: str) -> str:
    if value is None:
        return figures.NOTHING
    if key == "horizon":
        return figures.day(date.fromisoformat(str(value)), language=language)
    words = {"category": Risk.Category.choices, "status": Risk.Status.choices}.get(key)
    if words is None:
        return str(value)
    with override("zh-hans" if language.startswith("zh") else "en"):
        return str(dict(words).get(str(value), value))


RISKS_PART = PlanPart(
    key="risks",
    label=_("Risks"),
    order=60,
    url_name="risks:plan",
    entries=_entries,
    labels={
        "cause": _("Cause"),
        "consequence": _("Consequence"),
        "category": _("Category"),
        "probability": _("Probability"),
        "impact": _("Impact"),
        "score": _("Score"),
        "status": pgettext_lazy("risk", "State"),
        "owner": _("Owner"),
        "horizon": _("May happen until"),
    },
    visible=can_see_risks,
    show=_show,
    columns=("category", "probability", "impact", "score", "status", "owner"),
    details=("cause", "consequence", "horizon"),
)


def risk_evidence(plan_id: int) -> list[tuple[str, str]]:
    """Return the risks that a change of this plan can rest on: its own, and those of no plan."""
    rows = Risk.objects.filter(plan_id=plan_id) | Risk.objects.filter(plan=None)
    return [(f"risk:{row.pk}", _words(row)) for row in rows.order_by("-pk")[:50]]


def risk_evidence_words(refs: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return ``{reference: (words, address)}`` of risks named as evidence."""
    ids = [int(number) for ref in refs if (number := ref.partition(":")[2]).isdecimal()]
    return {
        f"risk:{row.pk}": (_words(row), reverse("risks:risk", args=[row.pk]))
        for row in Risk.objects.filter(pk__in=ids)
    }


def _words(row: Risk) -> str:
    return f"{row.get_category_display()} · {row.event}"
