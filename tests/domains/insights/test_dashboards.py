"""Saved views and dashboards: who sees them, their order, and what is sent when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from tests.made_up import NOW

from juluo.domains.insights import queries, services
from juluo.domains.insights.models import Dashboard, SavedView
from juluo.domains.members import services as members
from juluo.domains.members.models import AuditEntry
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord

VIEWS = {
    "figure": {"key": "members.active", "window": "12_weeks", "grain": "week"},
    "cohorts": {"window": "6_months", "grain": "month"},
    "funnel": {"window": "90_days", "step1": "asked", "step2": "got_reply", "within": "14"},
    "movement": {"window": "last_month"},
    "comparison": {"first": "2026-01-01", "last": "2026-01-31", "by": "space"},
}


@pytest.fixture
def staff(made_up):
    return {
        role: members.create_member(
            email=f"{role}@example.org",
            password="correct horse 42",
            display_name=role.title(),
            role=role,
            at=NOW,
        )
        for role in ("operator", "moderator", "owner")
    }


@pytest.fixture
def by(staff):
    return {"actor_id": staff["operator"].pk, "at": NOW}


def view(by, kind="movement", *, shared=True, title="view"):
    return services.save_view(title=title, kind=kind, asked=VIEWS[kind], shared=shared, **by)


def board(by, *views, shared=True):
    made = services.make_dashboard(title="Board", **by)
    for each in views:
        services.add_card(dashboard_id=made.pk, view_id=each.pk, **by)
    if shared:
        services.change_dashboard(dashboard_id=made.pk, title="Board", shared=True, **by)
    made.refresh_from_db()
    return made


def client_of(member):
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.parametrize("kind", VIEWS)
def test_each_kind_of_view_says_something_and_leads_to_its_page(staff, by, kind):
    saved = view(by, kind)

    found = queries.view_figures(saved, now=NOW, language="en")

    assert found.definition
    assert found.lead or found.lines
    address = queries.view_address(saved, now=NOW)
    assert client_of(staff["moderator"]).get(address).status_code == 200


def test_a_live_window_moves_and_chosen_days_stay(by):
    live, fixed = view(by, "figure"), view(by, "comparison")
    later = NOW + timedelta(days=70)

    assert "last=2026-03-08" in queries.view_address(live, now=NOW)
    assert "last=2026-05-17" in queries.view_address(live, now=later)
    assert queries.view_address(fixed, now=NOW) == queries.view_address(fixed, now=later)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("figure", {"key": "gone", "window": "28_days"}),
        ("funnel", {"step1": "asked", "within": "3", "window": "28_days"}),
        ("movement", {"window": "tomorrow"}),
        ("movement", {}),
        ("comparison", {"window": "28_days", "sort": "mood"}),
        ("cohorts", {"window": "28_days", "grain": "age"}),
    ],
)
def test_what_can_no_longer_be_asked_says_nothing_and_breaks_nothing(staff, by, kind, asked):
    saved = services.save_view(title="x", kind=kind, asked=asked, shared=True, **by)
    made = board(by, saved)

    assert queries.view_figures(saved, now=NOW, language="en") is None
    card = made.cards.get()
    answer = client_of(staff["operator"]).get(
        f"/console/dashboards/{made.pk}/cards/{card.pk}/", headers={"HX-Request": "true"}
    )
    assert "can no longer be asked" in answer.content.decode()


def test_staff_see_shared_ones_and_only_owners_change_theirs(staff, by):
    made = board(by, view(by))
    own = board(by, shared=False)
    moderator, operator = client_of(staff["moderator"]), client_of(staff["operator"])

    assert moderator.get(f"/console/dashboards/{made.pk}/").status_code == 200
    assert moderator.get(f"/console/dashboards/{own.pk}/").status_code == 404
    assert moderator.get(f"/console/dashboards/{made.pk}/edit/").status_code == 404
    assert moderator.post(f"/console/dashboards/{made.pk}/remove/").status_code == 404
    assert moderator.post(f"/console/views/{SavedView.objects.get().pk}/remove/").status_code == 404
    assert operator.get(f"/console/dashboards/{own.pk}/").status_code == 200
    assert Dashboard.objects.filter(removed_at=None).count() == 2


def test_moderators_keep_views_and_share_none(staff):
    moderator = client_of(staff["moderator"])
    asked = "/console/views/new/?kind=movement&first=2026-01-01&last=2026-01-31"

    moderator.post(asked, {"title": "mine", "window": "last_month", "shared": "on"})

    saved = SavedView.objects.get()
    assert (saved.asked, saved.is_shared) == ({"window": "last_month"}, False)
    assert moderator.post(f"/console/views/{saved.pk}/share/", {"shared": "1"}).status_code == 404
    assert EventRecord.objects.filter(name="insights.view_saved").count() == 1
    assert AuditEntry.objects.filter(action="insights.view_saved").count() == 1


def test_a_shared_dashboard_shows_no_private_view(by):
    private, public = view(by, shared=False), view(by)
    made = board(by, public)

    with pytest.raises(services.PrivateView):
        services.add_card(dashboard_id=made.pk, view_id=private.pk, **by)
    with pytest.raises(services.PrivateView):
        services.share_view(view_id=public.pk, shared=False, **by)
    mixed = board(by, private, shared=False)
    with pytest.raises(services.PrivateView):
        services.change_dashboard(dashboard_id=mixed.pk, title="x", shared=True, **by)
    assert [card.view_id for card in queries.cards_of(made.pk)] == [public.pk]


def test_cards_change_places_and_keep_their_order(staff, by):
    views = [view(by, title=title) for title in "abc"]
    made = board(by, *views)
    operator = client_of(staff["operator"])

    def order():
        return "".join(card.view.title for card in queries.cards_of(made.pk))

    def do(what, card):
        return operator.post(f"/console/dashboards/{made.pk}/edit/", {"do": what, "id": card.pk})

    cards = list(queries.cards_of(made.pk))
    do("down", cards[0])
    assert order() == "bac"
    do("up", cards[2])
    assert order() == "bca"
    do("up", cards[1])
    assert order() == "bca"
    do("take_off", cards[2])
    assert order() == "ba"
    services.add_card(dashboard_id=made.pk, view_id=views[0].pk, **by)
    assert order() == "ba"
    services.remove_view(view_id=views[1].pk, **by)
    assert order() == "a"


def test_a_dashboard_is_sent_on_its_day_once_and_to_those_who_may_see_it(staff, by):
    made = board(by, view(by), view(by, "funnel"))
    plain = members.create_member(email=None, display_name="plain", at=NOW)
    services.schedule_dashboard(
        dashboard_id=made.pk,
        rhythm="weekly",
        reader_ids=[staff["moderator"].pk, staff["operator"].pk, plain.pk],
        last_on=None,
        **by,
    )
    made.refresh_from_db()
    assert made.next_on == date(2026, 3, 16)  # NOW is a Tuesday
    monday = datetime(2026, 3, 16, 1, tzinfo=UTC)

    assert services.send_due_dashboards(now=NOW) == 0
    assert services.send_due_dashboards(now=monday) == 1
    assert services.send_due_dashboards(now=monday) == 0

    told = Notification.objects.filter(kind="insights.dashboard_due")
    assert {each.member_id for each in told} == {staff["moderator"].pk, staff["operator"].pk}
    assert told[0].url == f"/console/dashboards/{made.pk}/"
    assert told[0].facts["figures"].count(" / ") == 1
    made.refresh_from_db()
    assert made.next_on == date(2026, 3, 23)


def test_a_schedule_ends_with_its_last_day_and_with_the_dashboard(staff, by):
    made = board(by, view(by))
    wanted = {"rhythm": "monthly", "reader_ids": [staff["operator"].pk]}
    services.schedule_dashboard(dashboard_id=made.pk, last_on=date(2026, 4, 15), **wanted, **by)

    assert services.send_due_dashboards(now=datetime(2026, 4, 1, 1, tzinfo=UTC)) == 1
    made.refresh_from_db()
    assert (made.rhythm, made.next_on) == ("", None)

    services.schedule_dashboard(dashboard_id=made.pk, last_on=None, **wanted, **by)
    services.remove_dashboard(dashboard_id=made.pk, **by)
    assert services.send_due_dashboards(now=datetime(2026, 6, 1, 1, tzinfo=UTC)) == 0


def test_a_schedule_without_anybody_to_tell_is_refused(staff, by):
    made = board(by, view(by))
    operator = client_of(staff["operator"])

    answer = operator.post(
        f"/console/dashboards/{made.pk}/edit/", {"do": "schedule", "rhythm": "weekly"}
    )

    assert answer.status_code == 422
    assert "Choose at least one member of staff" in answer.content.decode()
    made.refresh_from_db()
    assert made.rhythm == ""


def test_lists_and_pages_cost_the_same_with_many(staff, by, django_assert_max_num_queries):
    operator = client_of(staff["operator"])

    def cost(address):
        with django_assert_max_num_queries(30) as captured:
            assert operator.get(address).status_code == 200
        return len(captured)

    made = board(by, view(by))
    addresses = [
        "/console/dashboards/",
        f"/console/dashboards/{made.pk}/",
        f"/console/dashboards/{made.pk}/edit/",
    ]
    for each in addresses:
        cost(each)
    few = [cost(each) for each in addresses]
    for _ in range(12):
        services.add_card(dashboard_id=made.pk, view_id=view(by).pk, **by)
        board(by)

    assert [cost(each) for each in addresses] == few
