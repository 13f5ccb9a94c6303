"""What higher domains add to a member's public page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from juluo.domains.members.models import Member


@dataclass(frozen=True, kw_only=True)
class ProfileSection:
    """One section as a page shows it: a template of the part's own domain, and what it needs."""

    label: str | Promise
    template: str
    context: Mapping[str, Any]
    action_template: str = ""


@dataclass(frozen=True, kw_only=True)
class ProfilePart:
    """A part of every member's public page.

    ``build(viewer, member_id)`` returns what goes into the template, only of what this viewer
    may see; None leaves the part out. ``action_template`` draws a button on top of the page.
    """

    key: str
    label: str | Promise
    order: int
    template: str
    build: Callable[[Member, int], Mapping[str, Any] | None]
    action_template: str = ""
