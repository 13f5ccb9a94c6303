"""Give all talk of someone known from elsewhere to the member they turned out to be."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from juluo.domains.discussions.models import Answer, Comment, Post, Reaction

_AUTHORED: dict[str, type[Post | Answer | Comment]] = {
    "post": Post,
    "answer": Answer,
    "comment": Comment,
}
_CHUNK = 500


@transaction.atomic
def hand_over(*, person_id: int, member_id: int) -> dict[str, list[int]]:
    """Make a member the author of what a person wrote and marked; return which rows changed.

    A mark that both put on the same thing stays with the person: one member marks once.
    """
    moved: dict[str, list[int]] = {}
    for kind, model in _AUTHORED.items():
        rows = model.objects.filter(author_id=person_id)
        moved[kind] = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(author_id=member_id)
    own = set(Reaction.objects.filter(member_id=member_id).values_list("subject", "emoji"))
    theirs = Reaction.objects.filter(member_id=person_id).order_by("pk")
    marks = [
        pk
        for pk, subject, emoji in theirs.values_list("pk", "subject", "emoji")
        if (subject, emoji) not in own
    ]
    _give_marks(marks, giver_id=person_id, taker_id=member_id)
    return {**moved, "reaction": marks}


@transaction.atomic
def hand_back(*, person_id: int, member_id: int, moved: Mapping[str, Sequence[int]]) -> None:
    """Take back what :func:`hand_over` did to these rows, where the member still has them."""
    for kind, model in _AUTHORED.items():
        for ids in _chunks(moved.get(kind, ())):
            model.objects.filter(pk__in=ids, author_id=member_id).update(author_id=person_id)
    _give_marks(moved.get("reaction", ()), giver_id=member_id, taker_id=person_id)


def _give_marks(marks: Sequence[int], *, giver_id: int, taker_id: int) -> None:
    for ids in _chunks(marks):
        Reaction.objects.filter(pk__in=ids, member_id=giver_id).update(member_id=taker_id)


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK)]
