"""What happens to members and the community."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

PEOPLE: dict[str, Telling] = {
    "members.joined": Telling(words=_("Became a member"), icon="user-plus"),
    "members.left": Telling(words=_("Left"), icon="logout"),
    "members.signed_in": Telling(words=_("Signed in"), icon="login-2"),
    "members.role_changed": Telling(words=_("Changed a role"), icon="shield"),
    "members.kind_changed": Telling(words=_("Marked an account"), icon="robot"),
    "members.suspended": Telling(words=_("Suspended an account"), icon="ban"),
    "members.reinstated": Telling(words=_("Reinstated an account"), icon="user-check"),
    "members.became_one": Telling(
        words=_("Became one with someone known from elsewhere"), icon="arrow-merge"
    ),
    "members.parted_again": Telling(
        words=_("Was parted from someone known from elsewhere"), icon="arrows-split"
    ),
    "members.api_token_made": Telling(words=_("Made an API key"), icon="api"),
    "members.api_token_revoked": Telling(words=_("Ended an API key"), icon="api"),
    "members.name_changed": Telling(words=_("Took another name"), icon="id-badge-2"),
    "members.profile_changed": Telling(words=_("Changed their page"), icon="user-circle"),
    "members.profile_tidied": Telling(words=_("Tidied a member's page"), icon="trash"),
    "members.consent_given": Telling(words=_("Agreed to a use of their answers"), icon="check"),
    "members.consent_withdrawn": Telling(words=_("Took back a consent"), icon="arrow-back-up"),
    "members.guidelines_published": Telling(words=_("Published guidelines"), icon="scale"),
    "members.guidelines_accepted": Telling(words=_("Accepted the guidelines"), icon="scale"),
    "members.guidelines_reminded": Telling(words=_("Reminded of the guidelines"), icon="bell"),
    "notifications.preferences_changed": Telling(
        words=_("Chose what to be told"), icon="adjustments"
    ),
    "notifications.subject_muted": Telling(words=_("Muted something"), icon="bell-off"),
    "notifications.subject_unmuted": Telling(words=_("Unmuted something"), icon="bell"),
    "notifications.mail_stopped": Telling(words=_("Ended a sort of mail"), icon="mail"),
    "community.changed": Telling(words=_("Changed the community's settings"), icon="settings"),
    "importing.import_finished": Telling(words=_("Finished an import"), icon="database-import"),
}
