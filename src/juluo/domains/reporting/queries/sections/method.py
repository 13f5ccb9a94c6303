"""How the numbers of a report were come by."""

from django.utils.translation import gettext as _

from juluo.domains.reporting.queries.draft import Draft
from juluo.lib.documents.model import Bullets, Section, Text


def method(draft: Draft) -> Section:
    """Return the rules that every number of the report keeps."""
    items = [
        _(
            "Every number comes from the community's event log through one metric catalog. The "
            "mark beside a number leads to its definition, version, window, filters and query."
        ),
        _("Days, weeks and months are cut in the time zone %s.") % draft.log.timezone,
        _("People are counted; bots, system and test accounts are left out."),
        _(
            "The usual range is where 19 of 20 values would fall if nothing had changed, from "
            "windows of the same length before; shown from four such windows on. A change inside "
            "it is no evidence of anything."
        ),
        _(
            "A share of nothing is left empty, and figures that need time to pass count only "
            "what has had that time."
        ),
        _(
            "Reactions whose time the source does not record are dated with the message they are "
            "on. Reading and visiting are not recorded by the imported sources."
        ),
    ]
    return Section(
        key="method", title=_("Method"), blocks=[Bullets([[Text(item)] for item in items])]
    )
