"""What every page of a plan shows (title, state, tabs), for pages of higher domains too."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juluo.domains.insights import queries as insights
from juluo.domains.members.permissions import Viewer
from juluo.domains.planning import permissions
from juluo.domains.planning.queries.looks import status_look
from juluo.domains.planning.queries.parts import plan_parts
from juluo.domains.planning.queries.plans import PlanCard, plan_card
from juluo.lib import figures


def plan_frame(
    viewer: Viewer, plan_id: int, *, current: str, now: datetime
) -> dict[str, Any] | None:
    """Return the context of a plan's page with the part ``current`` marked; None if there is none.

    Its template extends ``ui/parts.html`` and fills the block ``part``.
    """
    today = insights.local_today(now=now)
    card = plan_card(plan_id, today=today)
    if card is None:
        return None
    return {
        "plan": card,
        "today": today,
        "may_plan": permissions.can_plan(viewer) and card.status != "closed",
        "may_sign_off": permissions.can_sign_off(viewer),
        "crumbs": [{"label": _("Plans"), "url": reverse("planning:plans")}],
        "frame": {
            "title": card.title,
            "state": card.status_label,
            "look": status_look(card.status),
            "facts": _facts(card),
            "tabs_label": _("Parts of the plan"),
            "tabs": _tabs(viewer, plan_id, current),
        },
    }


def _facts(card: PlanCard) -> list[str]:
    language = get_language() or "en"
    first = figures.day(card.first, language=language)
    last = figures.day(card.last, language=language)
    facts = [card.kind_label, f"{first} – {last}", _("Owner") + _(": ") + card.owner]
    if card.version:
        facts.append(_("Version %(number)s") % {"number": card.version})
    return facts


def _tabs(viewer: Viewer, plan_id: int, current: str) -> list[dict[str, Any]]:
    parts = [(part.key, str(part.label), part.url_name) for part in plan_parts(viewer)]
    tabs = [
        ("plan", _("Plan"), "planning:plan"),
        *(each for each in parts if each[2]),
        ("versions", _("Versions"), "planning:versions"),
    ]
    return [
        {"label": label, "url": reverse(name, args=[plan_id]), "is_current": key == current}
        for key, label, name in tabs
    ]
