"""An observation leads to a risk that already names it."""

from datetime import date

import pytest
from django.test import Client
from tests.domains.conftest import AT

from juluo.domains.planning.services import withdraw_note, write_note

pytestmark = pytest.mark.django_db


def test_an_observation_offers_to_make_a_risk_of_it(people):
    operator = people["operator"]
    note = write_note(
        kind="competitor",
        about="Neighbour",
        statement="They opened a forum.",
        observed_on=date(2025, 3, 1),
        author_id=operator.pk,
        at=AT,
    )
    client = Client(headers={"accept-language": "en"})
    client.force_login(operator)
    here, there = f"/console/watch/{note.pk}/", f"/console/risks/new/?note={note.pk}"

    assert f'href="{there}"' in client.get(here).content.decode()
    form = client.get(there).content.decode()
    assert "Neighbour" in form
    assert "checked" in form[form.index("Neighbour") - 300 : form.index("Neighbour")]

    withdraw_note(note_id=note.pk, actor_id=operator.pk, at=AT)
    assert there not in client.get(here).content.decode()
