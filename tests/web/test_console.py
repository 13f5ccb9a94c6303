"""The console's pages of figures: home, explorer, records, catalog, settings."""

import csv
import io
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageFile
from tests.web.conftest import AT

from juluo.domains.community import queries as community_queries
from juluo.domains.discussions import services as discussions
from juluo.domains.discussions.models import Space
from juluo.domains.discussions.types import OutsideSpace, OutsideTalk
from juluo.domains.members import services as members
from juluo.domains.members.models import AuditEntry, Member
from juluo.eventlog.models import EventRecord
from juluo.importers.demonstration import fill

WEEK = "first=2025-03-03&last=2025-03-09&grain=week"
FORMULA = '=HYPERLINK("x")'


def client_of(people, role):
    client = Client()
    client.force_login(people[role])
    return client


def talk(people_count, *, start=0, space="r"):
    """Let members write one post each in a space from elsewhere; log and rows as in an import."""
    named = {"r": FORMULA}.get(space, space)
    outside = OutsideSpace(outside_id=space, name=named, about="", opened_at=AT)
    discussions.bring_in_spaces(source="slack", spaces=[outside])
    place = Space.objects.get(outside_id=space)
    posts = []
    for number in range(start, start + people_count):
        author = members.create_member(email=None, display_name=f"m{number}", at=AT)
        posts.append(
            OutsideTalk(
                kind="post",
                outside_id=f"{space}-{number}",
                space_id=place.pk,
                author_id=author.pk,
                body="x",
                body_format="plain",
                title=f"t{number}",
                published_at=AT,
            )
        )
    discussions.bring_in_talk(source="slack", talk=posts)


@pytest.fixture
def owner(people):
    return client_of(people, "owner")


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


# Home


def test_an_empty_home_shows_the_way_and_no_figures(people, owner):
    words = page(owner, "/console/")

    assert "Nothing has been said here yet" in words
    assert 'href="/console/imports/new/"' in words
    assert "j-stat" not in words
    assert "/console/imports/new/" not in page(client_of(people, "moderator"), "/console/")


def test_home_shows_eight_figures_charts_cohorts_and_spaces(owner):
    fill(now=datetime(2026, 3, 21, tzinfo=UTC))

    words = page(owner, "/console/?grain=month&day=2026-02-10")

    assert "February 2026" in words
    assert words.count("card j-stat") == 8
    assert words.count("data-chart=") == 2
    assert "Import your own to begin" in words
    spaces = words[words.index("Spaces by contributions") :]
    assert spaces.count('href="/spaces/') == 5
    shown = re.search(r'j-stat-value"><a href="([^"]+)">(\d+)</a>', words)
    explorer = page(owner, shown[1].replace("&amp;", "&"))
    rows = re.findall(r'fw-normal">([^<]+)</th>\s*<td class="text-end">(\d+)<', explorer)
    assert rows[-1] == ("February 2026", shown[2])


def test_home_costs_the_same_with_many_members(owner, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(60) as captured:
            page(owner, "/console/?grain=week&day=2025-03-05")
        return len(captured)

    talk(3)
    few = cost()
    talk(40, start=3)

    assert cost() == few


# Explorer


def test_the_explorer_says_the_latest_complete_week_and_the_window_before(owner):
    talk(4)
    address = f"/console/explorer/?key=members.active&{WEEK}&compare=before"

    words = page(owner, address)

    assert "Week from 3 March 2025: 4." in words
    assert "The whole window: 4, up 4 from 0." in words
    assert "Compared with 24 February 2025 – 2 March 2025" in words
    assert '"24 February 2025 \\u2013 2 March 2025"' in words


def test_a_week_that_the_window_cuts_off_is_not_told_as_complete(owner):
    talk(4)

    words = page(
        owner, "/console/explorer/?key=members.active&first=2025-03-03&last=2025-03-05&grain=week"
    )

    assert "j-lead" not in words
    assert '<td class="text-end">4</td>' in words


def test_what_a_metric_cannot_do_is_said_and_not_hidden(owner):
    talk(1)

    words = page(owner, f"/console/explorer/?key=rhythm.hours&{WEEK}&by=cohort")

    assert "This metric is not cut that way. Possible: Whole window." in words
    assert "not split" in words or "cannot be split" in words
    assert '<option value="window" selected>' in words


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("key=nope", "nope is not one of the available choices"),
        ("first=2025-13-45&last=2025-03-09", "Enter a valid date"),
        ("first=2025-03-09&last=2025-03-03", "The last day comes before the first."),
        ("first=1900-01-01&last=2025-03-03", "twenty years at the most"),
    ],
)
def test_a_wrong_question_is_told_beside_its_field(owner, query, told):
    words = page(owner, f"/console/explorer/?{query}")

    assert told in words
    assert 'aria-invalid="true"' in words
    assert "data-chart" not in words


