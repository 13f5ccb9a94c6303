"""Find members by a part of their name."""

from juluo.domains.members.models import Member


def with_accounts(words: str, *, limit: int = 20) -> list[tuple[int, str]]:
    """Return ``(id, name)`` of people who can sign in and whose name holds the words, by name."""
    found = Member.objects.filter(
        display_name__icontains=words, is_active=True, email__isnull=False, kind=Member.Kind.PERSON
    )
    rows = found.order_by("display_name", "pk").values_list("pk", "display_name")
    return list(rows[:limit])
