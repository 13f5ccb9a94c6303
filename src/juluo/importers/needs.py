"""What needs a person about imports."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from juluo.domains.insights.queries import Need
from juluo.domains.members import permissions
from juluo.domains.members.types import Member
from juluo.importers.models import ImportRun

SHOWN_FOR = timedelta(days=7)


def say_what_was_refused(member: Member, now: datetime) -> list[Need]:
    """Tell those who may import of the last refused import, until a later one succeeds."""
    if not permissions.can_import(member):
        return []
    last = ImportRun.objects.order_by("-asked_at", "-id").first()
    refused = ImportRun.Status.REFUSED
    if last is None or last.status != refused or last.asked_at < now - SHOWN_FOR:
        return []
    words = _("The import of %(label)s was refused.") % {"label": last.label}
    address = reverse("importers:run", args=[last.pk])
    return [Need(words=words, url=address, icon="file-import")]
