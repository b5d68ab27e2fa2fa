"""The key of a page: what the marks in its charts mean, only those that are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.figures.curves.series import Series
from reportgen.report.model import Report


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One mark: the name of its symbol in the template, and what it means."""

    symbol: str
    text: str


def reading_key(report: Report) -> tuple[KeyEntry, ...]:
    """Return what a reader must know to read the curves of a report; () without curves."""
    charts = [curves for block in report.figures() if (curves := block.chart.page_curves())]
    named = dict.fromkeys(entry for curves in charts for entry in curves.key)
    plain = [list(curves.series) for curves in charts if not curves.key]
    return (*(KeyEntry(*entry) for entry in named), *_entries(report, plain)) if charts else ()


def _entries(report: Report, charts: list[list[Series]]) -> Iterator[KeyEntry]:
    for held_out in ("validation", "test"):
        if any({"train", held_out} <= {line.split for line in chart} for chart in charts):
            yield KeyEntry("strong", held_out)
            yield KeyEntry("light", "train, every point")
            break
    lines = [line for chart in charts for line in chart]
    if any(line.best_step >= 0 for line in lines):
        yield KeyEntry("best", "best value")
    if any(line.bad for line in lines):
        yield KeyEntry("bad", "NaN or infinite")
    if report.statements:
        yield KeyEntry("ring", "statement above")
