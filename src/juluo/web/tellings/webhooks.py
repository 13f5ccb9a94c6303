"""Other programs that are told."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

WEBHOOKS: dict[str, Telling] = {
    "webhooks.added": Telling(words=_("Added a webhook"), icon="plug"),
    "webhooks.changed": Telling(words=_("Changed a webhook"), icon="plug"),
    "webhooks.ended": Telling(words=_("Ended a webhook"), icon="plug"),
}
