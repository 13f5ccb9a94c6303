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
    "members.api_token_made": Telling(words=_("Made an API key"), icon="api"),
    "members.api_token_revoked": Telling(words=_("Ended an API key"), icon="api"),
    "community.changed": Telling(words=_("Changed the community's settings"), icon="settings"),
    "importing.import_finished": Telling(words=_("Finished an import"), icon="database-import"),
}
