"""Pages tell the time of the community's zone, as its figures do."""

from datetime import UTC, datetime

from django.urls import reverse

from juluo.domains.community import services
from juluo.domains.messaging.models import Message

LATE = datetime(2025, 3, 3, 17, 30, tzinfo=UTC)  # half past one on the fourth, in Shanghai


def test_a_chat_logs_days_are_the_communitys(community, client):
    services.change(at=LATE, timezone="Asia/Shanghai")
    Message.objects.create(group=community.group, author=None, body="late", sent_at=LATE)
    client.force_login(community.people["member"])

    page = client.get(reverse("messaging:group", args=[community.group.pk])).content.decode()

    assert page.index("3 March 2025") < page.index("4 March 2025") < page.index(">late<")
