from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.conftest import make_community, make_people
from tests.web.policy import ROLES, ROUTES


def patterns(resolver=None, prefix=""):
    """Yield (route name, converters or groups) of everything in the URLconf."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace == "api":  # keys, not sessions, open it: tests/api
                continue
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            regex = entry.pattern.regex
            yield f"{prefix}{entry.name}", tuple(regex.groupindex)


ALL = dict(patterns())


@pytest.fixture(scope="module")
def community(shared_database):
    """The small community, made once: whatever a test does to it is undone."""
    return make_community(make_people())


@pytest.fixture(autouse=True)
def _undone(community, db):
    """Undo what a test does."""


# Their address is signed, and mail programs post to it by themselves (RFC 8058).
SIGNED = {"notifications:stop"}


def address(name, community, role="owner"):
    values = {
        "member_id": community.target.pk,
        "space_id": community.space.pk,
        "post_id": community.post.pk,
        "answer_id": community.answer.pk,
        "talk": f"post-{community.post.pk}",
        "group_id": community.group.pk,
        "session_id": 999_999,
        "job_id": 999_999,
        "message_id": community.message.pk,
        "conversation_id": community.private.conversation_id,
        "private_id": community.private.pk,
        "delivery_id": 999_999,
        "endpoint_id": community.hook.pk,
        "run_id": community.run.pk,
        "report_id": community.report.pk,
        "file_id": community.reports.file.pk,
        "report_note_id": community.reports.note.pk,
        "remark_id": community.reports.remark.pk,
        "action_id": community.reports.action.pk,
        "share_id": community.reports.share.pk,
        "schedule_id": community.reports.schedule.pk,
        "secret": "guessed",
        "plan_id": community.plan.pk,
        "goal_id": community.goal.pk,
        "target_id": community.target_of_goal.pk,
        "objective_id": community.objective.pk,
        "strategy_id": community.strategy.pk,
        "alert_id": community.alert.pk,
        "firing_id": community.firing.pk,
        "annotation_id": community.annotation.pk,
        "figure_key": community.kept.key,
        "dashboard_id": community.dashboard.board.pk,
        "card_id": community.dashboard.card.pk,
        "view_id": community.dashboard.view.pk,
        "token_id": community.tokens.get(role, 999_999),
        "notification_id": 999_999,
        "section": "background",
        "number": 1,
        "comment_id": community.remark.pk,
        "note_id": community.note.pk,
        "phase_id": community.schedule.phase.pk,
        "milestone_id": community.schedule.milestone.pk,
        "task_id": community.schedule.task.pk,
        "needs_id": community.schedule.needed.pk,
        "criterion_id": community.schedule.criterion.pk,
        "link_id": community.schedule.link.pk,
        "absence_id": community.schedule.absence.pk,
        "line_id": community.schedule.line.pk,
        "token": community.schedule.feed.token,
        "risk_id": community.risks.risk.pk,
        "indicator_id": community.risks.indicator.pk,
        "mitigation_id": community.risks.mitigation.pk,
        "episode_id": community.risks.episode.pk,
        "picture": "guessed",
        "tag": "新手",
        "part": 0,
        "uidb36": "1",
        "key": "x-y",
    }
    values |= {
        "case_id": community.flags.waiting.pk,
        "claim_id": community.flags.claim.pk,
        "person_id": community.target.pk,
    }
    if name == "moderation:decision":
        values["case_id"] = community.flags.decided.pk
    if name.startswith("finance:"):
        values |= community.money
    return reverse(name, kwargs={key: values[key] for key in ALL[name]})


def ask(client, route, where, **headers):
    if route.method == "post":
        return client.post(where, route.data, **headers)
    return client.get(where, route.data, **headers)


def client_of(role, community):
    client = Client()
    if role != "anon":
        client.force_login(community.people[role])
    return client


def test_every_route_is_listed_and_every_listed_route_exists():
    assert set(ALL) == set(ROUTES)


@contextmanager
def undone():
    """Let what happens inside be gone afterwards, so that the next one meets the same world."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers_as_it_should(route, role, response):
    to_sign_in = response.headers.get("Location", "").startswith("/accounts/login/")
    if route.half_way:
        return response.status_code in {200, 302}
    if role in route.who:
        return not to_sign_in and (response.status_code < 400 or route.may_be_missing)
    return to_sign_in if role == "anon" else response.status_code == 404


@pytest.mark.parametrize("name", sorted(set(ALL) & set(ROUTES)))
def test_gets_in_or_learns_nothing(community, name, subtests):
    route = ROUTES[name]
    for role in ROLES:
        with subtests.test(route=name, role=role), undone():
            response = ask(client_of(role, community), route, address(name, community, role))

            assert answers_as_it_should(route, role, response), (name, role, response)


def test_no_form_is_taken_without_its_token(community, subtests):
    client = Client(enforce_csrf_checks=True)
    client.force_login(community.people["owner"])

    for name in sorted(set(ALL) & set(ROUTES) - SIGNED):
        with subtests.test(route=name), undone():
            assert client.post(address(name, community)).status_code == 403, name


def test_what_one_may_not_see_looks_like_what_is_not_there(community):
    client = client_of("member", community)
    hidden = client.get(f"/console/members/{community.target.pk}/")
    missing = client.get("/console/members/987654321/")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.count(b"<") == missing.content.count(b"<")


