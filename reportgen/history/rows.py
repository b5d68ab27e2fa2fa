"""The table of a history: a row a report, the newest first."""

from __future__ import annotations

import csv
import io
import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from reportgen import wording
from reportgen.history.entry import Entry
from reportgen.history.series import MetricSeries

_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Row:
    """One report, as a page shows it.

    Attributes:
        entry: what it came to.
        day: its date and time; "" where it is not known.
        values: a text a metric; "" where the report has it not.
        link: where it can be opened, as seen from the page; "" where it cannot.
    """

    entry: Entry
    day: str
    values: tuple[str, ...]
    link: str


def rows(entries: Sequence[Entry], series: Sequence[MetricSeries], page: Path | None) -> list[Row]:
    """Return a row a report, the newest first.

    Args:
        entries: by date.
        series: whose metrics have columns.
        page: where the page is written, from which links lead; None for standard output.
    """
    return [
        Row(
            entry,
            f"{entry.date:%Y-%m-%d %H:%M}" if entry.date else "",
            tuple(_value(entry, curve.tag) for curve in series),
            _link(entry.source, page),
        )
        for entry in reversed(entries)
    ]


def _value(entry: Entry, tag: str) -> str:
    values = [metric.value for metric in entry.metrics if metric.tag == tag]
    return wording.number(values[0]) if values else ""


def _link(source: str, page: Path | None) -> str:
    """Return the address of a report; of a summary, that of the page beside it, if there is one."""
    if source.startswith(_WEB):
        return source
    path = Path(source)
    if path.suffix != ".html":
        path = next((beside for beside in _beside(path) if beside.is_file()), path)
    start = page.absolute().parent if page else Path.cwd()
    try:
        return quote(Path(os.path.relpath(path.absolute(), start)).as_posix())
    except ValueError:  # on another drive
        return ""


def _beside(path: Path) -> tuple[Path, ...]:
    return (path.with_suffix(".html"), path.with_name("report.html"), path.with_name("index.html"))


def as_csv(entries: Sequence[Entry], series: Sequence[MetricSeries]) -> bytes:
    """Return the history as CSV, the oldest first; an empty cell was not there."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    tags = [curve.tag for curve in series]
    heads = ["date", "source", "title", "commit", "outcome", "errors", "findings", "runs", *tags]
    writer.writerow(map(_inert, heads))
    for entry in entries:
        values = {metric.tag: metric.value for metric in entry.metrics}
        date = entry.date.isoformat() if entry.date else ""
        counts = [entry.errors, len(entry.findings), entry.runs]
        names = [date, entry.source, entry.title, entry.commit, entry.outcome]
        numbers = [values.get(tag, "") for tag in tags]
        writer.writerow([*map(_inert, names), *counts, *numbers])
    return stream.getvalue().encode("utf-8", "replace")


def _inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def as_json(entries: Sequence[Entry], series: Sequence[MetricSeries]) -> bytes:
    """Return the history as JSON: its reports, and the levels of each metric."""
    content = {
        "version": 1,
        "reports": [_report(entry) for entry in entries],
        "metrics": [_metric(curve) for curve in series],
    }
    return (json.dumps(content, indent=2, allow_nan=False) + "\n").encode()


def _report(entry: Entry) -> dict[str, object]:
    return {
        "source": entry.source,
        "title": entry.title,
        "date": entry.date.isoformat() if entry.date else None,
        "commit": entry.commit or None,
        "outcome": entry.outcome or None,
        "failures": list(entry.failures),
        "findings": list(entry.findings),
        "errors": entry.errors,
        "runs": entry.runs,
        "metrics": {
            metric.tag: {"value": metric.value, "run": metric.run, **metric.statistics}
            for metric in entry.metrics
        },
    }


def _metric(series: MetricSeries) -> dict[str, object]:
    return {
        "tag": series.tag,
        "direction": series.direction,
        "sentence": series.sentence,
        "levels": [
            {
                "first": series.entries[level.start].source,
                "reports": level.stop - level.start,
                "median": _finite(level.center),
                "low": _finite(level.low),
                "high": _finite(level.high),
            }
            for level in series.levels
        ],
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
