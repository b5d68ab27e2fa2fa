"""A history as Markdown, for the description of a pipeline or a page of a repository."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.history.rows import Row
from reportgen.history.series import MetricSeries
from reportgen.outputs.markdown.commonmark import lined, sparkline
from reportgen.outputs.markdown.host_pieces import inert

_MAX_ROWS = 100
_MARKS = {"passed": "✅ passed", "failed": "❌ failed", "": ""}


def as_markdown(title: str, rows: Sequence[Row], series: Sequence[MetricSeries]) -> bytes:
    """Return what became of each metric, and a table with a row a report, the newest first."""
    parts = [f"# {inert(title)}"]
    parts += [f"- {inert(curve.sentence, 300)} {sparkline(curve.values[-40:])}" for curve in series]
    heads = ["report", "commit", "checks", "errors", *(inert(curve.tag) for curve in series)]
    rules = ["---", "---", "---", "--:", *["--:"] * len(series)]
    shown = [_cells(row) for row in rows[:_MAX_ROWS]]
    hidden = len(rows) - len(shown)
    listed, table = "\n".join(parts[1:]), lined([heads, rules, *shown])
    note = f"{hidden:,} older reports are not shown." if hidden else ""
    return ("\n\n".join(filter(None, [parts[0], listed, table, note])) + "\n").encode()


def _cells(row: Row) -> list[str]:
    name = inert(row.day or row.entry.title or row.entry.source)
    linked = f"[{name}](<{row.link}>)" if row.link else name
    entry = row.entry
    return [linked, inert(entry.commit[:10]), _MARKS[entry.outcome], f"{entry.errors}", *row.values]
