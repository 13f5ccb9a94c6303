"""Who may open which address. A route that is not listed here fails the suite.

Add a line for each new route: its name as ``reverse()`` knows it, and who gets in.
"""

from dataclasses import dataclass, field

ROLES = ("anon", "member", "moderator", "operator", "owner")
EVERYONE = frozenset(ROLES)
MEMBERS = EVERYONE - {"anon"}
STAFF = MEMBERS - {"member"}
OPERATORS = STAFF - {"moderator"}
OWNERS = frozenset({"owner"})


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address: who gets in, by which method, with which data.

    ``half_way`` marks pages of a sign-in in progress: whoever is not in one is sent on.
    ``may_be_missing``: what the page is about (a second step) need not exist yet.
    """

    who: frozenset[str]
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    half_way: bool = False
    may_be_missing: bool = False


ROUTES: dict[str, Route] = {
    "home": Route(who=EVERYONE),
    "language": Route(who=EVERYONE, method="post", data={"language": "en"}),
    # Spaces
    "web:spaces": Route(who=MEMBERS),
    "web:space": Route(who=MEMBERS),
    "discussions:post": Route(who=MEMBERS),
    "messaging:group": Route(who=MEMBERS),
    "messaging:message": Route(who=MEMBERS, may_be_missing=True),
    # Console
    "web:home": Route(who=STAFF),
    "web:components": Route(who=STAFF),
    "web:member": Route(who=STAFF),
    "web:explorer": Route(who=STAFF),
    "web:catalog": Route(who=STAFF),
    "web:records": Route(
        who=STAFF,
        data={
            "key": "members.active",
            "first": "2025-03-03",
            "last": "2025-03-09",
            "grain": "week",
            "start": "2025-03-03",
        },
    ),
    "web:settings": Route(who=OWNERS),
    "web:background": Route(who=OPERATORS),
    "web:retry_job": Route(who=OPERATORS, method="post"),
    "web:retry_delivery": Route(who=OPERATORS, method="post"),
    "importers:list": Route(who=OPERATORS),
    "importers:new": Route(who=OPERATORS),
    "importers:run": Route(who=OPERATORS),
    "importers:progress": Route(who=OPERATORS),
    "reporting:list": Route(who=STAFF),
    "reporting:download": Route(who=OPERATORS),
    "members:list": Route(who=STAFF),
    "members:add": Route(who=OWNERS),
    "members:audit": Route(who=OPERATORS),
    "members:change_role": Route(who=OWNERS, method="post", data={"role": "member"}),
    "members:change_kind": Route(who=OPERATORS, method="post", data={"kind": "person"}),
    "members:suspend": Route(who=OPERATORS, method="post"),
    "members:reinstate": Route(who=OPERATORS, method="post"),
    # Schedule
    "planning:plan": Route(who=STAFF),
    "planning:schedule": Route(who=STAFF),
    "planning:make_phases": Route(who=OPERATORS, method="post"),
    "planning:gantt": Route(who=STAFF),
    "planning:phase": Route(who=STAFF),
    "planning:pass_gate": Route(who=OPERATORS, method="post", data={"gate": "entry"}),
    "planning:add_criterion": Route(
        who=OPERATORS, method="post", data={"gate": "exit", "kind": "work_done"}
    ),
    "planning:remove_criterion": Route(who=OPERATORS, method="post"),
    # Only the person it was left to.
    "planning:state_criterion": Route(who=OWNERS, method="post", data={"holds": "yes"}),
    "planning:add_milestone": Route(who=OPERATORS),
    "planning:milestone": Route(who=OPERATORS),
    "planning:reach_milestone": Route(who=OPERATORS, method="post"),
    "planning:move_milestone": Route(who=OPERATORS, method="post", data={"due": "2025-03-12"}),
    "planning:add_task": Route(who=OPERATORS),
    "planning:task": Route(who=STAFF),
    "planning:change_task": Route(who=OPERATORS),
    "planning:step": Route(who=OPERATORS, method="post", data={"step": "start"}),
    "planning:place_task": Route(who=OPERATORS),
    "planning:move_task": Route(who=OPERATORS, method="post", data={"due": "2025-03-12"}),
    "planning:add_need": Route(who=OPERATORS, method="post", may_be_missing=True),
    "planning:remove_need": Route(who=OPERATORS, method="post"),
    "planning:link_task": Route(who=OPERATORS),
    "planning:unlink_task": Route(who=OPERATORS, method="post"),
    "planning:calendar": Route(who=STAFF),
    "planning:work": Route(who=STAFF),
    "planning:show_feed": Route(who=STAFF, method="post"),
    # The secret in the address is the key.
    "planning:feed": Route(who=EVERYONE),
    "planning:capacity": Route(who=STAFF),
    # Whoever may not speak for others is told so by the form, not by a missing page.
    "planning:state_hours": Route(who=STAFF, method="post", may_be_missing=True),
    "planning:add_absence": Route(who=STAFF, method="post", may_be_missing=True),
    "planning:remove_absence": Route(who=OPERATORS, method="post"),
    "planning:content": Route(who=STAFF),
    "planning:add_content_line": Route(who=OPERATORS),
    "planning:drop_content_line": Route(who=OPERATORS, method="post"),
    # One's own account
    "members:end_session": Route(who=frozenset(), method="post"),
    "account_email": Route(who=MEMBERS),
    "account_change_password": Route(who=MEMBERS),
    "account_set_password": Route(who=MEMBERS),
    "account_reauthenticate": Route(who=MEMBERS),
    "usersessions_list": Route(who=MEMBERS),
    "mfa_index": Route(who=MEMBERS),
    "mfa_reauthenticate": Route(who=MEMBERS),
    "mfa_activate_totp": Route(who=MEMBERS),
    "mfa_deactivate_totp": Route(who=MEMBERS, may_be_missing=True),
    "mfa_view_recovery_codes": Route(who=MEMBERS, may_be_missing=True),
    "mfa_generate_recovery_codes": Route(who=MEMBERS),
    "mfa_download_recovery_codes": Route(who=MEMBERS, may_be_missing=True),
    # Getting in
    "account_login": Route(who=EVERYONE),
    "account_signup": Route(who=EVERYONE),
    "account_logout": Route(who=EVERYONE),
    "account_inactive": Route(who=EVERYONE),
    "account_reset_password": Route(who=EVERYONE),
    "account_reset_password_done": Route(who=EVERYONE),
    "account_reset_password_from_key": Route(who=EVERYONE),
    "account_reset_password_from_key_done": Route(who=EVERYONE),
    "account_email_verification_sent": Route(who=EVERYONE),
    "account_confirm_email": Route(who=EVERYONE),
    "account_confirm_login_code": Route(who=EVERYONE, half_way=True),
    "mfa_authenticate": Route(who=EVERYONE, half_way=True),
}
