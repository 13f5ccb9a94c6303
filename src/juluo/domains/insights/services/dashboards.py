"""Save views, put them on dashboards in an order, share them, and send them by the clock."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import override

from juluo.domains.insights import queries
from juluo.domains.insights.models import Dashboard, DashboardCard, SavedView
from juluo.domains.members import queries as members
from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell as notify
from juluo.eventlog.recording import record
from juluo.events.base import Event, reference
from juluo.events.insights import (
    DashboardChanged,
    DashboardMade,
    DashboardRemoved,
    DashboardSent,
    ViewRemoved,
    ViewSaved,
    ViewShared,
)

MOST_CARDS = 24


class PrivateView(Exception):
    """A shared dashboard shows shared views only."""


class DashboardFull(Exception):
    """The dashboard holds as many views as it can."""


@transaction.atomic
def save_view(
    *, title: str, kind: str, asked: dict[str, str], shared: bool, actor_id: int, at: datetime
) -> SavedView:
    """Keep a question of the explorer under a title."""
    view = SavedView.objects.create(
        title=title.strip(),
        kind=kind,
        asked=asked,
        owner_id=actor_id,
        is_shared=shared,
        made_at=at,
    )
    _tell(ViewSaved(view_id=view.pk, kind=kind), reference("view", view.pk), actor_id, at)
    return view


@transaction.atomic
def share_view(*, view_id: int, shared: bool, actor_id: int, at: datetime) -> None:
    """Show a view to all staff, or to its owner alone.

    :raises PrivateView: if it stands on a shared dashboard and would become private.
    """
    view = SavedView.objects.select_for_update().get(pk=view_id, removed_at=None)
    stands = view.cards.filter(dashboard__is_shared=True, dashboard__removed_at=None)
    if not shared and stands.exists():
        raise PrivateView
    view.is_shared = shared
    view.save(update_fields=["is_shared"])
    _tell(ViewShared(view_id=view_id, shared=shared), reference("view", view_id), actor_id, at)


@transaction.atomic
def remove_view(*, view_id: int, actor_id: int, at: datetime) -> None:
    """Remove a view, from every dashboard too; removed before, nothing changes."""
    if SavedView.objects.filter(pk=view_id, removed_at=None).update(removed_at=at):
        DashboardCard.objects.filter(view_id=view_id).delete()
        _tell(ViewRemoved(view_id=view_id), reference("view", view_id), actor_id, at)


@transaction.atomic
def make_dashboard(*, title: str, actor_id: int, at: datetime) -> Dashboard:
    """Make an empty dashboard that only its owner sees."""
    made = Dashboard.objects.create(title=title.strip(), owner_id=actor_id, made_at=at)
    event = DashboardMade(dashboard_id=made.pk)
    _tell(event, reference("dashboard", made.pk), actor_id, at)
    return made


@transaction.atomic
def change_dashboard(
    *, dashboard_id: int, title: str, shared: bool, actor_id: int, at: datetime
) -> None:
    """Change a dashboard's title, and who sees it.

    :raises PrivateView: if it would be shared with a view on it that is not.
    """
    board = _locked(dashboard_id)
    if shared and board.cards.filter(view__is_shared=False).exists():
        raise PrivateView
    board.title, board.is_shared = title.strip(), shared
    board.save(update_fields=["title", "is_shared"])
    _changed(dashboard_id, "title", actor_id, at)


@transaction.atomic
def remove_dashboard(*, dashboard_id: int, actor_id: int, at: datetime) -> None:
    """Remove a dashboard and its schedule; its views stay."""
    there = Dashboard.objects.filter(pk=dashboard_id, removed_at=None)
    if there.update(removed_at=at, rhythm="", next_on=None):
        event = DashboardRemoved(dashboard_id=dashboard_id)
        _tell(event, reference("dashboard", dashboard_id), actor_id, at)


@transaction.atomic
def add_card(*, dashboard_id: int, view_id: int, actor_id: int, at: datetime) -> None:
    """Put a view at a dashboard's end; one that stands there already stays where it is.

    :raises PrivateView: if the dashboard is shared and the view is not.
    :raises DashboardFull: if it holds as many as it can.
    """
    board = _locked(dashboard_id)
    view = SavedView.objects.select_for_update().get(pk=view_id, removed_at=None)
    if board.is_shared and not view.is_shared:
        raise PrivateView
    if board.cards.count() >= MOST_CARDS:
        raise DashboardFull
    last = board.cards.aggregate(last=Max("position"))["last"] or 0
    _card, is_new = board.cards.get_or_create(view=view, defaults={"position": last + 1})
    if is_new:
        _changed(dashboard_id, "views", actor_id, at)


@transaction.atomic
def remove_card(*, dashboard_id: int, card_id: int, actor_id: int, at: datetime) -> None:
    """Take a view off a dashboard."""
    board = _locked(dashboard_id)
    if board.cards.filter(pk=card_id).delete()[0]:
        _changed(dashboard_id, "views", actor_id, at)


@transaction.atomic
def move_card(*, dashboard_id: int, card_id: int, up: bool, actor_id: int, at: datetime) -> None:
    """Let a card change places with the one before it, or after it; at the end nothing changes."""
    cards = list(_locked(dashboard_id).cards.order_by("position", "pk"))
    here = next((n for n, card in enumerate(cards) if card.pk == card_id), None)
    if here is None:
        return
    there = here - 1 if up else here + 1
    if not 0 <= there < len(cards):
        return
    cards[here], cards[there] = cards[there], cards[here]
    for position, card in enumerate(cards, start=1):
        DashboardCard.objects.filter(pk=card.pk).update(position=position)
    _changed(dashboard_id, "order", actor_id, at)


@transaction.atomic
def schedule_dashboard(
    *,
    dashboard_id: int,
    rhythm: str,
    reader_ids: list[int],
    last_on: date | None,
    actor_id: int,
    at: datetime,
) -> None:
    """Send a dashboard's figures to staff from the next day of its rhythm on; "" ends that."""
    board = _locked(dashboard_id)
    board.rhythm, board.last_on = rhythm, last_on if rhythm else None
    board.next_on = _next_on(rhythm, queries.local_today(now=at)) if rhythm else None
    board.save(update_fields=["rhythm", "last_on", "next_on"])
    board.readers.all().delete()
    for member_id in sorted(set(reader_ids)) if rhythm else []:
        board.readers.create(member_id=member_id)
    _changed(dashboard_id, "schedule", actor_id, at)


