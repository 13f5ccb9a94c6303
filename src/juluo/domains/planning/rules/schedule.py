"""How phases share a plan's days, which tasks wait for each other, and which decide the end."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# Phases in order, with the part of a plan's days each takes before anybody changes it.
PHASE_SHARES = (
    ("preparation", 20),
    ("launch", 10),
    ("execution", 45),
    ("monitoring", 15),
    ("closing", 10),
)
# Which phases a plan has that is shorter than five days.
_SHORT = {
    1: ("execution",),
    2: ("preparation", "execution"),
    3: ("preparation", "execution", "closing"),
    4: ("preparation", "launch", "execution", "closing"),
}
Edge = tuple[int, int]


@dataclass(frozen=True)
class PhaseDays:
    """A phase's days ``[start, end)``."""

    kind: str
    start: date
    end: date


def phase_days(start: date, end: date) -> list[PhaseDays]:
    """Cut ``[start, end)`` into phases without gaps; each has a day at least."""
    total = (end - start).days
    kinds = _SHORT.get(total, tuple(kind for kind, _share in PHASE_SHARES))
    lengths = _lengths(total, [dict(PHASE_SHARES)[kind] for kind in kinds])
    found, first = [], start
    for kind, days in zip(kinds, lengths, strict=True):
        found.append(PhaseDays(kind, first, first + timedelta(days=days)))
        first += timedelta(days=days)
    return found


def _lengths(total: int, shares: list[int]) -> list[int]:
    """Share days out by weight: one each first, the rest by the largest remainder."""
    spare = total - len(shares)
    exact = [spare * share / sum(shares) for share in shares]
    lengths = [1 + int(each) for each in exact]
    by_remainder = sorted(range(len(shares)), key=lambda n: (int(exact[n]) - exact[n], n))
    for n in by_remainder[: total - sum(lengths)]:
        lengths[n] += 1
    return lengths


def cycle_with(edges: Iterable[Edge], *, task: int, needs: int) -> list[int]:
    """Return the circle that a new dependency would close, from the task back to it; or nothing.

    An edge ``(a, b)`` says that a waits for b.
    """
    waits_for: dict[int, list[int]] = {}
    for waiting, awaited in edges:
        waits_for.setdefault(waiting, []).append(awaited)
    came_from = {needs: task}
    to_visit = [needs]
    while to_visit:
        here = to_visit.pop()
        if here == task:
            return _way_back(came_from, task, needs)
        for following in waits_for.get(here, []):
            if following not in came_from:
                came_from[following] = here
                to_visit.append(following)
    return []


def _way_back(came_from: Mapping[int, int], task: int, needs: int) -> list[int]:
    if task == needs:
        return [task, task]
    way, here = [task], came_from[task]
    while here != needs:
        way.append(here)
        here = came_from[here]
    return [task, needs, *way[1:][::-1], task]


@dataclass(frozen=True, kw_only=True)
class Work:
    """A dated task as the critical path sees it: both days included."""

    id: int
    start: date
    due: date

    @property
    def days(self) -> int:
        """How many days it takes."""
        return (self.due - self.start).days + 1


@dataclass(frozen=True, kw_only=True)
class Placed:
    """When a task can begin and end if what it needs comes first, and its spare days."""

    first: date
    last: date
    spare_days: int

    @property
    def is_critical(self) -> bool:
        """Whether a day lost here is a day lost at the end."""
        return self.spare_days == 0


def critical_path(work: Collection[Work], edges: Iterable[Edge]) -> dict[int, Placed]:
    """Place each task after all it needs, and say how many days it can slip.

    Dependencies on tasks that are not in ``work`` (done, without days) hold nothing up. The
    edges must have no circle, which :func:`cycle_with` refuses.
    """
    known = {each.id: each for each in work}
    needs: dict[int, list[int]] = {each: [] for each in known}
    needed_by: dict[int, list[int]] = {each: [] for each in known}
    for task, needed in edges:
        if task in known and needed in known:
            needs[task].append(needed)
            needed_by[needed].append(task)
    order = _in_order(needs, needed_by)
    first, last = _forward(order, known, needs)
    finish = max(last.values(), default=date.min)
    latest: dict[int, date] = {}
    for each in reversed(order):
        starts = [latest[n] - timedelta(days=known[n].days) for n in needed_by[each]]
        latest[each] = min([finish, *starts])
    return {
        each: Placed(
            first=first[each], last=last[each], spare_days=(latest[each] - last[each]).days
        )
        for each in order
    }


def _in_order(needs: Mapping[int, list[int]], needed_by: Mapping[int, list[int]]) -> list[int]:
    left = {task: len(needed) for task, needed in needs.items()}
    ready = sorted((task for task, count in left.items() if not count), reverse=True)
    order = []
    while ready:
        here = ready.pop()
        order.append(here)
        for following in needed_by[here]:
            left[following] -= 1
            if not left[following]:
                ready.append(following)
    return order


def _forward(
    order: list[int], known: Mapping[int, Work], needs: Mapping[int, list[int]]
) -> tuple[dict[int, date], dict[int, date]]:
    first: dict[int, date] = {}
    last: dict[int, date] = {}
    for each in order:
        after = [last[n] + timedelta(days=1) for n in needs[each]]
        first[each] = max([known[each].start, *after])
        last[each] = first[each] + timedelta(days=known[each].days - 1)
    return first, last


def is_late(*, due: date | None, is_open: bool, today: date) -> bool:
    """Whether work is still open after its last day."""
    return is_open and due is not None and due < today
