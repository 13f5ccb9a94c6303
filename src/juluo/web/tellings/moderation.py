"""What members flag, and what is decided."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

MODERATION: dict[str, Telling] = {
    "moderation.flagged": Telling(words=_("Something was flagged"), icon="flag"),
    "moderation.hidden_for_now": Telling(words=_("Flags hid something for now"), icon="eye-off"),
    "moderation.case_taken": Telling(words=_("Took a case in hand"), icon="user-check"),
    "moderation.case_decided": Telling(words=_("Decided about a case"), icon="gavel"),
    "moderation.decision_withdrawn": Telling(words=_("Withdrew a decision"), icon="arrow-back-up"),
    "moderation.decision_objected": Telling(words=_("Objected to a decision"), icon="scale"),
    "moderation.objection_decided": Telling(words=_("Decided about an objection"), icon="scale"),
    "moderation.first_aid_changed": Telling(words=_("Changed first aid"), icon="settings"),
    "moderation.claim_made": Telling(words=_("Claimed imported history"), icon="user-search"),
    "moderation.claim_approved": Telling(words=_("Approved a claim of history"), icon="user-check"),
    "moderation.claim_declined": Telling(words=_("Closed a claim of history"), icon="user-off"),
    "moderation.claim_undone": Telling(words=_("Undid a claim of history"), icon="arrow-back-up"),
}
