"""The tabs of the explorer: one question each."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _


def explorer_tabs(current: str) -> list[dict[str, Any]]:
    """Return the tabs, the one of this route being the current one."""
    tabs = {
        "web:explorer": _("Figure"),
        "web:cohorts": _("Cohorts"),
        "web:funnels": _("Funnels"),
        "web:movement": _("Movement"),
        "web:compare": _("Comparison"),
    }
    return [
        {"label": label, "url": reverse(name), "is_current": name == current}
        for name, label in tabs.items()
    ]


def save_address(kind: str, asked: dict[str, str]) -> str:
    """Return the address that saves what a page of the explorer asks."""
    return f"{reverse('insights:new_view')}?{urlencode({'kind': kind, **asked})}"
