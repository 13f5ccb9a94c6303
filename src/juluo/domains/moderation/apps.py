"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Register the app, its menu entry, what it tells, and its part of members' pages."""

    name = "juluo.domains.moderation"

    def ready(self) -> None:
        """End suspensions by the clock; add what other parts of the product look up."""
        from juluo.domains.moderation import permissions, tasks
        from juluo.jobs.schedule import every
        from juluo.ui.navigation import NavItem, Section, register

        every("*/5 * * * *", tasks.end_suspensions)
        see = permissions.can_see_all_cases
        register(NavItem(Section.COMMUNITY, _("Flags"), "moderation:queue", "flag", 30, see))
        _tell()
        _offer_history()


def _tell() -> None:
    from juluo.domains.notifications.queries import register_kind
    from juluo.domains.notifications.types import Kind

    told = {
        "flagged": (_("Something was flagged and waits for a decision"), "flag"),
        "objected": (_("An author objects to a decision"), "scale"),
        "acted": (_("We looked at what you flagged, and did something about it"), "circle-check"),
        "left_standing": (_("We looked at what you flagged, and left it standing"), "eye-check"),
        "held": (_("Something of yours is hidden until a moderator has looked at it"), "eye-off"),
        "stands_again": (_("A moderator looked at it: what was hidden stands again"), "eye-check"),
        "upheld": (_("Another moderator looked at it: the decision stands"), "scale"),
        "withdrawn": (_("A decision about something of yours was withdrawn"), "arrow-back-up"),
        "claimed": (_("%(name)s says that %(person)s from elsewhere is them"), "user-search"),
        "claim_approved": (_("What %(person)s wrote elsewhere is yours now"), "user-check"),
        "claim_declined": (_("Your claim to be %(person)s was declined"), "user-off"),
        "claim_undone": (_("What %(person)s wrote elsewhere is no longer yours"), "users"),
    }
    for key, (words, icon) in told.items():
        register_kind(Kind(key=f"moderation.{key}", words=words, icon=icon))
    against = {
        "hidden": (_("A moderator hid something of yours: %(reason)s"), "eye-off"),
        "removed": (_("A moderator removed something of yours: %(reason)s"), "trash"),
        "warned": (_("A moderator warned you: %(reason)s"), "alert-triangle"),
        "suspended": (_("Your account is suspended: %(reason)s"), "ban"),
        "suspended_until": (_("Your account is suspended until %(until)s: %(reason)s"), "ban"),
    }
    for key, (words, icon) in against.items():
        register_kind(Kind(key=f"moderation.{key}", words=words, icon=icon, urgent=True))


def _offer_history() -> None:
    from juluo.domains.members.queries import register_profile_part
    from juluo.domains.members.types import Member, ProfilePart
    from juluo.domains.moderation import queries

    def offered(viewer: Member, member_id: int) -> dict[str, object] | None:
        found = queries.history_claim(viewer, member_id)
        return {"found": found} if found else None

    register_profile_part(
        ProfilePart(
            key="history",
            label=_("Known from elsewhere"),
            order=5,
            template="moderation/_known_from.html",
            build=offered,
        )
    )
