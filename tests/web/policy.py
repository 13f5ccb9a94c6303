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
# The made-up private conversation is the member's with the moderator.
IN_CONVERSATION = frozenset({"member", "moderator"})


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
    "web:feed": Route(who=MEMBERS),
    "discussions:following": Route(who=MEMBERS),
    "discussions:follow": Route(who=MEMBERS, method="post", data={"kind": "tag", "what": "升级"}),
    "discussions:similar": Route(who=MEMBERS, data={"title": "怎么用"}),
    # The post is no question.
    "discussions:duplicate": Route(who=STAFF, may_be_missing=True),
    "web:waiting": Route(who=MEMBERS),
    "discussions:tags": Route(who=MEMBERS),
    "discussions:tag": Route(who=MEMBERS),
    "discussions:first_new": Route(who=MEMBERS),
    # Only who joined has marks of what is new there.
    "discussions:mark_space_read": Route(who=MEMBERS, method="post", may_be_missing=True),
    # Of public spaces; there is none in the small community: tests/web/test_being_found.py
    "web:robots": Route(who=EVERYONE),
    "web:atom": Route(who=EVERYONE, may_be_missing=True),
    "web:space_atom": Route(who=EVERYONE, may_be_missing=True),
    "web:tag_atom": Route(who=EVERYONE, may_be_missing=True),
    "web:sitemap": Route(who=EVERYONE, may_be_missing=True),
    "web:sitemap_spaces": Route(who=EVERYONE, may_be_missing=True),
    "web:sitemap_part": Route(who=EVERYONE, may_be_missing=True),
    "discussions:card": Route(who=EVERYONE, may_be_missing=True),
    # Strangers search where something is public.
    "search:search": Route(who=MEMBERS, data={"q": "好"}),
    "search:suggest": Route(who=MEMBERS, data={"q": "好"}),
    "discussions:post": Route(who=MEMBERS),
    "discussions:talk": Route(who=MEMBERS),
    "discussions:preview": Route(who=MEMBERS, method="post", data={"body": "ok"}),
    "discussions:bookmarks": Route(who=MEMBERS),
    "discussions:new_space": Route(who=OPERATORS),
    "discussions:change_space": Route(who=OPERATORS),
    "discussions:archive_space": Route(who=OPERATORS, method="post"),
    "discussions:join_space": Route(who=MEMBERS, method="post"),
    "discussions:leave_space": Route(who=MEMBERS, method="post"),
    # Only who joined says how much they want to hear.
    "discussions:space_level": Route(
        who=MEMBERS, method="post", data={"level": "muted"}, may_be_missing=True
    ),
    "discussions:space_members": Route(who=MEMBERS),
    "discussions:decide_member": Route(
        who=STAFF, method="post", data={"act": "add", "member": "1"}, may_be_missing=True
    ),
    "discussions:write": Route(who=MEMBERS),
    "discussions:answer": Route(
        who=MEMBERS, method="post", data={"body": "ok"}, may_be_missing=True
    ),
    "discussions:bookmark": Route(who=MEMBERS, method="post"),
    "discussions:mark": Route(who=STAFF, method="post", data={"act": "pin"}),
    "discussions:move": Route(who=STAFF),
    "discussions:accept": Route(who=STAFF, method="post"),
    "discussions:reply": Route(who=MEMBERS),
    "discussions:react": Route(who=MEMBERS, method="post", data={"emoji": "+1"}),
    "discussions:edit": Route(who=STAFF),
    "discussions:history": Route(who=MEMBERS),
    # There is no earlier text to go back to.
    "discussions:revert": Route(who=STAFF, method="post", may_be_missing=True),
    "discussions:delete": Route(who=STAFF),
    "discussions:restore": Route(who=STAFF, method="post"),
    "messaging:group": Route(who=MEMBERS),
    "messaging:message": Route(who=MEMBERS),
    "messaging:news": Route(who=MEMBERS, data={"since": "1"}),
    "messaging:send": Route(who=MEMBERS, method="post", data={"body": "好"}),
    "messaging:edit": Route(who=frozenset({"member"})),
    "messaging:delete": Route(who=MEMBERS, method="post"),
    "messaging:react": Route(who=MEMBERS, method="post", data={"emoji": "👍"}),
    # Flags: nobody flags their own, and only whom a decision is about reads it as its author.
    "moderation:flag": Route(who=MEMBERS),
    "moderation:queue": Route(who=STAFF),
    "moderation:first_aid": Route(who=OPERATORS),
    "moderation:case": Route(who=STAFF),
    "moderation:take": Route(who=STAFF, method="post"),
    "moderation:release": Route(who=STAFF, method="post", may_be_missing=True),
    "moderation:decide": Route(who=STAFF, method="post", data={"acts": "dismiss"}),
    "moderation:withdraw": Route(who=STAFF, method="post"),
    "moderation:objection": Route(who=STAFF, method="post"),
    "moderation:decision": Route(who=frozenset({"member"})),
    "moderation:closed": Route(who=EVERYONE, half_way=True),
    "moderation:claim_history": Route(who=MEMBERS),
    "moderation:claim": Route(who=frozenset({"member"})),
    "moderation:drop_claim": Route(who=frozenset({"member"}), method="post"),
    "moderation:check_claim": Route(who=frozenset({"member"}), method="post"),
    "moderation:claims": Route(who=OPERATORS),
    "moderation:approve_claim": Route(who=OPERATORS, method="post"),
    "moderation:decline_claim": Route(who=OPERATORS, method="post"),
    "moderation:undo_claim": Route(who=OPERATORS, method="post"),
    "moderation:give_history": Route(who=OPERATORS),
    "messaging:chats": Route(who=MEMBERS),
    "messaging:open_group": Route(who=MEMBERS),
    "messaging:group_settings": Route(who=STAFF),
    "messaging:group_members": Route(who=MEMBERS),
    "messaging:decide": Route(
        who=STAFF, method="post", data={"decision": "invite", "member": "1"}, may_be_missing=True
    ),
    "messaging:join": Route(who=MEMBERS, method="post"),
    "messaging:leave": Route(who=MEMBERS, method="post"),
    "messaging:mute": Route(who=MEMBERS, method="post", data={"muted": "1"}),
    # Private: those in it, and nobody else whatever their role
    "messaging:write": Route(who=MEMBERS),
    "messaging:privacy": Route(who=MEMBERS),
    "messaging:block": Route(who=MEMBERS, method="post"),
    "messaging:unblock": Route(who=MEMBERS, method="post"),
    "messaging:conversation": Route(who=IN_CONVERSATION),
    "messaging:conversation_news": Route(who=IN_CONVERSATION, data={"since": "1"}),
    "messaging:send_private": Route(who=IN_CONVERSATION, method="post", data={"body": "好"}),
    "messaging:mute_private": Route(who=IN_CONVERSATION, method="post", data={"muted": "1"}),
    "messaging:leave_conversation": Route(who=IN_CONVERSATION, method="post", may_be_missing=True),
    "messaging:edit_private": Route(who=frozenset({"member"})),
    "messaging:delete_private": Route(who=frozenset({"member"}), method="post"),
    # Live
    "live:stream": Route(who=MEMBERS, data={"topics": "member:1"}, may_be_missing=True),
    # Console
    "web:home": Route(who=STAFF),
    "web:components": Route(who=STAFF),
    "web:steer": Route(who=STAFF),
    "web:week_review": Route(who=STAFF),
    "web:member": Route(who=STAFF),
    "web:explorer": Route(who=STAFF),
    "web:catalog": Route(who=STAFF),
    "web:funnels": Route(who=STAFF),
    "web:funnel_members": Route(who=STAFF),
    "web:movement": Route(who=STAFF),
    "web:movement_members": Route(who=STAFF),
    "insights:dashboards": Route(who=STAFF),
    "insights:dashboard": Route(who=STAFF),
    "insights:dashboard_card": Route(who=STAFF),
    "insights:edit_dashboard": Route(who=OWNERS),
    "insights:remove_dashboard": Route(who=OWNERS, method="post"),
    "insights:new_view": Route(
        who=STAFF, data={"kind": "movement", "first": "2025-03-01", "last": "2025-03-31"}
    ),
    "insights:share_view": Route(who=OWNERS, method="post", data={"shared": "1"}),
    "insights:remove_view": Route(who=OWNERS, method="post"),
    "web:compare": Route(who=STAFF),
    "web:cohorts": Route(who=STAFF),
    "web:cohort_members": Route(
        who=STAFF, data={"first": "2025-03-01", "last": "2025-03-31", "start": "2025-03-01"}
    ),
    "web:why": Route(who=STAFF),
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
    "web:export_records": Route(
        who=OPERATORS,
        data={
            "key": "members.active",
            "first": "2025-03-03",
            "last": "2025-03-09",
            "grain": "week",
            "start": "2025-03-03",
        },
    ),
    "web:kept_list": Route(who=STAFF),
    "web:kept": Route(who=STAFF),
    "web:keep": Route(who=STAFF, method="post", data={"key": "members.active"}),
    "web:settings": Route(who=OWNERS),
    "web:logo": Route(who=STAFF, may_be_missing=True),
    "web:background": Route(who=OPERATORS),
    "web:retry_job": Route(who=OPERATORS, method="post"),
    "web:retry_delivery": Route(who=OPERATORS, method="post"),
    # What one is told
    "notifications:inbox": Route(who=MEMBERS),
    "notifications:open": Route(who=MEMBERS, method="post", may_be_missing=True),
    "notifications:mark_all_read": Route(who=MEMBERS, method="post"),
    "notifications:mail": Route(who=MEMBERS, method="post", data={"wanted": "1"}),
    "notifications:preferences": Route(who=MEMBERS),
    "notifications:mute": Route(who=MEMBERS, method="post", data={"about": "x", "again": "1"}),
    # A signed address opens it, whoever comes: tests/domains/notifications/test_stopping.py
    "notifications:stop": Route(who=EVERYONE, may_be_missing=True),
    "notifications:outbox": Route(who=OWNERS),
    # Members' public pages and what they say of themselves
    "members:profile": Route(who=MEMBERS),
    "members:picture": Route(who=MEMBERS, may_be_missing=True),
    "members:tidy": Route(who=STAFF, method="post"),
    "members:edit_profile": Route(who=MEMBERS),
    "members:about_me": Route(who=MEMBERS),
    "members:take_back": Route(who=MEMBERS, method="post"),
    "members:who": Route(who=OPERATORS),
    # Guidelines
    "members:guidelines": Route(who=EVERYONE),
    "members:guidelines_version": Route(who=EVERYONE, may_be_missing=True),
    "members:accept_guidelines": Route(who=MEMBERS, method="post", data={"number": "1"}),
    "members:guideline_standing": Route(who=OPERATORS),
    "members:new_guidelines": Route(who=OPERATORS),
    "members:remind_of_guidelines": Route(who=OPERATORS, method="post", may_be_missing=True),
    # Keys for programs
    # Webhooks
    "webhooks:webhooks": Route(who=OPERATORS),
    "webhooks:webhook": Route(who=OPERATORS),
    "webhooks:act": Route(who=OPERATORS, method="post", data={"act": "try"}),
    "webhooks:end": Route(who=OPERATORS),
    "members:api_tokens": Route(who=MEMBERS),
    "members:revoke_token": Route(who=MEMBERS, method="post", may_be_missing=True),
    # Alerts and notes on the time axis
    "insights:alerts": Route(who=STAFF),
    "insights:new_alert": Route(who=OPERATORS),
    "insights:alert": Route(who=STAFF),
    "insights:change_alert": Route(who=OPERATORS, method="post"),
    "insights:mute_alert": Route(who=OPERATORS, method="post", data={"hours": "24"}),
    "insights:end_alert": Route(who=OPERATORS, method="post"),
    "insights:decide_episode": Route(who=OPERATORS, method="post", data={"outcome": "acted"}),
    "insights:annotations": Route(who=STAFF),
    "insights:withdraw_annotation": Route(who=OPERATORS, method="post"),
    # Plans
    "planning:plans": Route(who=STAFF),
    "planning:new_plan": Route(who=OPERATORS),
    "planning:plan": Route(who=STAFF),
    "planning:frame": Route(who=OPERATORS),
    "planning:section": Route(who=OPERATORS),
    "planning:baseline": Route(who=OPERATORS, method="post"),
    "planning:close_plan": Route(who=OPERATORS, method="post"),
    "planning:reopen_plan": Route(who=OPERATORS, method="post"),
    "planning:comment": Route(who=STAFF, method="post", data={"text": "ok"}),
    "planning:resolve_comment": Route(who=STAFF, method="post"),
    "planning:attach_notes": Route(who=OPERATORS),
    "planning:versions": Route(who=STAFF),
    "planning:submit_plan": Route(who=OPERATORS),
    "planning:changes": Route(who=STAFF),
    "planning:version": Route(who=STAFF),
    "planning:decide": Route(who=OWNERS, method="post", data={"decision": "approved"}),
    "planning:goals": Route(who=STAFF),
    "planning:proposed_goals": Route(who=OPERATORS),
    "planning:new_goal": Route(who=OPERATORS),
    "planning:goal": Route(who=STAFF),
    # Whom and what they name need not exist under that number.
    "planning:goal_owner": Route(
        who=OPERATORS, method="post", data={"owner": "1"}, may_be_missing=True
    ),
    "planning:goal_days": Route(
        who=OPERATORS, method="post", data={"first": "2025-01-01", "last": "2025-06-30"}
    ),
    "planning:drop_goal": Route(who=OPERATORS, method="post", data={"reason": "ok"}),
    "planning:new_target": Route(who=OPERATORS),
    "planning:change_target": Route(who=OPERATORS),
    "planning:add_objective": Route(who=OPERATORS, method="post", data={"title": "ok"}),
    "planning:objective": Route(who=OPERATORS, method="post", data={"title": "ok"}),
    "planning:move_objective": Route(who=OPERATORS, method="post", data={"up": "1"}),
    "planning:strategies": Route(who=STAFF),
    "planning:new_strategy": Route(who=OPERATORS),
    "planning:strategy": Route(who=STAFF),
    "planning:change_strategy": Route(who=OPERATORS),
    "planning:state_effect": Route(who=OPERATORS, method="post", may_be_missing=True),
    "planning:turn_strategy": Route(who=OPERATORS, method="post", data={"to": "start"}),
    "planning:positioning": Route(who=STAFF),
    # Risks
    "risks:register": Route(who=STAFF),
    "risks:plan": Route(who=STAFF),
    "risks:risk": Route(who=STAFF),
    "risks:calibration": Route(who=STAFF),
    "risks:appetite": Route(who=OWNERS),
    "risks:new": Route(who=OPERATORS),
    "risks:change": Route(who=OPERATORS),
    "risks:score": Route(
        who=OPERATORS, method="post", data={"probability": "2", "impact": "3", "words": "x"}
    ),
    "risks:review": Route(
        who=OPERATORS,
        method="post",
        data={"probability": "2", "impact": "3", "review_on": "2099-01-01"},
    ),
    "risks:outcome": Route(who=OPERATORS, method="post", data={"outcome": "occurred"}),
    "risks:reopen": Route(who=OPERATORS, method="post"),
    "risks:new_indicator": Route(who=OPERATORS),
    "risks:new_mitigation": Route(who=OPERATORS),
    "risks:end_indicator": Route(who=OPERATORS, method="post"),
    "risks:start_mitigation": Route(who=OPERATORS, method="post"),
    "risks:drop_mitigation": Route(who=OPERATORS, method="post"),
    "risks:answer_proposal": Route(who=OPERATORS, method="post", data={"answer": "lower"}),
    "planning:watch": Route(who=STAFF),
    "planning:new_note": Route(who=OPERATORS),
    "planning:note": Route(who=STAFF),
    "planning:review_note": Route(
        who=OPERATORS, method="post", data={"verdict": "holds", "review_on": "2027-01-01"}
    ),
    "planning:withdraw_note": Route(who=OPERATORS, method="post"),
    "importers:list": Route(who=OPERATORS),
    "importers:new": Route(who=OPERATORS),
    "importers:run": Route(who=OPERATORS),
    "importers:progress": Route(who=OPERATORS),
    "reporting:list": Route(who=STAFF),
    "reporting:plan_document": Route(who=STAFF),
    "reporting:plan_document_file": Route(who=STAFF, data={"language": "en", "format": "html"}),
    "reporting:download": Route(who=OPERATORS),
    "reporting:new": Route(who=OPERATORS),
    "reporting:schedules": Route(who=OPERATORS),
    "reporting:end_schedule": Route(who=OPERATORS, method="post"),
    "reporting:report": Route(who=STAFF),
    "reporting:make_anew": Route(who=OPERATORS, method="post"),
    "reporting:submit": Route(who=OPERATORS, method="post"),
    "reporting:decide": Route(who=OWNERS, method="post", data={"decision": "sign"}),
    "reporting:issue": Route(who=OPERATORS, method="post"),
    "reporting:drop": Route(who=OPERATORS),
    "reporting:write_note": Route(
        who=OPERATORS, method="post", data={"anchor": "method", "words": "x"}
    ),
    "reporting:remove_note": Route(who=OPERATORS, method="post"),
    "reporting:comments": Route(who=STAFF),
    "reporting:settle": Route(who=STAFF, method="post"),
    "reporting:report_actions": Route(who=STAFF),
    "reporting:files": Route(who=STAFF),
    "reporting:share": Route(who=OPERATORS, method="post", data={"language": "en", "days": "7"}),
    "reporting:end_share": Route(who=OPERATORS, method="post"),
    "reporting:mail": Route(who=OPERATORS, method="post"),
    "reporting:since": Route(who=STAFF, may_be_missing=True),
    "reporting:shared": Route(who=EVERYONE, may_be_missing=True),
    "reporting:actions": Route(who=STAFF),
    "reporting:action": Route(who=STAFF),
    "reporting:withdraw": Route(who=OPERATORS, method="post"),
    # Money
    "finance:overview": Route(who=OPERATORS),
    "finance:add_budget": Route(who=OPERATORS),
    "finance:budget": Route(who=OPERATORS),
    "finance:plan_budget": Route(who=OPERATORS),
    "finance:begin_budget": Route(who=OPERATORS, method="post"),
    "finance:plan_financing": Route(who=OPERATORS),
    "finance:ask": Route(who=OPERATORS, method="post"),
    "finance:approve_budget": Route(who=OWNERS, method="post"),
    "finance:versions": Route(who=OPERATORS),
    "finance:effects": Route(who=OPERATORS),
    "finance:drop_indicator": Route(who=OPERATORS, method="post"),
    "finance:add_line": Route(who=OPERATORS),
    "finance:line": Route(who=OPERATORS),
    "finance:edit_line": Route(who=OPERATORS),
    "finance:remove_line": Route(who=OPERATORS, method="post", data={"reason": "x"}),
    "finance:lift": Route(who=OWNERS, method="post", data={"amount": "1", "reason": "x"}),
    "finance:commit": Route(who=OPERATORS),
    "finance:cancel_commitment": Route(who=OPERATORS, method="post"),
    "finance:expenses": Route(who=STAFF),
    "finance:claim": Route(who=STAFF),
    # An operator's expense: moderators see and touch their own only.
    "finance:expense": Route(who=OPERATORS),
    "finance:approve": Route(who=OPERATORS, method="post"),
    "finance:reject": Route(who=OPERATORS, method="post", data={"note": "x"}),
    "finance:pay": Route(who=OPERATORS, method="post"),
    "finance:cancel": Route(who=OPERATORS, method="post"),
    "finance:reverse": Route(who=OPERATORS, method="post", data={"reason": "x"}),
    "finance:add_receipts": Route(who=OPERATORS, method="post", may_be_missing=True),
    "finance:receipt": Route(who=OPERATORS),
    "finance:financing": Route(who=OPERATORS),
    "finance:add_source": Route(who=OPERATORS),
    "finance:source": Route(who=OPERATORS),
    "finance:edit_source": Route(who=OPERATORS),
    "finance:move_source": Route(who=OPERATORS, method="post", data={"stage": "receiving"}),
    "finance:add_tranche": Route(
        who=OPERATORS, method="post", data={"due": "2025-04-01", "amount": "1"}
    ),
    "finance:receive_tranche": Route(who=OPERATORS),
    "finance:add_duty": Route(
        who=OPERATORS, method="post", data={"kind": "report", "title": "x", "due": "2025-04-01"}
    ),
    "finance:fulfil_duty": Route(who=OPERATORS, method="post"),
    "finance:revenue": Route(who=OPERATORS),
    "finance:reconcile": Route(who=OPERATORS),
    "finance:void_revenue": Route(who=OPERATORS, method="post", data={"reason": "x"}),
    "finance:lists": Route(who=OPERATORS),
    "finance:change_entry": Route(who=OPERATORS, method="post", data={"act": "up"}),
    "finance:rules": Route(who=OWNERS),
    "finance:currency": Route(who=OWNERS, method="post", data={"currency": "CNY"}),
    "members:list": Route(who=STAFF),
    "members:add": Route(who=OWNERS),
    "members:audit": Route(who=OPERATORS),
    "members:change_role": Route(who=OWNERS, method="post", data={"role": "member"}),
    "members:change_kind": Route(who=OPERATORS, method="post", data={"kind": "person"}),
    "members:suspend": Route(who=OPERATORS, method="post"),
    "members:reinstate": Route(who=OPERATORS, method="post"),
    # Schedule
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
