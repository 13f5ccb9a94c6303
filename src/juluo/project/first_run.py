"""The first start of a new home: an owner, and a small community to look at."""

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.utils import timezone

from juluo.domains.community import queries as community
from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.members import services
from juluo.eventlog.manifest import roll_everything
from juluo.lib.home import data_home

OWNER_EMAIL = "owner@juluo.example"


@dataclass(frozen=True)
class SignIn:
    """What the first owner signs in with."""

    email: str
    password: str


def prepare(*, with_demonstration: bool, tell: Callable[[str], None]) -> SignIn | None:
    """Make the first owner and the demonstration where there is nothing yet.

    Returns the first owner's sign-in for as long as its note lies in the home: whoever has set
    a password of their own deletes ``first-sign-in.json``.
    """
    if members.has_owner():
        return _noted()
    sign_in = _make_owner()
    # Never beside real talk: whoever imported first came for their own figures.
    if with_demonstration and insights.last_local_day() is None:
        from juluo.importers.demonstration import fill, steer

        tell("Making a small demonstration community …")
        fill(now=timezone.now())
        roll_everything(timezone=community.settings().timezone)
        tell("Giving it a plan …")
        steer(now=timezone.now())
    return sign_in


def _make_owner() -> SignIn:
    """Make the owner with a password nobody else has, and note it where only we can read."""
    sign_in = SignIn(email=OWNER_EMAIL, password=secrets.token_urlsafe(12))
    path = data_home() / "first-sign-in.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(sign_in)))
    services.create_owner(
        email=sign_in.email, password=sign_in.password, display_name="Owner", at=timezone.now()
    )
    return sign_in


def _noted() -> SignIn | None:
    path = data_home() / "first-sign-in.json"
    return SignIn(**json.loads(path.read_text())) if path.exists() else None
