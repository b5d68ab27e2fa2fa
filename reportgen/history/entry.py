"""An entry of a history: what one report came to."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from reportgen import wording
from reportgen.errors import InputError
from reportgen.wording import printable

Outcome = Literal["passed", "failed", ""]

VERSION = 1  # of docs/summary-1.schema.json
_MAX_NAME = 200  # characters of a text that a summary holds
_MAX_SENTENCE = 600
_MAX_METRICS = 8  # headline metrics of a report
_EMBEDDED = re.compile(
    rb'<script type="application/json" id="summary-json">(.*?)</script>', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Metric:
    """The value of a headline metric: of the best run, or the mean of the best group of seeds."""

    tag: str
    direction: str
    value: float
    run: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one report came to.

    Attributes:
        source: path or URL of the summary or report.
        title: of the report.
        date: when its last run ended, in UTC; None where its logs hold no times.
        commit: that all its runs logged; "" for none.
        outcome: whether its checks passed; "" where there were none.
        failures: a sentence a check that did not pass.
        metrics: its headline metrics, the first ranks its runs.
        findings: sentences of errors and warnings, errors first.
        errors: how many of them are errors.
        runs: how many there were.
    """

    source: str
    title: str
    date: datetime | None
    commit: str
    outcome: Outcome
    failures: tuple[str, ...]
    metrics: tuple[Metric, ...]
    findings: tuple[str, ...]
    errors: int
    runs: int


def parse_entry(content: bytes, source: str) -> Entry:
    """Return the entry of a summary.json, or of an HTML report, which holds its own.

    Args:
        content: of the file.
        source: what messages call it.

    Raises:
        InputError: it is neither, or of a version that is not known.
    """
    summary = _summary(content, source)
    runs = [run for run in _list(summary, "runs") if isinstance(run, dict)]
    checks = [check for check in _list(summary, "checks") if isinstance(check, dict)]
    found = [row for row in _list(summary, "findings") if isinstance(row, dict)]
    told = [row for row in found if row.get("severity") in {"error", "warning"}]
    passed = summary.get("passed")
    return Entry(
        source=source,
        title=_text(summary.get("title")),
        date=_date(summary.get("ended")),
        commit=_text(summary.get("commit"), 40),
        outcome="passed" if passed is True else "failed" if passed is False else "",
        failures=tuple(
            _text(check.get("detail"), _MAX_SENTENCE)
            for check in checks
            if check.get("passed") is False and check.get("outcome") in {"failed", "unknown"}
        ),
        metrics=tuple(_metrics(summary, runs)),
        findings=tuple(_finding(row) for row in told),
        errors=sum(row.get("severity") == "error" for row in told),
        runs=len(runs),
    )


def _summary(content: bytes, source: str) -> Mapping[str, Any]:
    shown = printable(source)
    embedded = _EMBEDDED.search(content)
    try:
        summary = json.loads(embedded[1] if embedded else content)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{shown}: is no report and no summary.json of one") from error
    if not isinstance(summary, dict) or "runs" not in summary or "version" not in summary:
        raise InputError(f"{shown}: is no report and no summary.json of one")
    if summary["version"] != VERSION:
        version = wording.clipped(str(summary["version"]), 20)
        raise InputError(f"{shown}: is of version {version}; this reportgen knows {VERSION}")
    return summary


def _metrics(summary: Mapping[str, Any], runs: Sequence[Mapping[str, Any]]) -> list[Metric]:
    """Return the headline metrics with their values in the first run, or the mean of its group."""
    metrics = []
    for row in _list(summary, "metrics")[:_MAX_METRICS]:
        tag = row.get("tag") if isinstance(row, dict) else None
        values = [(run, _value(run, tag)) for run in runs if isinstance(tag, str)]
        logged = [(run, value) for run, value in values if math.isfinite(value)]
        if not logged:
            continue
        first, value = logged[0]
        group = first.get("group")
        if isinstance(group, str):
            members = [value for run, value in logged if run.get("group") == group]
            value = math.fsum(members) / len(members)
        name = group if isinstance(group, str) else first.get("run")
        direction = _text(row.get("direction"), 10)
        metrics.append(Metric(_text(tag), direction, value, _text(name)))
    return metrics


def _value(run: Mapping[str, Any], tag: object) -> float:
    metrics = run.get("metrics")
    row = metrics.get(tag) if isinstance(metrics, dict) else None
    value = row.get("value") if isinstance(row, dict) else None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and value is not None else math.nan


def _finding(row: Mapping[str, Any]) -> str:
    sentence, run = _text(row.get("sentence"), _MAX_SENTENCE), row.get("run")
    return f"{_text(run)}: {sentence}" if isinstance(run, str) else sentence


def _list(summary: Mapping[str, Any], key: str) -> list[Any]:
    value = summary.get(key)
    return value if isinstance(value, list) else []


def _text(value: object, most: int = _MAX_NAME) -> str:
    return printable(wording.clipped(value, most)) if isinstance(value, str) else ""


def _date(value: object) -> datetime | None:
    try:
        date = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return date if date and date.tzinfo else None
