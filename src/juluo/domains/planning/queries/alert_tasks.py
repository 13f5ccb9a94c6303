"""A task can be made of an alert's episode."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from juluo.domains.insights.queries import AlertAction, FiringShown


def task_about(firing: FiringShown) -> AlertAction:
    """Return the link that writes a task about an episode down."""
    title = _("Look into: %(alert)s") % {"alert": firing.title}
    url = f"{reverse('planning:add_task')}?{urlencode({'title': title})}"
    return AlertAction(label=_("Make a task"), icon="subtask", url=url)
