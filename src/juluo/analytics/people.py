"""The members behind a cell of a study, one page at a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope


@dataclass(frozen=True, kw_only=True)
class People:
    """One page of ``total`` members, and the query that found them.

    Rows have ``member_id`` and what the study says of each; days are numbers, moments are
    microseconds (see :mod:`juluo.analytics.calendar`).
    """

    total: int
    rows: tuple[dict[str, Any], ...]
    query: str
    data_version: str


def page(scope: "Scope", people: "Table", *, by: str, offset: int, limit: int) -> People:
    """Return some of the people, the latest by this column first."""
    import ibis

    from juluo.analytics.engine import run_all

    order = [ibis.desc(by), "member_id"]
    asked = {
        "total": people.count().name("total").as_table(),
        "rows": people.order_by(order).limit(limit, offset=offset),
    }
    results, query = run_all(scope, asked)
    return People(
        total=int(results["total"]["total"][0].as_py()),
        rows=tuple(results["rows"].to_pylist()),
        query=query,
        data_version=scope.log.data_version,
    )
