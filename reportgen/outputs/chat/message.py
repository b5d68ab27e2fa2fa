"""A chat message: what a report comes to, in a few lines of plain text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportgen.outputs.digest import findings, ranked, verdict, warnings
from reportgen.outputs.job import Job
from reportgen.report.model import Report
from reportgen.report.summary_table import TableForm
from reportgen.report.table import Cell, Table
from reportgen.wording import clipped, count, printable

Status = Literal["passed", "failed", ""]

_FORM = TableForm(max_rows=8, max_letters=40, curves=False, last=False)
_MAX_COLUMNS, _MAX_WIDTH = 5, 24  # of the table, and characters of a cell: a phone's screen
_MAX_SENTENCES = 8
_MAX_SENTENCE = 400
_MAX_TITLE = 120


@dataclass(frozen=True, slots=True)
class Message:
    """What every service shows; plain text, without markup of any.

    Attributes:
        title: of the report.
        status: whether the checks passed; "" where there are none.
        verdict: a sentence or two; "" where there is nothing to rank or to check.
        sentences: checks and findings, the gravest first, and a warning of the data.
        facts: what was trained, how far and when.
        table: the best runs as lines of a fixed-width font; "" where there are none.
        link: where the full report is; "" for none.
    """

    title: str
    status: Status
    verdict: str
    sentences: tuple[str, ...]
    facts: str
    table: str
    link: str


def message(job: Job) -> Message:
    """Return the message of a report."""
    report = job.report
    sentences = [*findings(report), *warnings(report)[:1]]
    if len(sentences) > _MAX_SENTENCES:
        hidden = len(sentences) - _MAX_SENTENCES + 1
        rest = f"{count(hidden, 'more sentence')} in the full report."
        sentences = [*sentences[: _MAX_SENTENCES - 1], rest]
    return Message(
        title=_plain(report.title, _MAX_TITLE),
        status=_status(report),
        verdict=_plain(verdict(report), _MAX_SENTENCE),
        sentences=tuple(_plain(sentence, _MAX_SENTENCE) for sentence in sentences),
        facts=_plain(" · ".join(report.facts), _MAX_SENTENCE),
        table=_fixed_width(ranked(report, _FORM)),
        link=job.settings.link,
    )


def as_json(content: object) -> bytes:
    """Return JSON with a final line break; escapes keep what is no letter out of shells."""
    return (json.dumps(content, indent=2) + "\n").encode()


def _status(report: Report) -> Status:
    passed = report.verdict.passed if report.verdict else None
    return "" if passed is None else "passed" if passed else "failed"


def _plain(text: str, most: int) -> str:
    return printable(clipped(" ".join(text.split()), most))


def _fixed_width(table: Table | None) -> str:
    """Return a table as lines whose columns are aligned by spaces."""
    if table is None:
        return ""
    content = table.as_text()
    heads = [_plain(column.heading, _MAX_WIDTH) for column in content.columns[:_MAX_COLUMNS]]
    rows = [heads, *([_text(cell) for cell in row[:_MAX_COLUMNS]] for row in content.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    numeric = [column.numeric for column in content.columns]
    return "\n".join(_line(row, widths, numeric) for row in rows)


def _text(cell: Cell) -> str:
    return _plain(cell.text, _MAX_WIDTH)


def _line(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    cells = (
        text.rjust(width) if is_number else text.ljust(width)
        for text, width, is_number in zip(row, widths, numeric, strict=False)
    )
    return "  ".join(cells).rstrip()
