"""Hold an issued report against today's data: its figures stay, what has changed is told."""

from datetime import datetime

from django.db import transaction

from juluo.domains.insights import queries as insights
from juluo.domains.reporting import queries
from juluo.domains.reporting.models import ReportCheck


@transaction.atomic
def ask_for_check(*, report_id: int, at: datetime) -> ReportCheck:
    """Write down that a report is to be held against the data as it stands now.

    Checked already, or on the way, the same one is given back.
    """
    version = insights.current_log().data_version
    check, _is_new = ReportCheck.objects.get_or_create(
        report_id=report_id, data_version=version, defaults={"asked_at": at}
    )
    return check


def check_again(*, check_id: int, now: datetime) -> None:
    """Ask every figure of a report again, and keep which differ and why."""
    check = ReportCheck.objects.select_related("report").get(pk=check_id)
    revision = queries.newest_revision(check.report_id)
    if check.finished_at is not None or revision is None:
        return
    keys = revision.evidence["en"]
    changed = []
    for number, key in enumerate(keys, start=1):
        found = insights.evidence(key, now=now)
        if not found.is_same:
            changed.append({"number": number, "key": key, "points": len(found.differences)})
    told = {"asked": len(keys), "same": len(keys) - len(changed), "changed": changed}
    ReportCheck.objects.filter(pk=check_id, finished_at=None).update(finished_at=now, **told)