def send_due_dashboards(*, now: datetime) -> int:
    """Send the dashboards whose day has come; return how many that were."""
    today = queries.local_today(now=now)
    due = Dashboard.objects.filter(removed_at=None, next_on__lte=today).order_by("pk")
    return sum(_send(board, today, now) for board in due)


@transaction.atomic
def _send(board: Dashboard, today: date, at: datetime) -> bool:
    """Move the schedule on and tell the readers; of two workers only one does."""
    day, following = board.next_on, _next_on(board.rhythm, today)
    over = board.last_on is not None and following > board.last_on
    moved = Dashboard.objects.filter(pk=board.pk, next_on=day).update(
        rhythm="" if over else board.rhythm, next_on=None if over else following
    )
    if not moved or (board.last_on is not None and today > board.last_on):
        return False
    staff = {pk for pk, _name in members.staff()}
    readers = board.readers.filter(member_id__in=staff).select_related("member")
    told = [each for each in readers if board.is_shared or each.member_id == board.owner_id]
    for each in told:
        language = each.member.language or "zh-hans"
        with override(language):
            figures = queries.dashboard_words(board.pk, now=at, language=language)
        notify(
            member_id=each.member_id,
            kind="insights.dashboard_due",
            key=f"insights.dashboard_due:{board.pk}:{day}",
            facts={"dashboard": board.title, "figures": figures},
            url=reverse("insights:dashboard", args=[board.pk]),
            at=at,
        )
    record(DashboardSent(dashboard_id=board.pk, readers=len(told)), at=at)
    return True


def _next_on(rhythm: str, today: date) -> date:
    """Return the first day after today that belongs to the rhythm."""
    if rhythm == Dashboard.Rhythm.WEEKLY:
        return today + timedelta(days=7 - today.weekday())
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def _locked(dashboard_id: int) -> Dashboard:
    return Dashboard.objects.select_for_update().get(pk=dashboard_id, removed_at=None)


def _changed(dashboard_id: int, part: str, actor_id: int, at: datetime) -> None:
    event = DashboardChanged(dashboard_id=dashboard_id, part=part)
    _tell(event, reference("dashboard", dashboard_id), actor_id, at)


def _tell(event: Event, subject: str, actor_id: int, at: datetime) -> None:
    record_audited(event, subject=subject, actor_id=actor_id, at=at)
