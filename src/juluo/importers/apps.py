"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportersConfig(AppConfig):
    """Register the app and its entry in the menu."""

    name = "juluo.importers"

    def ready(self) -> None:
        """Put the imports into the console's menu."""
        from juluo.domains.insights.queries import register_happenings, register_needs
        from juluo.domains.members.permissions import can_import
        from juluo.domains.planning.queries import register_link_kind
        from juluo.importers.formats import FORMATS
        from juluo.importers.happenings import say_what_was_brought
        from juluo.importers.links import IMPORT_LINK
        from juluo.importers.needs import say_what_was_refused
        from juluo.ui.navigation import NavItem, Section, register
        from juluo.ui.sources import register_source

        register_needs(say_what_was_refused)
        register_happenings(say_what_was_brought)
        register_link_kind(IMPORT_LINK)
        register_source("demonstration", _("Demonstration"))
        for name, each in FORMATS.items():
            register_source(name, each.TITLE)

        register(
            NavItem(
                section=Section.DATA,
                label=_("Imports"),
                url_name="importers:list",
                icon="file-import",
                order=10,
                visible=can_import,
            )
        )
