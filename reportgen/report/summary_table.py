"""The ranked table of runs, from the summary, for places with more or less room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.figures.canvas.style import RunStyle
from reportgen.report.digits import change, decimals, fixed
from reportgen.report.model import LegendEntry
from reportgen.report.table import Cell, Column, Table

_MAX_TIED = 4  # runs that are named
_COUNTED_RUNS = 10  # more may not all be in view, so that their count is told


@dataclass(frozen=True, slots=True)
class TableForm:
    """What a place has room for.

    Attributes:
        max_rows: runs, the best first; None for all.
        max_letters: of a run's or a tag's name; None for all.
        max_points: of a curve; None for all.
        curves: whether there are curves, and the last steps of runs.
        last: whether there are last values of metrics that have best values.
        step_columns: whether the step of a best value has a column; else it stands below the value.
        gaps: whether values are compared with the best run where there is no baseline.
        explained: whether the note says what the curve and the comparison are.
    """

    max_rows: int | None = None
    max_letters: int | None = None
    max_points: int | None = None
    curves: bool = True
    last: bool = True
    step_columns: bool = False
    gaps: bool = False
    explained: bool = False

    def short(self, name: str) -> str:
        """Return a name as the table shows it."""
        return name if self.max_letters is None else wording.clipped(name, self.max_letters)


@dataclass(frozen=True, slots=True)
class _Scale:
    """What the cells of a metric share.

    Attributes:
        places: decimals of its values.
        best: the best ranked value of all runs; NaN if there is none.
        base: the baseline's; NaN if there is none.
    """

    places: int
    best: float
    base: float


PAGE = TableForm(max_points=40, explained=True)
COMMENT = TableForm(max_rows=20, max_letters=80, step_columns=True, gaps=True)
MAIL = TableForm(max_rows=10, max_letters=80, curves=False, last=False, gaps=True)


def table(
    summary: Summary, styles: Mapping[str, RunStyle | LegendEntry], form: TableForm = PAGE
) -> Table | None:
    """Return one row a run, best first; None without scalars.

    Args:
        summary: the ranked runs.
        styles: by run group.
        form: what the place has room for.
    """
    if not summary.metrics:
        return _without_metrics(summary, styles, form) if summary.reason else None
    scales = [
        _Scale(decimals(summary, index), summary.best(index), summary.base(index))
        for index in range(len(summary.metrics))
    ]
    rows = tuple(
        tuple(_cells(row, summary, scales, styles[row.group].color, form))
        for row in summary.runs[: form.max_rows]
    )
    return Table("Runs", tuple(_columns(summary, form)), rows, _note(summary, len(rows), form))


def _without_metrics(
    summary: Summary, styles: Mapping[str, RunStyle | LegendEntry], form: TableForm
) -> Table:
    """Return the runs in the order of the logs, where no tag says how well they did."""
    columns = (Column("run"), Column("steps", numeric=True), Column("time", numeric=True))
    rows = tuple(
        (
            Cell(form.short(row.name), color=styles[row.group].color, run=row.group),
            _last_step(row),
            _duration(row),
        )
        for row in summary.runs[: form.max_rows]
    )
    return Table("Runs", columns, rows, summary.reason)


def _columns(summary: Summary, form: TableForm) -> Iterator[Column]:
    yield Column("run")
    for key in summary.metrics:
        for heading in _headings(key, summary, form):
            yield Column(heading, numeric=True)
    if form.curves:
        tag = form.short(summary.metrics[0].tag)
        yield Column("curve" if form.explained else f"{tag} curve")
        yield Column("steps", numeric=True)
    yield Column("time", numeric=True)


def _headings(key: KeyMetric, summary: Summary, form: TableForm) -> list[str]:
    """Return the headings of a metric's columns."""
    tag = form.short(key.tag)
    if not key.direction:
        return [f"{tag} last"]
    kind = summary.kind(summary.metrics.index(key))
    headings = [f"{tag} best" if kind in {"", "best evaluation"} else f"{tag}, {kind}"]
    if _is_compared(summary, form):
        headings.append("vs baseline" if summary.baseline else "to the best")
    if form.step_columns:
        headings.append("at step")
    if form.last:
        headings.append(f"{tag} last")
    return headings


def _is_compared(summary: Summary, form: TableForm) -> bool:
    return bool(summary.baseline) or (form.gaps and len(summary.runs) > 1)