def test_only_operators_take_figures_away(people):
    talk(1)
    address = f"/console/explorer/?key=members.active&{WEEK}&format=csv"

    assert page(client_of(people, "moderator"), address, status=404)
    assert "format=csv" not in page(client_of(people, "moderator"), "/console/explorer/")
    response = client_of(people, "operator").get(address)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith("\ufeff".encode())


def test_the_csv_is_the_table_and_no_cell_of_it_runs(owner):
    talk(2)
    address = f"/console/explorer/?key=content.contributions&{WEEK}&by=space"

    text = owner.get(f"{address}&format=csv").content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][:3] == ["2025-03-03", f"'{FORMULA}", "2"]
    assert len(rows) == 2
    assert "=HYPERLINK(&quot;x&quot;)" in page(owner, address)


def test_the_catalog_has_every_metric_once(owner):
    from juluo.analytics.catalog import METRICS

    words = page(owner, "/console/metrics/")

    assert [words.count(f"<code>{key}</code>") for key in METRICS] == [1] * len(METRICS)


# Records


def records_of(offset=0):
    return (
        f"/console/explorer/records/?key=content.contributions&{WEEK}&start=2025-03-03"
        f"&offset={offset}"
    )


def test_records_come_fifty_at_a_time_and_each_once(owner):
    talk(120)

    pages = [page(owner, records_of(offset)) for offset in (0, 50, 100)]

    names = [re.findall(r">(m\d+)</a>", each) for each in pages]
    assert [len(each) for each in names] == [50, 50, 20]
    assert len({name for each in names for name in each}) == 120
    assert "120 events behind this figure" in pages[0]
    assert 'rel="next"' in pages[1]
    assert 'rel="next"' not in pages[2]


def test_records_tell_the_time_of_the_clock_that_cut_the_figure(owner):
    talk(1)
    owner.post("/console/settings/", {**SETTINGS, "timezone": "Asia/Shanghai"})

    assert "3 March 2025, 17:00 CST" in page(owner, records_of())


