"""Leading indicators are looked at in the background."""

from django.utils import timezone
from django_tasks import task

from juluo.domains.risks import services


@task(dedupe="risks.look_at_indicators")
def look_at_indicators() -> None:
    """Look at the periods that became complete; asked for every quarter of an hour."""
    services.look_at_indicators(now=timezone.now())
