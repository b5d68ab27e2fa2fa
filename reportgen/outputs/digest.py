"""Digest: what a report comes to, for the places that have little room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from reportgen import wording
from reportgen.analysis.summary import Reached, RunSummary, Summary
from reportgen.report.model import Cell, Column, FigureBlock, Notice, Report, Table

_LONGEST_NAME = 80  # characters of a run or tag
_LONGEST_WARNING = 600
_MOST_WARNINGS = 8


def clipped(text: str, most: int = _LONGEST_NAME) -> str:
    """Text as one line of at most `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def headline(report: Report) -> str:
    """The best run and the number that makes it so, in a few words; "" without any."""
    ranking = report.ranking
    top = ranking.runs[0].reached[0] if ranking.metrics and ranking.runs else None
    if top is None:
        return ""
    value = top.last if math.isnan(top.best) else top.best
    tag = clipped(ranking.metrics[0].tag, 40)
    return f"{clipped(ranking.runs[0].group, 40)}, {tag} {wording.number(value)}"


def verdict(report: Report) -> str:
    """Which run is the best, by what; and which end in values that are not finite."""
    return " ".join(filter(None, (_best(report.ranking), _broken(report.ranking))))


def _best(ranking: Summary) -> str:
    if not ranking.metrics or not ranking.runs:
        return "No scalar was logged."
    key, top = ranking.metrics[0], ranking.runs[0].reached[0]
    tag, name = clipped(key.tag), clipped(ranking.runs[0].group)
    if top is None or (key.direction and math.isnan(top.best)):
        return f"{tag} holds no finite value."
    if not key.direction:
        return f"{tag} is {wording.number(top.last)} at the end of {name}."
    known = [run for run in ranking.runs if run.reached[0]]
    level = [run.group for run in known if run.reached[0] and run.reached[0].best == top.best]
    value, step = wording.number(top.best), f"{top.best_step:,}"
    if len(known) == 1:
        return f"{name} reached {tag} {value} at step {step}."
    runs = wording.count(len(known), "run")
    if len(level) == 1:
        return f"{name} is the best of {runs}: {tag} {value} at step {step}."
    names = wording.listing([clipped(run) for run in level])
    return f"{names} share the best {tag} of {runs}: {value}."


def _broken(ranking: Summary) -> str:
    names = [
        clipped(run.group)
        for run in ranking.runs
        if any(one and not math.isfinite(one.last) for one in run.reached)
    ]
    if not names:
        return ""
    ends = "ends" if len(names) == 1 else "end"
    return f"{wording.listing(names)} {ends} in a value that is not finite."


def ranked(report: Report, most: int, *, brief: bool = False) -> Table | None:
    """The best runs with what they lack to the best of each metric; None without any scalar.

    Args:
        report: what `build` made.
        most: rows at most; the note says how many there are.
        brief: whether last values, the curve and the steps are left out, for narrow pages.
    """
    ranking = report.ranking
    if not ranking.metrics:
        return None
    colors = {entry.name: entry.color for entry in report.legend}
    shown = ranking.runs[:most]
    rows = [list(_cells(run, ranking, colors, brief=brief)) for run in shown]
    return Table(
        title="Runs",
        columns=tuple(_columns(ranking, brief=brief)),
        rows=tuple(tuple(row) for row in rows),
        note=f"{len(shown)} of {len(ranking.runs):,} runs, best first."
        if len(shown) < len(ranking.runs)
        else "",
    )


def _columns(ranking: Summary, *, brief: bool) -> Iterator[Column]:
    yield Column("run")
    for key in ranking.metrics:
        tag = clipped(key.tag)
        if key.direction:
            yield Column(f"{tag}, best", numeric=True)
            if len(ranking.runs) > 1:
                yield Column("to the best", numeric=True)
            yield Column("at step", numeric=True)
        if not brief or not key.direction:
            yield Column(f"{tag}, last", numeric=True)
    if not brief:
        yield Column(f"{clipped(ranking.metrics[0].tag)}, curve")
        yield Column("steps", numeric=True)
    yield Column("time", numeric=True)


def _cells(
    run: RunSummary, ranking: Summary, colors: Mapping[str, str], *, brief: bool
) -> Iterator[Cell]:
    color = colors[run.group]
    yield Cell(clipped(run.group), color=color)
    for index, key in enumerate(ranking.metrics):
        reached = run.reached[index]
        if key.direction:
            yield from _best_cells(reached, ranking, index)
        if not brief or not key.direction:
            yield Cell(wording.number(reached.last), reached.last) if reached else Cell("")
    if not brief:
        first = run.reached[0]
        yield Cell("", color=color, spark=first.values if first else ())
        yield Cell(f"{run.last_step:,}" if run.last_step >= 0 else "", run.last_step)
    yield Cell("" if math.isnan(run.seconds) else wording.duration(run.seconds), run.seconds)


def _best_cells(reached: Reached | None, ranking: Summary, index: int) -> Iterator[Cell]:
    compared = len(ranking.runs) > 1
    if reached is None:
        yield Cell("not logged")
        yield from [Cell("")] * (1 + compared)
        return
    top = best(ranking, index)
    wins = compared and reached.best == top
    yield Cell(wording.number(reached.best), reached.best, best=wins)
    if compared:
        yield Cell(_difference(reached.best, top))
    yield Cell(f"{reached.best_step:,}" if not math.isnan(reached.best) else "", reached.best_step)


def best(ranking: Summary, index: int) -> float:
    """The best value of a metric over all runs; NaN where there is none."""
    values = [run.reached[index] for run in ranking.runs]
    finite = [one.best for one in values if one and not math.isnan(one.best)]
    choose = max if ranking.metrics[index].direction == "up" else min
    return choose(finite, default=math.nan)


def _difference(value: float, top: float) -> str:
    if math.isnan(value) or value == top:
        return ""
    return f"{'+' if value > top else ''}{wording.number(value - top, 2)}"


def key_figures(report: Report) -> tuple[FigureBlock, ...]:
    """The curves of the metrics that runs are ranked by, and the best run's confusion matrix."""
    wanted = [key.metric for key in report.ranking.metrics]
    curves = [
        block
        for name in wanted
        for block in report.figures()
        if block.chart.kind == "curves" and block.chart.title == name
    ]
    return (*curves, *key_confusion(report))


def key_confusion(report: Report) -> tuple[FigureBlock, ...]:
    """The confusion matrix of the best run that has one; of a train/validation pair, any."""
    matrices = [block for block in report.figures() if block.chart.kind == "confusion"]
    runs = report.experiment.runs
    for run in report.ranking.runs:
        members = runs.loc[runs["group"] == run.group, "run"]
        for block in matrices:
            if any(f", {name}, step " in block.chart.title for name in members):
                return (block,)
    return ()


def warnings(report: Report) -> list[str]:
    """What must be known of the data before the numbers are believed."""
    told = [
        clipped(block.text, _LONGEST_WARNING)
        for section in report.sections
        if section.title == "Data health"
        for block in section.blocks
        if isinstance(block, Notice)
    ]
    findings = len(report.experiment.health)
    if findings:
        told.insert(0, f"{wording.count(findings, 'finding')} on the health of the logs.")
    return told[:_MOST_WARNINGS]
