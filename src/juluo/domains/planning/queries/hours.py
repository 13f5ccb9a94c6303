"""Minutes in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def hours(minutes: int) -> str:
    """Return minutes as hours in words: 22 h, 1.5 h."""
    number = number_format(round(minutes / 60, 1), decimal_pos=0 if minutes % 60 == 0 else 1)
    return _("%(number)s h") % {"number": number}