def test_records_cost_the_same_with_many_rows(owner, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(40) as captured:
            page(owner, records_of())
        return len(captured)

    talk(2)
    few = cost()
    talk(40, start=2)

    assert cost() == few


def test_members_learn_nothing_of_records_and_odd_points_are_not_there(people, owner):
    talk(1)

    assert page(client_of(people, "member"), records_of(), status=404)
    assert page(owner, f"/console/explorer/records/?key=members.active&{WEEK}", status=404)
    assert page(owner, records_of().replace("start=2025-03-03", "start=2020-01-01"), status=404)


def test_records_are_narrowed_by_space_and_member(owner):
    talk(3)
    talk(2, start=3, space="b")
    space = Space.objects.get(outside_id="b")
    member = Member.objects.get(display_name="m0")

    of_space = page(owner, f"{records_of()}&space={space.pk}")
    of_member = page(owner, f"{records_of()}&member={member.pk}")
    of_nobody = page(owner, f"{records_of()}&what=discussions.answer_given")

    assert re.findall(r">(m\d+)</a>", of_space) == ["m4", "m3"]
    assert "2 events behind this figure" in of_space
    assert re.findall(r">(m\d+)</a>", of_member) == ["m0"]
    assert "None of the records is of this kind." in of_nobody


def test_records_leave_as_a_harmless_file_and_the_audit_knows(people, owner):
    talk(2)
    address = records_of().replace("/records/", "/records/csv/")

    response = owner.get(address)

    rows = list(csv.reader(io.StringIO(response.content.decode().lstrip("\ufeff"))))
    assert [row[1] for row in rows[1:]] == ["m1", "m0"]
    assert {row[4] for row in rows[1:]} == {f"'{FORMULA}"}
    noted = AuditEntry.objects.get(action="insights.records_exported")
    assert noted.details == {"start": "2025-03-03", "rows": 2}
    assert client_of(people, "moderator").get(address).status_code == 404


# Kept figures


def test_a_kept_figure_holds_its_address_and_says_when_it_no_longer_holds(people, owner):
    talk(3)
    asked = dict(pair.split("=") for pair in f"key=content.contributions&{WEEK}".split("&"))

    kept = owner.post("/console/evidence/keep/", asked)["Location"]
    same = page(owner, kept)
    talk(2, start=3)
    changed = page(client_of(people, "moderator"), kept)

    assert "The same question gives the same figures today." in same
    assert re.search(r'text-end">3</td>', same)
    assert "Today 1 figure is not what it was." in changed
    assert "have come in late." in changed
    assert re.search(r'text-end">3</td><td class="text-end">5</td>', changed)
    assert kept in page(owner, "/console/evidence/")
    assert page(client_of(people, "member"), kept, status=404)
    assert page(owner, "/console/evidence/0000000000000000/", status=404)


# Settings

SETTINGS = {
    "name": "聚落",
    "timezone": "UTC",
    "language": "zh-hans",
    "rise_colour": "red",
    "accent": "#0b7a75",
}


@pytest.mark.parametrize("role", ["member", "moderator", "operator"])
def test_only_the_owner_changes_settings(people, role):
    client = client_of(people, role)

    assert client.get("/console/settings/").status_code == 404
    assert client.post("/console/settings/", SETTINGS).status_code == 404
    assert community_queries.settings().rise_colour == "green"


def test_changed_settings_are_told_audited_and_recorded(people, owner):
    before = timezone.now()
    response = owner.post("/console/settings/", SETTINGS, follow=True)

    assert "The settings are changed." in response.content.decode()
    assert 'data-rise="red"' in response.content.decode()
    now = community_queries.settings()
    told = (now.name, now.language, now.rise_colour, now.accent)
    assert told == ("聚落", "zh-hans", "red", "0B7A75")
    entry = AuditEntry.objects.get(action="community.changed")
    assert entry.actor_id == people["owner"].pk
    assert entry.at >= before
    event = EventRecord.objects.get(name="community.changed")
    assert event.actor_id == people["owner"].pk


def picture(kind="PNG", size=(1200, 90)):
    out = BytesIO()
    Image.new("RGB", size, "#0b7a75").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_drawn_anew_and_taken_away(owner, kind):
    # What hides behind the picture does not come in with it.
    given = SimpleUploadedFile("logo.svg", picture(kind) + b"<script>alert(1)</script>")
    owner.post("/console/settings/", {**SETTINGS, "logo": given})

    kept = community_queries.logo()
    with Image.open(BytesIO(kept)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (800, 60))
    assert b"script" not in kept
    shown = owner.get("/console/settings/logo/")
    assert (shown.content, shown.headers["Content-Type"]) == (kept, "image/png")
    owner.post("/console/settings/", {**SETTINGS, "no_logo": "on"})
    assert community_queries.logo() == b""
    assert owner.get("/console/settings/logo/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"timezone": "Mars/Olympus"},
        {"accent": "teal"},
        {"accent": "#ffee00"},
        {"logo": b"<svg xmlns='http://www.w3.org/2000/svg'/>"},
        {"logo": picture()[:200]},
        {"logo": b"\x89PNG\r\n"},
    ],
)
def test_wrong_settings_are_shown_again_and_nothing_changes(owner, wrong, monkeypatch):
    # As it is once WeasyPrint has been loaded.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    if "logo" in wrong:
        wrong = {"logo": SimpleUploadedFile("logo.png", wrong["logo"])}
    response = owner.post("/console/settings/", {**SETTINGS, **wrong})

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert community_queries.settings().rise_colour == "green"
    assert not AuditEntry.objects.filter(action="community.changed").exists()