@pytest.mark.parametrize(
    "value",
    [
        "-1",
        "0",
        "1e9",
        "x",
        "999999999999999999999",
        "%00",
        "[]",
        "1&after=2",
        "字" * 300,
        "1-",
        "0-0",
        "2026-02-31",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_odd_values_never_break_a_page(community, value):
    client = client_of("owner", community)
    pages = [
        f"/console/members/?after={value}&role={value}&kind={value}&q={value}",
        f"/console/members/{community.target.pk}/?before={value}&kind={value}",
        f"/console/audit/?before={value}",
        f"/spaces/{community.space.pk}/?before={value}&kind={value}",
        f"/spaces/{community.space.pk}/?after={value}",
        f"/spaces/{community.space.pk}/?show={value}",
        f"/spaces/{community.space.pk}/members/?q={value}",
        f"/spaces/bookmarks/?before={value}",
        f"/feed/?show={value}&after={value}",
        f"/feed/?after=2.{value}",
        f"/tags/{value}/",
        f"/feed/waiting/?after={value}",
        f"/spaces/similar/?title={value}",
        f"/tags/~{value}/",
        f"/tags/新手/?before={value}&after={value}",
        f"/spaces/talk/post-{community.post.pk}/history/?before={value}&after={value}",
        f"/spaces/posts/{community.post.pk}/?after={value}",
        f"/spaces/groups/{community.group.pk}/?before={value}&day={value}",
        f"/spaces/groups/{community.group.pk}/?reply={value}&after={value}",
        f"/spaces/groups/{community.group.pk}/news/?since={value}",
        f"/spaces/groups/{community.group.pk}/members/?q={value}",
        f"/chats/write/?to={value}&q={value}",
        f"/search/?q={value}&kind={value}&space={value}&page={value}&when={value}",
        f"/search/?q=x&author={value}&tag={value}&order={value}&solved={value}",
        f"/search/?q=x&group={value}",
        f"/search/?kind=private&q={value}&page={value}",
        f"/search/suggest/?q={value}",
        f"/live/?topics=nothing:{value}&since={value}",
        f"/console/?day={value}&grain={value}",
        f"/console/explorer/?key={value}&first={value}&grain={value}&by={value}&source={value}",
        f"/console/explorer/?last={value}&compare={value}&format={value}",
        f"/console/explorer/records/?start={value}&group={value}&offset={value}",
        f"/console/explorer/records/?start=2025-03-03&key=rhythm.hours&group={value}",
        f"/console/explorer/cohorts/?first={value}&grain={value}&window={value}&space={value}",
        f"/console/explorer/cohorts/members/?first=2025-03-01&last=2025-03-31&start={value}",
        f"/console/explorer/cohorts/members/?first=2025-03-01&start=2025-03-01&age={value}",
        f"/console/explorer/funnels/?step1={value}&step2={value}&within={value}&by={value}",
        f"/console/explorer/funnels/?step1=asked&step2=reacted&first={value}&last={value}",
        f"/console/explorer/funnels/members/?step={value}&state={value}",
        f"/console/explorer/funnels/members/?group={value}&offset={value}&by=space",
        f"/console/explorer/movement/?first={value}&last={value}&window={value}&source={value}",
        f"/console/explorer/movement/members/?from={value}&to={value}&offset={value}",
        f"/console/explorer/compare/?by={value}&sort={value}&first={value}",
        f"/console/views/new/?kind=funnel&first={value}&last={value}&within={value}",
        f"/console/views/new/?kind=figure&key={value}&window={value}&grain={value}",
        f"/console/views/new/?kind={value}",
        f"/console/calendar/?day={value}&view={value}&plan={value}&owner={value}",
        f"/console/calendar/?day={value}&view=list",
        f"/console/plans/{community.plan.pk}/gantt/?day={value}&zoom={value}",
        f"/console/plans/{community.plan.pk}/gantt/?day={value}&zoom=year",
        f"/console/risks/?plan={value}&category={value}&status={value}&p={value}&i={value}",
        f"/console/risks/new/?starter={value}&alert={value}&note={value}&metric={value}",
        f"/console/risks/new/?plan={value}",
        f"/console/tasks/new/?due={value}&plan={value}&phase={value}",
        f"/console/tasks/{community.schedule.task.pk}/link/?kind={value}&words={value}",
    ]
    for page in pages:
        assert client.get(page).status_code in {200, 400, 404, 422}, page


def test_a_role_taken_away_is_gone_with_the_next_request(community):
    from tests.web.conftest import AT

    from juluo.domains.members import services

    client = client_of("moderator", community)
    assert client.get("/console/").status_code == 200
    services.change_role(
        actor_id=community.people["owner"].pk,
        member_id=community.people["moderator"].pk,
        role="member",
        at=AT,
    )

    assert client.get("/console/").status_code == 404


def test_signed_in_pages_are_nobody_elses(community):
    response = client_of("member", community).get("/spaces/")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in response.headers["Vary"]
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_staff_without_a_second_step_are_reminded_and_members_are_not(community):
    staff = client_of("moderator", community).get("/console/").content.decode()
    member = client_of("member", community).get("/spaces/").content.decode()

    assert "/accounts/2fa/totp/activate/" in staff
    assert "/accounts/2fa/totp/activate/" not in member


def test_moderators_see_no_address_anywhere(community):
    client = client_of("moderator", community)
    pages = ["/console/members/", f"/console/members/{community.people['owner'].pk}/"]

    for page in pages:
        assert "owner@example.org" not in client.get(page).content.decode()
