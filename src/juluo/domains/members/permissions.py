"""Who may do what. Staff see; operators change and export; owners decide about people."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from juluo.domains.members.models import ApiToken, Member

Viewer = Member | AnonymousUser
STAFF = frozenset({Member.Role.MODERATOR, Member.Role.OPERATOR, Member.Role.OWNER})
OPERATORS = frozenset({Member.Role.OPERATOR, Member.Role.OWNER})
OWNERS = frozenset({Member.Role.OWNER})


def has_role(viewer: Viewer, roles: frozenset[Member.Role]) -> bool:
    """Whether they are signed in, not suspended, and have one of these roles."""
    return isinstance(viewer, Member) and viewer.is_active and viewer.role in roles


def can_read_spaces(viewer: Viewer) -> bool:
    """Whether they may read what is said in spaces and chat groups."""
    return isinstance(viewer, Member) and viewer.is_active


def can_see_profiles(viewer: Viewer) -> bool:
    """Whether they may open members' public pages, and have one to write."""
    return isinstance(viewer, Member) and viewer.is_active


def findable(viewer: Viewer, number: str) -> Exists:
    """Return, for a query, whether the viewer may find the member that a column numbers."""
    rows = Member.objects.filter(
        pk=OuterRef(number),
        is_active=True,
        kind__in=(Member.Kind.PERSON, Member.Kind.BOT),
        same_as=None,
    )
    return Exists(rows if can_see_profiles(viewer) else rows.none())


def can_tidy_profile(actor: Viewer, target: Member) -> bool:
    """Whether they may take away what this member wrote and drew of themselves."""
    if actor.pk == target.pk:
        return False
    return has_role(actor, OWNERS) or (has_role(actor, STAFF) and not target.is_staff)


def can_see_composition(viewer: Viewer) -> bool:
    """Whether they may see the totals of what members said of themselves."""
    return has_role(viewer, OPERATORS)


def can_see_guideline_standing(viewer: Viewer) -> bool:
    """Whether they may see who accepted the guidelines."""
    return has_role(viewer, OPERATORS)


def can_publish_guidelines(viewer: Viewer) -> bool:
    """Whether they may write the guidelines and remind members of them."""
    return has_role(viewer, OPERATORS)


def can_see_console(viewer: Viewer) -> bool:
    """Whether they may open the operators' console."""
    return has_role(viewer, STAFF)


def can_see_members(viewer: Viewer) -> bool:
    """Whether they may list members and open a member's page."""
    return has_role(viewer, STAFF)


def can_see_member_emails(viewer: Viewer) -> bool:
    """Whether they may see e-mail addresses."""
    return has_role(viewer, OPERATORS)


def can_see_metrics(viewer: Viewer) -> bool:
    """Whether they may see figures and the records behind them."""
    return has_role(viewer, STAFF)


def can_export_metrics(viewer: Viewer) -> bool:
    """Whether they may take figures and records away as files."""
    return has_role(viewer, OPERATORS)


def can_import(viewer: Viewer) -> bool:
    """Whether they may bring talk in from elsewhere and see how imports went."""
    return has_role(viewer, OPERATORS)


def can_see_reports(viewer: Viewer) -> bool:
    """Whether they may read reports."""
    return has_role(viewer, STAFF)


def can_make_report(viewer: Viewer) -> bool:
    """Whether they may make, change and export reports."""
    return has_role(viewer, OPERATORS)


def can_see_audit(viewer: Viewer) -> bool:
    """Whether they may read what staff did."""
    return has_role(viewer, OPERATORS)


def can_see_jobs(viewer: Viewer) -> bool:
    """Whether they may see background work and retry what failed."""
    return has_role(viewer, OPERATORS)


def can_change_settings(viewer: Viewer) -> bool:
    """Whether they may change how the community is set up."""
    return has_role(viewer, OWNERS)


def can_change_role(actor: Viewer, target: Member, role: str) -> bool:
    """Whether they may give this member that role."""
    return has_role(actor, OWNERS) and role in Member.Role.values and target.is_active


def can_add_member(actor: Viewer) -> bool:
    """Whether they may make accounts for others, with any role."""
    return has_role(actor, OWNERS)


def can_change_roles(actor: Viewer) -> bool:
    """Whether they decide about roles at all."""
    return has_role(actor, OWNERS)


def can_change_kind(actor: Viewer, target: Member) -> bool:
    """Whether they may say that this account is a bot, a test or a person."""
    return has_role(actor, OPERATORS) and not target.is_staff


def can_suspend(actor: Viewer, target: Member) -> bool:
    """Whether they may close or open this account: never their own, nor staff's unless owner."""
    if actor.pk == target.pk:
        return False
    return has_role(actor, OWNERS) or (has_role(actor, OPERATORS) and not target.is_staff)


def can_use_api(viewer: Viewer) -> bool:
    """Whether their programs may use the HTTP API, each within their own rights."""
    return isinstance(viewer, Member) and viewer.is_active


def can_use_scope(viewer: Viewer, scope: str) -> bool:
    """Whether a key of theirs may open a part of the HTTP API: the console's is for staff."""
    return has_role(viewer, STAFF) if scope == ApiToken.Scope.CONSOLE else can_use_api(viewer)


def can_be_claimed(person: Member) -> bool:
    """Whether someone is known from elsewhere only, and may turn out to be a member."""
    is_outside = person.email is None and person.same_as_id is None and not person.is_staff
    return is_outside and person.kind == Member.Kind.PERSON and person.is_active
