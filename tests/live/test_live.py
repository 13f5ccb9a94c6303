"""Signals reach open pages: all of them, only those one may hear, whatever breaks."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from juluo.domains.members import services as members
from juluo.live import reader, signals, topics, views
from juluo.live.models import Signal
from juluo.live.signals import OutsideTransaction, Told, forget, missed, signal
from juluo.live.streams import HUB, MOST_WAITING, STREAMS_OF_A_MEMBER, Stream
from tests.live.serving import Listener, cookie_of, served, until


def member_called(name):
    return members.create_member(
        email=f"{name}@example.org", password="x" * 12, display_name=name, at=timezone.now()
    )


@pytest.fixture
def mia(transactional_db):
    return member_called("mia")


@pytest.fixture(autouse=True)
def _topics(monkeypatch):
    """Everyone may hear of even rooms; odd rooms are closed."""
    monkeypatch.setitem(topics._LISTENERS, "room", lambda _member, number: number % 2 == 0)


@pytest.fixture
def server(transactional_db):
    with served() as address:
        yield address


def say(*names):
    with transaction.atomic():
        signal(*names)


@pytest.mark.django_db(transaction=True)
def test_a_signal_belongs_to_a_transaction():
    with pytest.raises(OutsideTransaction):
        signal("room:2")

    assert not Signal.objects.exists()


def test_what_is_committed_is_told_and_what_is_undone_is_not(server, mia):
    with Listener(server, mia, ["room:2", "room:4"]) as page:
        with transaction.atomic():
            signal("room:2")
            transaction.set_rollback(True)
        say("room:6")
        began = time.monotonic()
        say("room:4")

        assert page.next() == "room:4"
        assert time.monotonic() - began < 2
        assert [topic for _place, topic in page.told] == ["room:4"]
        assert page.headers["content-type"] == "text/event-stream"
        assert "no-store" in page.headers["cache-control"]


def test_two_hundred_signals_reach_every_page_once_and_in_order(server, mia):
    with Listener(server, mia, ["room:2"]) as one, Listener(server, mia, ["room:2"]) as other:
        for _ in range(100):
            say("room:2", "room:2")
        for page in (one, other):
            until(lambda page=page: len(page.told) >= 200)

        places = list(Signal.objects.order_by("pk").values_list("pk", flat=True))
        assert [place for place, _ in one.told] == places
        assert [place for place, _ in other.told] == places


def test_a_page_that_comes_back_hears_what_it_missed_and_no_more(server, mia):
    say("room:2")
    last = signals.place()
    if connection.vendor == "postgresql":
        Signal.objects.update(at=timezone.now() - timedelta(minutes=5))
    say("room:4", "room:2", "room:6")
    wanted = list(
        Signal.objects.filter(pk__gt=last, topic__in=["room:2", "room:4"])
        .order_by("pk")
        .values_list("pk", "topic")
    )

    with Listener(server, mia, ["room:2", "room:4"], since=last) as page:
        until(lambda: len(page.told) >= 2)
        say("room:2")
        until(lambda: len(page.told) >= 3)

        assert page.told[:2] == wanted
        assert page.told[2][1] == "room:2"
        assert len(page.told) == 3


def test_who_was_away_too_long_is_told_that_everything_may_have_changed(server, mia):
    say("room:2")

    with Listener(server, mia, ["room:2", "room:4"], since=987_654) as page:
        assert {page.next(), page.next()} == {"room:2", "room:4"}


@pytest.mark.django_db(transaction=True)
def test_more_missed_than_a_page_can_bear_is_everything(monkeypatch):
    say("room:2")
    first = signals.place()
    monkeypatch.setattr(signals, "MANY", 3)
    say(*["room:2"] * 4)

    assert missed(since=first, topics=["room:2"]) is None


def test_what_one_may_not_hear_is_not_there(server, mia):
    cookies = {"sessionid": cookie_of(mia)}
    odd = "room:3,room:x,room:,nothing:2,room:2:4,ROOM:2,rights:1," + "9" * 30

    assert httpx.get(f"{server}/live/?topics=room:3", cookies=cookies).status_code == 404
    assert httpx.get(f"{server}/live/?topics={odd}", cookies=cookies).status_code in {400, 404}
    assert httpx.get(f"{server}/live/", cookies=cookies).status_code == 404
    assert httpx.get(f"{server}/live/?topics=room:2").status_code == 302
    many = ",".join(f"room:{2 * number}" for number in range(views.MOST_TOPICS + 1))
    assert httpx.get(f"{server}/live/?topics={many}", cookies=cookies).status_code == 400
    assert len(HUB) == 0


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
)
def test_another_sites_page_hears_nothing(server, mia, headers):
    cookies = {"sessionid": cookie_of(mia)}

    answer = httpx.get(f"{server}/live/?topics=room:2", cookies=cookies, headers=headers)

    assert answer.status_code == 404


def test_a_server_without_streams_says_so(mia):
    client = Client()
    client.force_login(mia)

    assert client.get("/live/?topics=room:2").status_code == 204
    assert client.get("/live/?topics=room:3").status_code == 404


def test_a_closed_account_hears_no_more(server, mia):
    with Listener(server, mia, ["room:2"]) as page:
        type(mia).objects.filter(pk=mia.pk).update(is_active=False)
        signals.rights_changed(mia.pk)

        assert page.over.wait(5)
        assert page.told == []


def test_who_signed_out_hears_no_more(server, mia):
    client = Client()
    client.force_login(mia)
    with Listener(server, mia, ["room:2"], cookie=client.cookies["sessionid"].value) as page:
        client.logout()
        signals.rights_changed(mia.pk)

        assert page.over.wait(5)


def test_a_right_taken_away_ends_what_is_told(server, mia, monkeypatch):
    with Listener(server, mia, ["room:2", "room:4"]) as page:
        monkeypatch.setitem(topics._LISTENERS, "room", lambda _member, number: number == 4)
        signals.rights_changed(mia.pk)
        (stream,) = HUB._by_member[mia.pk]
        until(lambda: stream.topics == {"room:4"})
        say("room:2", "room:4")

        assert page.next() == "room:4"
        assert [topic for _place, topic in page.told] == ["room:4"]


def test_the_heartbeat_finds_out_by_itself(server, mia, monkeypatch):
    monkeypatch.setattr(views, "HEARTBEAT_SECONDS", 0.1)
    with Listener(server, mia, ["room:2"]) as page:
        type(mia).objects.filter(pk=mia.pk).update(is_active=False)

        assert page.over.wait(5)


def test_a_member_has_so_many_streams_and_the_oldest_rests(server, mia):
    pages = [Listener(server, mia, ["room:2"]) for _ in range(STREAMS_OF_A_MEMBER + 1)]
    for page in pages:
        page.__enter__()

    assert pages[0].over.wait(5)
    assert pages[0].events.get(timeout=1)[0] == "rest"
    until(lambda: len(HUB) == STREAMS_OF_A_MEMBER)
    for page in pages:
        page.__exit__()


def test_a_page_that_goes_away_is_forgotten_and_the_last_one_stops_the_reader(server, mia):
    with Listener(server, mia, ["room:2"]):
        assert len(HUB) == 1
    until(lambda: len(HUB) == 0)

    assert HUB._by_topic == {}
    assert HUB._reader is None


def test_a_reader_that_loses_its_database_goes_on_where_it_was(server, mia, monkeypatch):
    monkeypatch.setattr(reader, "PAUSE_AFTER_FAILURE", 0.05)
    with Listener(server, mia, ["room:2"]) as page:
        say("room:2")
        page.next()
        _kill_the_reader(monkeypatch)
        say("room:2")
        say("room:2")

        assert [page.next(), page.next()] == ["room:2", "room:2"]
        assert len({place for place, _ in page.told}) == 3


def _kill_the_reader(monkeypatch):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
            assert cursor.fetchall()
        return
    real, failures = signals.all_after, iter([OSError, OSError])

    def failing(**values):
        failure = next(failures, None)
        if failure:
            raise failure
        return real(**values)

    monkeypatch.setattr(signals, "all_after", failing)


def test_a_slow_page_is_told_each_topic_once_and_holds_no_more():
    stream = Stream(member_id=1, topics=["room:2", "room:4"])
    for place in range(1, 3 * MOST_WAITING):
        stream.receive([Told(place, "room:2" if place % 2 else "room:4")])

    assert len(stream._waiting) <= MOST_WAITING

    # A thread of its own: a browser's loop may run in this one.
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(lambda: asyncio.run(stream.next(seconds=0.1))).result()

    assert told[-1].place == 3 * MOST_WAITING - 1
    assert {each.topic for each in told} == {"room:2", "room:4"}


def test_a_page_woken_for_what_it_was_told_goes_on_waiting():
    stream = Stream(member_id=1, topics=["room:2"])

    async def listen():
        asyncio.get_running_loop().call_later(0.05, stream.receive, [Told(1, "room:2")])
        first = await stream.next(seconds=5)
        asyncio.get_running_loop().call_later(0.05, stream._wake)
        began = time.monotonic()
        return first, await stream.next(seconds=0.3), time.monotonic() - began

    with ThreadPoolExecutor(1) as pool:
        first, second, took = pool.submit(lambda: asyncio.run(listen())).result()

    assert (first, second) == ([Told(1, "room:2")], [])
    assert took >= 0.25


@pytest.mark.django_db(transaction=True)
def test_old_signals_are_swept_away():
    say("room:2")
    Signal.objects.update(at=timezone.now() - timedelta(hours=2))
    say("room:4")

    assert forget(before=timezone.now() - signals.KEEP) == 1
    assert Signal.objects.get().topic == "room:4"
