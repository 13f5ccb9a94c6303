"""Live windows in words."""

from django.utils.translation import gettext as _

from juluo.lib import live_windows


def live_window_words() -> dict[str, str]:
    """Return what each live window is called, the shortest first."""
    words = {
        "7_days": _("Last 7 days"),
        "28_days": _("Last 28 days"),
        "90_days": _("Last 90 days"),
        "last_week": _("Last week"),
        "12_weeks": _("Last 12 weeks"),
        "last_month": _("Last month"),
        "6_months": _("Last 6 months"),
        "12_months": _("Last 12 months"),
    }
    return {name: words[name] for name in live_windows.NAMES}
