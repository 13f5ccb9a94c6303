"""Who turned out to be whom."""

from collections.abc import Collection

from juluo.domains.members.models import Identity, Member


def same_people() -> tuple[tuple[int, int], ...]:
    """Return (person known from elsewhere, the member they are), in the order of the first."""
    rows = Member.objects.exclude(same_as=None).order_by("pk")
    return tuple(
        (pk, same_as) for pk, same_as in rows.values_list("pk", "same_as_id") if same_as is not None
    )


def also(member_ids: Collection[int]) -> dict[int, int]:
    """Return whom these members also are in the log: the other id, and whose it is."""
    rows = Member.objects.filter(same_as_id__in=member_ids).values_list("pk", "same_as_id")
    return {pk: same_as for pk, same_as in rows if same_as is not None}


def who_it_is(person_id: int) -> int | None:
    """Return the member that a person known from elsewhere turned out to be."""
    return Member.objects.filter(pk=person_id).values_list("same_as_id", flat=True).first()


def outside_names(person_id: int) -> list[tuple[str, str]]:
    """Return (source, name) by which someone is known elsewhere. One query."""
    rows = Identity.objects.filter(member_id=person_id).order_by("source", "pk")
    return list(rows.values_list("source", "name"))


def outside_names_of(person_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Return (source, name) by which each is known elsewhere. One query."""
    rows = Identity.objects.filter(member_id__in=person_ids).order_by("source", "pk")
    known: dict[int, list[tuple[str, str]]] = {}
    for member_id, source, name in rows.values_list("member_id", "source", "name"):
        known.setdefault(member_id, []).append((source, name))
    return known
