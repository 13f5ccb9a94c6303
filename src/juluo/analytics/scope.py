"""What one question may see: the log cut, filtered, split and placed into points."""

from datetime import date, datetime
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from juluo.analytics import relations
from juluo.analytics.calendar import (
    Period,
    date_of,
    datetime_of,
    day_begins,
    day_number,
    local_day,
    moment,
    next_start,
    offsets,
    periods,
)
from juluo.analytics.connection import EventView, Inputs
from juluo.analytics.log import EventLog, MonthFiles
from juluo.analytics.question import Grain, Question

Table = Any
BAND_DAYS = 28
# Members by age at a point's start: the first day that is no longer this, and its name.
TENURES = ((28, "new"), (91, "3 months"), (365, "year"))
OLDER = "older"
# A split by several dimensions at once, and what stands between their values.
CELLS, BETWEEN = "cells", "\x1f"


class Scope:
    """One question's view of the log. Asking it for a relation notes what must be offered.

    Relations carry ``point`` (the first day of their point) once placed, and ``group`` when the
    question splits by a dimension; ``keys`` names those columns.
    """

    def __init__(
        self,
        question: Question,
        log: EventLog,
        as_of: datetime,
        *,
        points: tuple[Period, ...] | None = None,
        cut: tuple[str, ...] = (),
    ) -> None:
        """Prepare; ``points`` overrides the question's own cut (for records of one point).

        With ``cut``, ``group`` names a cell: the values of all these dimensions, joined.
        """
        self.question = question
        self.log = log
        self.as_of = moment(as_of)
        self.today = local_day(as_of, question.timezone)
        self.start = day_number(question.start)
        self.end = day_number(question.end)
        self.points = points or periods(self.start, self.end, question.grain)
        self.inputs = Inputs(tail=log.tail)
        self.cut = cut
        self.by = CELLS if cut else question.by
        self.keys = ["point", "group"] if self.by else ["point"]
        self.group_keys = ["group"] if self.by else []
        self.first = self._first_day()
        self._left_out = self._people_left_out()

    # --- relations ---------------------------------------------------------------------

    def events(self, first: int, end: int, *, everywhere: bool = False) -> Table:
        """Return the counted people's events of the days ``[first, end)``, up to ``as_of``.

        :param everywhere: do not apply the filters for spaces and sources.
        """
        events = self._filtered(self._local_events(first, end, self._months(first, end)))
        return events if everywhere else self._where(events)

    def member_days(self, first: int | None, end: int, *, everywhere: bool = False) -> Table:
        """Return the counted people's member-days of ``[first, end)``; from the first if None.

        Several rows may tell of one member, day, space and source: counts add.
        """
        first = self.first if first is None else first
        if self.question.timezone == self.log.timezone:
            ready = [m for m in self._months(first, end) if self._rollup_serves(m)]
        else:
            ready = []
        rest = [m for m in self._months(first, end) if m not in ready]
        parts = []
        if rest or self._tail_reaches(first, end) or not ready:
            parts.append(self._fresh_days(first, end, rest))
        if ready:
            name = f"rollups_{len(self.inputs.rollup_views)}"
            self.inputs.rollup_views[name] = tuple(m.rollup.resolve() for m in ready if m.rollup)
            parts.append(relations.rollup_files(name).select(list(relations.ROLLUP)))
        days = parts[0] if len(parts) == 1 else ibis.union(*parts)
        days = self._as_one(days.filter(days.day >= first, days.day < end), "member_id")
        days = self._filtered(relations.with_sums(days))
        return days if everywhere else self._where(days)

    def people_days(self, first: int | None, end: int, measure: str = "participations") -> Table:
        """Return member-days of known people with at least one of what is measured."""
        days = self.member_days(first, end)
        return days.filter(days.member_id.notnull(), days[measure] > 0)

    def window_days(self, measure: str = "participations") -> Table:
        """Return :meth:`people_days` of the points, placed and split."""
        return self.split(self.placed(self.people_days(self.points[0].start, self.last, measure)))

    def firsts(self, measure: str = "participations", *, grouped: bool = False) -> Table:
        """Return each person's first day with what is measured: ``member_id``, ``first``.

        With ``grouped``, per group of the question (its spaces or sources).
        """
        days = self.people_days(None, self.last, measure)
        keys = ["member_id"]
        if grouped and self.by:
            days = self.split(days)
            keys = ["member_id", "group"]
        return days.group_by(keys).agg(first=days.day.min())

    # --- placing and splitting ------------------------------------------------------------

    @property
    def last(self) -> int:
        """The first day after the last point."""
        return self.points[-1].end

    def placed(self, table: Table) -> Table:
        """Keep the rows whose ``day`` lies in a point, and add ``point``."""
        if len(self.points) == 1:
            (only,) = self.points
            inside = table.filter(table.day >= only.start, table.day < only.end)
            return inside.mutate(point=ibis.literal(only.start, "int32"))
        pairs = [(day, p.start) for p in self.points for day in range(p.start, p.end)]
        calendar = self.offered("calendar", {"day": "int32", "point": "int32"}, pairs)
        return table.join(calendar, "day")

    def splits_by(self, dimension: str) -> bool:
        """Say whether the groups differ in this dimension."""
        return self.by == dimension or dimension in self.cut

    def split(self, table: Table) -> Table:
        """Add ``group`` when the question splits by a dimension."""
        if self.by is None:
            return table
        if not self.cut:
            return self._labelled(table, self.by, "group")
        names = [f"cut_{dimension}" for dimension in self.cut]
        for dimension, name in zip(self.cut, names, strict=True):
            table = self._labelled(table, dimension, name)
        # A value that holds the separator would shift all those after it.
        values = [table[name].replace(BETWEEN, " ") for name in names]
        return table.mutate(group=ibis.literal(BETWEEN).join(values)).drop(*names)

    def _labelled(self, table: Table, dimension: str, name: str) -> Table:
        """Add the dimension's value under a name."""
        if dimension == "space":
            return table.mutate(**{name: table.space_id.cast("string").fill_null("")})
        if dimension == "source":
            return table.mutate(**{name: table.source})
        if dimension == "kind":
            return table.mutate(**{name: _kind(table)})
        if dimension == "language":
            language = table.payload.cast("json")["language"].str
            return table.mutate(**{name: language.fill_null("unknown")})
        traits = {
            "cohort": self._cohorts,
            "channel": self._arrivals,
            "band": self._bands,
            "tenure": self._tenures,
        }
        trait = traits[dimension]()
        per_point = dimension in {"band", "tenure"}
        on = ["member_id", "point"] if per_point else ["member_id"]
        joined = table.left_join(trait, on)
        absent = "0" if dimension == "band" else "unknown"
        return joined.mutate(**{name: joined.trait.fill_null(absent)}).drop(
            "trait", *[f"{key}_right" for key in on]
        )

    def homes(self, days: Table, measure: str, sums: tuple[str, ...] = ()) -> Table:
        """Return one row per point and member: where they did most of what is measured.

        Columns ``point``, ``member_id``, ``space_id``, ``source``, and the member's ``sums``.
        """
        keys = ["point", "member_id"]
        places = days.group_by([*keys, "space_id", "source"]).agg(
            **{each: days[each].sum() for each in dict.fromkeys((measure, *sums))}
        )
        own = ibis.window(group_by=keys)
        order = ibis.window(
            group_by=keys, order_by=[places[measure].desc(), places.space_id, places.source]
        )
        ranked = places.mutate(
            place=ibis.row_number().over(order),
            **{each: places[each].sum().over(own) for each in (measure, *sums)},
        )
        return ranked.filter(ranked.place == 0).drop("place")

    def _tenures(self) -> Table:
        days = self.member_days(None, self.today + 1, everywhere=True)
        days = days.filter(days.member_id.notnull(), days.participations > 0)
        firsts = days.group_by("member_id").agg(first_day=days.day.min())
        starts = [(point.start,) for point in self.points]
        points = self.offered("point_starts", {"point": "int32"}, starts)
        met = firsts.cross_join(points)
        age = met.point - met.first_day
        legs = [(age < limit, name) for limit, name in TENURES]
        return met.select("member_id", "point", trait=ibis.cases(*legs, else_=OLDER))

    def _cohorts(self) -> Table:
        days = self.member_days(None, self.today + 1, everywhere=True)
        days = days.filter(days.member_id.notnull(), days.participations > 0)
        firsts = days.group_by("member_id").agg(day=days.day.min())
        named = firsts.join(self.day_names(), "day")
        return named.select("member_id", trait=named.month_name)

    def _arrivals(self) -> Table:
        days = self.member_days(None, self.today + 1, everywhere=True)
        days = days.filter(days.member_id.notnull(), days.arrival.notnull(), days.arrival != "")
        return days.group_by("member_id").agg(trait=days.arrival.argmin(days.day))

    def _bands(self) -> Table:
        rows = [(day, p.start) for p in self.points for day in range(p.start - BAND_DAYS, p.start)]
        reach = self.offered("band_days", {"day": "int32", "point": "int32"}, rows)
        days = self.member_days(self.points[0].start - BAND_DAYS, self.last, everywhere=True)
        days = days.filter(days.member_id.notnull(), days.contributions > 0).join(reach, "day")
        made = days.group_by("member_id", "point").agg(n=days.contributions.sum())
        band = ibis.cases((made.n >= 20, "20+"), (made.n >= 5, "5-19"), (made.n >= 2, "2-4"),
                          else_="1")  # fmt: skip
        return made.select("member_id", "point", trait=band)

    # --- small tables ----------------------------------------------------------------------

    def offered(self, name: str, schema: dict[str, str], rows: list[tuple[Any, ...]]) -> Table:
        """Offer a small table under a name and return it as a relation."""
        types = {
            "int32": pa.int32(),
            "int64": pa.int64(),
            "string": pa.string(),
            "boolean": pa.bool_(),
        }
        columns = list(zip(*rows, strict=True)) or [()] * len(schema)
        arrays = [
            pa.array(column, types[kind])
            for column, kind in zip(columns, schema.values(), strict=True)
        ]
        self.inputs.tables[name] = pa.table(arrays, names=list(schema))
        return ibis.table(schema, name=name)

    def day_names(self) -> Table:
        """Return every day the log touches with the number of its week and month.

        Columns: ``day``, ``week`` and ``month`` (counted on without gaps), ``month_name``.
        """
        rows = []
        for number in range(min(self.first, self.start), max(self.today, self.last) + 1):
            day = date_of(number)
            week = (number - day.weekday()) // 7
            rows.append((number, week, day.year * 12 + day.month, f"{day:%Y-%m}"))
        schema = {"day": "int32", "week": "int32", "month": "int32", "month_name": "string"}
        return self.offered("days", schema, rows)

    def begins(self, day: int) -> int:
        """Return the moment a local day begins."""
        return day_begins(day, self.question.timezone)

    def closed(self, point: Period) -> bool:
        """Say whether the point has wholly passed."""
        return self.begins(point.end) <= self.as_of

    # --- what the log holds -------------------------------------------------------------------

    def _event_view(self, first: int, end: int, months: list[MonthFiles]) -> str:
        name = f"events_{len(self.inputs.event_views)}"
        self.inputs.event_views[name] = EventView(
            files=tuple(path.resolve() for m in months for path in m.files),
            low=datetime_of(self.begins(first)),
            high=datetime_of(min(self.begins(end), self.as_of + 1)),
        )
        return name

    def _local_events(self, first: int, end: int, months: list[MonthFiles]) -> Table:
        raw = relations.raw_events(self._event_view(first, end, months))
        local = relations.with_local_time(raw, offsets(self.question.timezone, first, end))
        return self._as_one(local, "member_id", "actor_id", "recipient_id")

    def _fresh_days(self, first: int, end: int, months: list[MonthFiles]) -> Table:
        """Return the member-days of months without a rollup, and of the tail."""
        view = self._event_view(first, end, months)
        name = f"fresh_{len(self.inputs.derived)}"
        steps = offsets(self.question.timezone, first, end)
        self.inputs.derived[name] = relations.rolled_up_sql(view, steps)
        return relations.rollup_files(name)

    def _as_one(self, table: Table, *columns: str) -> Table:
        """Put into columns of members' ids whom they turned out to be."""
        if not self.log.same_people:
            return table
        schema = {"other_id": "int64", "same_id": "int64"}
        same = self.offered("same_people", schema, list(self.log.same_people))
        for column in columns:
            met = table.left_join(same, table[column] == same.other_id)
            known = ibis.coalesce(met.same_id, met[column])
            table = met.mutate(**{column: known}).drop("other_id", "same_id")
        return table

    def without_left_out(self, table: Table, column: str) -> Table:
        """Drop the rows whose member in ``column`` is not counted; NULL stays."""
        if not self._left_out:
            return table
        rows = [(member,) for member in self._left_out]
        left_out = self.offered("left_out", {"member_id": "int64"}, rows)
        return table.anti_join(left_out, table[column] == left_out.member_id)

    def _filtered(self, table: Table) -> Table:
        return self.without_left_out(table, "member_id")

    def _where(self, table: Table) -> Table:
        filters = self.question.filters
        if filters.spaces:
            table = table.filter(table.space_id.isin(list(filters.spaces)))
        if filters.sources:
            table = table.filter(table.source.isin(list(filters.sources)))
        return table

    def _people_left_out(self) -> list[int]:
        people, filters = self.log.people, self.question.filters
        out = pc.and_(False, people["is_staff"])  # noqa: FBT003 - Arrow's own signature
        if not filters.include_bots:
            out = pc.or_(out, pc.not_equal(people["kind"], "person"))
        if filters.exclude_staff:
            out = pc.or_(out, people["is_staff"])
        return sorted(people["member_id"].filter(out).to_pylist())

    def _months(self, first: int, end: int) -> list[MonthFiles]:
        # A month of the lake is cut in the log's time zone, which may not be the question's.
        slack = 0 if self.question.timezone == self.log.timezone else 2
        found = []
        for month in self.log.months:
            begin = day_number(date.fromisoformat(f"{month.month}-01"))
            stop = next_start(begin, Grain.MONTH)
            if begin - slack < min(end, self.today + 1) and stop + slack > first:
                found.append(month)
        return found

    def _rollup_serves(self, month: MonthFiles) -> bool:
        """Say whether the rollup is current and holds nothing from after ``as_of``."""
        if month.rollup is None:
            return False
        begin = day_number(date.fromisoformat(f"{month.month}-01"))
        if self.begins(next_start(begin, Grain.MONTH)) <= self.as_of + 1:
            return True
        meta = pq.read_metadata(month.rollup)
        column = meta.schema.to_arrow_schema().get_field_index("last_us")
        groups = [meta.row_group(n).column(column).statistics for n in range(meta.num_row_groups)]
        return all(g is not None and g.has_min_max and g.max <= self.as_of for g in groups)

    def _tail_reaches(self, first: int, end: int) -> bool:
        """Say whether the tail may hold events of the days ``[first, end)``."""
        if not self.log.tail.num_rows:
            return False
        bounds = pc.min_max(self.log.tail["occurred_at"].cast(pa.int64())).as_py()
        return bool(bounds["max"] >= self.begins(first) and bounds["min"] < self.begins(end))

    def _first_day(self) -> int:
        days = [day_number(date.fromisoformat(f"{m.month}-01")) - 2 for m in self.log.months[:1]]
        if self.log.tail.num_rows:
            days.append(local_day(pc.min(self.log.tail["occurred_at"]).as_py(), "UTC") - 1)
        return min(days, default=self.points[0].start)


def _kind(table: Table) -> Table:
    """Return the kind of content of rows that say it, or of events by their name."""
    if "kind" in table.columns:
        return table.kind
    legs = [(table.name == name, kind) for kind, name in relations.WRITTEN.items()]
    return ibis.cases(*legs, else_="")
