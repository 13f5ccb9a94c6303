"""An answer as programs read it: on the command line and over HTTP."""

from dataclasses import asdict
from typing import Any

from django.utils import translation

from juluo.analytics.catalog import metric
from juluo.analytics.question import Answer, Point
from juluo.domains.insights.queries.showing import group_labels


def as_json(answer: Answer, *, language: str) -> dict[str, Any]:
    """Return an answer as the command line and the API print it."""
    asked = answer.question
    with translation.override("zh-hans" if language == "zh" else "en"):
        labels = group_labels(answer)
    return {
        "key": asked.key,
        "version": answer.version,
        "title": metric(asked.key).title.in_language(language),
        "unit": answer.unit,
        "timezone": asked.timezone,
        "from": asked.start.isoformat(),
        "to": asked.end.isoformat(),
        "grain": str(asked.grain),
        "by": asked.by,
        "filters": asdict(asked.filters),
        "query": answer.query,
        "data_version": answer.data_version,
        "notes": list(answer.note_keys),
        "points": [_point(point, labels) for point in answer.points],
    }


def _point(point: Point, labels: dict[str, str]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "start": point.start.isoformat(),
        "value": point.value,
        "part": point.part,
        "whole": point.whole,
    }
    for name in ("low", "high", "sample"):
        if getattr(point, name) is not None:
            shown[name] = getattr(point, name)
    if point.group is not None:
        shown["group"] = labels.get(point.group, point.group)
        shown["group_id"] = point.group
    shown.update(dict(point.row))
    return shown
