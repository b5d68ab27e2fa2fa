"""An entry of a history: what one report came to."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from reportgen import wording
from reportgen.errors import InputError
from reportgen.history.metric import Metric, headline_metrics
from reportgen.wording import printable

Outcome = Literal["passed", "failed", ""]

VERSION = 1  # of docs/summary-1.schema.json
_MAX_NAME = 200  # characters of a text that a summary holds
_MAX_SENTENCE = 600
_MAX_SUMMARY = 64_000_000  # bytes; that of 10,000 runs of 5 tags has 37,000,000
_EMBEDDED = re.compile(
    rb'<script type="application/json" id="summary-json">(.*?)</script>', re.DOTALL
)


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
    findings = [row for row in _list(summary, "findings") if isinstance(row, dict)]
    listed = [row for row in findings if row.get("severity") in {"error", "warning"}]
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
        metrics=headline_metrics(summary, runs),
        findings=tuple(_finding(row) for row in listed),
        errors=sum(row.get("severity") == "error" for row in listed),
        runs=len(runs),
    )


def _summary(content: bytes, source: str) -> Mapping[str, Any]:
    shown = printable(source)
    embedded = _EMBEDDED.search(content)
    try:
        summary = json.loads(embedded[1] if embedded else content)
        if isinstance(summary, str):
            summary = json.loads(_decompressed(summary))
    except (ValueError, zlib.error, RecursionError) as error:
        raise InputError(f"{shown}: is no report and no summary.json of one") from error
    if not isinstance(summary, dict) or "runs" not in summary or "version" not in summary:
        raise InputError(f"{shown}: is no report and no summary.json of one")
    if summary["version"] != VERSION:
        version = wording.clipped(str(summary["version"]), 20)
        raise InputError(f"{shown}: is of version {version}; this reportgen knows {VERSION}")
    return summary


def _decompressed(text: str) -> bytes:
    """Return the JSON of a large summary in a page (`reportgen.outputs.html.embedded_summary`).

    Raises:
        ValueError: it is no base64, or larger than any report makes it.
        zlib.error: it is not compressed.
    """
    stream = zlib.decompressobj()
    content = stream.decompress(base64.b64decode(text, validate=True), _MAX_SUMMARY)
    if not stream.eof:
        raise ValueError("larger than a summary, or cut")
    return content


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