def _note(summary: Summary, shown: int, form: TableForm) -> str:
    """Return what is left out, what the curve is, and what best values are compared with."""
    runs = len(summary.runs)
    if not form.explained:
        return f"{shown} of {runs:,} runs, best first." if shown < runs else ""
    first = summary.metrics[0]
    count = f"{wording.count(runs, 'run')}. " if runs > _COUNTED_RUNS else ""
    ranked = "; best first, by the same tag" if first.direction else ""
    tied = _tied(summary)
    compared = ""
    if summary.baseline:
        compared = " Nothing is compared with the baseline: --best tells which way a tag is better."
        if any(key.direction for key in summary.metrics):
            compared = " The change is from the baseline's best value."
    reason = f" {summary.reason}" if summary.reason else ""
    return f"{count}The curve is {first.tag}{ranked}.{tied}{reason}{compared}"


def _tied(summary: Summary) -> str:
    """Return which runs the noise does not tell from the first."""
    names = [wording.clipped(group) for group in summary.tied]
    if not names:
        return ""
    first = wording.clipped(summary.runs[0].name)
    return f" Inside the noise between evaluations of {first}: {wording.listing(names, _MAX_TIED)}."


def _cells(
    row: RunSummary, summary: Summary, scales: Sequence[_Scale], color: str, form: TableForm
) -> Iterator[Cell]:
    sessions = f"{row.sessions:,} sessions" if row.sessions > 1 else ""
    detail = ", ".join(filter(None, (row.mean_of, sessions)))
    yield Cell(form.short(row.name), color=color, detail=detail, run=row.group)
    for index, key in enumerate(summary.metrics):
        reached = row.reached[index]
        if reached is None:
            yield Cell("not logged")
            yield from [Cell("")] * (len(_headings(key, summary, form)) - 1)
        else:
            yield from _metric(row, reached, summary, index, scales[index], form)
    if form.curves:
        first = row.reached[0]
        yield Cell("", color=color, spark=_spark(first.values, form)) if first else Cell("")
        yield _last_step(row)
    yield _duration(row)


def _last_step(row: RunSummary) -> Cell:
    return Cell(f"{row.last_step:,}", row.last_step) if row.last_step >= 0 else Cell("")


def _duration(row: RunSummary) -> Cell:
    if math.isnan(row.seconds):
        return Cell("")
    return Cell(wording.duration(row.seconds), row.seconds, detail=_pauses(row.pauses))


def _pauses(lengths: Sequence[float]) -> str:
    """Return how long a run paused; "" if it did not."""
    if len(lengths) < 2:
        return f"and a pause of {wording.duration(lengths[0])}" if lengths else ""
    return f"and {len(lengths):,} pauses of {wording.duration(sum(lengths))} in total"


def _metric(
    row: RunSummary, reached: Reached, summary: Summary, index: int, scale: _Scale, form: TableForm
) -> Iterator[Cell]:
    """Yield the cells of a metric that a run logged."""
    directed = bool(summary.metrics[index].direction)
    if directed:
        is_best = len(summary.runs) > 1 and reached.value == scale.best
        ranked_step = -1 if reached.ranked.at_end else reached.ranked.step
        step = f"{ranked_step:,}" if ranked_step >= 0 else ""
        detail = f"step {step}" if step and not form.step_columns else ""
        yield Cell(fixed(reached.value, scale.places), reached.value, detail=detail, best=is_best)
        if summary.baseline:
            yield _versus(row, summary, index, scale)
        elif _is_compared(summary, form):
            gap = reached.value - scale.best
            yield Cell(change(gap, scale.places) if gap else "")
        if form.step_columns:
            yield Cell(step, ranked_step)
    if form.last or not directed:
        yield Cell(fixed(reached.last, scale.places), reached.last)


def _versus(row: RunSummary, summary: Summary, index: int, scale: _Scale) -> Cell:
    """Return how a run's value differs from the baseline's: with its sign, and in a word."""
    if row.group == summary.baseline:
        return Cell("baseline", 0.0)
    reached = row.reached[index]
    difference = reached.value - scale.base if reached else math.nan
    if math.isnan(difference):
        return Cell("")
    tone = ""
    if difference:
        rises = summary.metrics[index].direction == "up"
        tone = "better" if (difference > 0) == rises else "worse"
    text = change(difference, scale.places)
    return Cell(text, difference, detail=tone or "the same", tone=tone)


def _spark(values: tuple[float, ...], form: TableForm) -> tuple[float, ...]:
    """Return at most so many values, evenly spaced, the first and the last among them."""
    if form.max_points is None:
        return values
    return tuple(values[place] for place in evenly(len(values), form.max_points))
