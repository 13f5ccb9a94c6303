"""The console's pages about imports."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from juluo.domains.members.models import Member
from juluo.domains.messaging.models import Message
from juluo.importers import tasks, uploads
from juluo.importers.models import ImportRun
from juluo.jobs.models import Job

CHANNEL = {
    "channel": {"id": "9", "name": "talk"},
    "messages": [
        {
            "id": "1",
            "type": "Default",
            "timestamp": "2023-01-01T00:00:00+00:00",
            "content": "hi",
            "author": {"id": "2", "name": "ada"},
        }
    ],
}


def sign_in(client, role):
    member = Member.objects.create_user(
        f"{role}@example.org", role=role, joined_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return member


@pytest.fixture
def operator(client, db):
    return sign_in(client, "operator")


def send(client, content=None, file_name="talk.json", **values):
    body = json.dumps(CHANNEL).encode() if content is None else content
    form = {"format": "discord", "timezone": "UTC", "name": "", **values}
    return client.post(
        reverse("importers:new"), form | {"file": SimpleUploadedFile(file_name, body)}
    )


def test_an_upload_is_promised_run_and_shown(client, operator):
    answer = send(client, file_name="../../talk.json")

    run = ImportRun.objects.get()
    assert answer.url == reverse("importers:run", args=[run.pk])
    assert (run.status, run.label, run.asked_by_id) == ("waiting", "talk.json", operator.pk)
    kept = uploads.path_of(run.upload)
    assert kept.is_relative_to(Path(settings.HOME) / "uploads")
    assert kept.name == "talk.json"
    assert Job.objects.get().arguments["kwargs"] == {"run_id": run.pk}
    assert b"every 2s" in client.get(answer.url).content

    tasks.bring_in.func(run_id=run.pk)

    assert Message.objects.get().body == "hi"
    assert not kept.parent.exists()
    page = client.get(reverse("importers:progress", args=[run.pk])).content
    assert b"every 2s" not in page
    assert b"2023-01-01T00:00:00+00:00" in page
    assert b"talk.json" in client.get(reverse("importers:list")).content
    tasks.bring_in.func(run_id=run.pk)
    assert Message.objects.count() == 1


def test_a_refused_export_says_why(client, operator):
    send(client, b'{"channel": {')
    run = ImportRun.objects.get()

    tasks.bring_in.func(run_id=run.pk)

    page = client.get(reverse("importers:run", args=[run.pk])).content.decode()
    assert "not readable as JSON" in page, ImportRun.objects.get().refusal
    assert ImportRun.objects.get().status == "refused"


@pytest.mark.parametrize(
    ("values", "file_name"),
    [
        ({"format": "myspace"}, "a.json"),
        ({}, "a.exe"),
        ({"timezone": "Mars"}, "a.json"),
        ({"name": "x" * 25}, "a.json"),
    ],
)
def test_wrong_input_is_shown_again_and_nothing_is_kept(client, operator, values, file_name):
    assert send(client, file_name=file_name, **values).status_code == 422
    assert not ImportRun.objects.exists()
    assert not Job.objects.exists()


def test_a_file_over_the_limit_is_not_kept(client, operator, monkeypatch):
    monkeypatch.setenv("JULUO_IMPORT_LIMIT_MIB", "0")

    assert send(client).status_code == 422
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("role", ["member", "moderator"])
def test_others_find_no_such_page(client, db, role):
    sign_in(client, role)

    for address in (
        reverse("importers:list"),
        reverse("importers:new"),
        reverse("importers:run", args=[1]),
    ):
        assert client.get(address).status_code == 404
    assert send(client).status_code == 404
    assert not ImportRun.objects.exists()
