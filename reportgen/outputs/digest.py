"""Digest: what a report comes to, for the places that have little room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from reportgen import wording
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.report.digits import change, decimals, fixed
from reportgen.report.health_groups import worst_sentence
from reportgen.report.model import Cell, Column, FigureBlock, Notice, Report, Table
from reportgen.report.summary_table import versus
from reportgen.wording import clipped

_LONGEST_WARNING = 600
_MOST_WARNINGS = 8


def headline(report: Report) -> str:
    """Whether checks passed, the best run and its number, in a few words; "" without any."""
    checked = report.verdict.headline.rstrip(".") if report.verdict else ""
    return "; ".join(filter(None, (checked, _top(report))))


def _top(report: Report) -> str:
    """The best run and the number that makes it so."""
    ranking = report.ranking
    top = ranking.runs[0].reached[0] if ranking.metrics and ranking.runs else None
    if top is None:
        return ""
    value = top.last if math.isnan(top.best) else top.best
    tag = clipped(ranking.metrics[0].tag, 40)
    return f"{clipped(ranking.runs[0].group, 40)}, {tag} {wording.number(value)}"


def verdict(report: Report) -> str:
    """Whether checks passed; which run is the best; which end in values that are not finite."""
    told = report.verdict
    best = told.lead.text if told and told.lead else _best(report.ranking)
    checked = told.headline if told else ""
    return " ".join(filter(None, (checked, best, _broken(report.ranking))))


def findings(report: Report) -> tuple[str, ...]:
    """What came of the checks, a sentence each; the last says how many are left out."""
    told = report.verdict
    return tuple(filter(None, (*told.sentences, told.more))) if told else ()


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
    """The best runs and their change against the baseline, or what they lack to the best run.

    Args:
        report: what `build` made.
        most: rows at most; the note says how many there are.
        brief: whether last values, the curve and the steps are left out, and the step of a best
            value stands below it, for narrow pages.

    Returns:
        None without any scalar.
    """
    ranking = report.ranking
    if not ranking.metrics:
        return None
    colors = {entry.name: entry.color for entry in report.legend}
    shown = ranking.runs[:most]
    places = [decimals(ranking, index) for index in range(len(ranking.metrics))]
    rows = [list(_cells(run, ranking, places, colors, brief=brief)) for run in shown]
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
                yield Column("vs baseline" if ranking.baseline else "to the best", numeric=True)
            if not brief:
                yield Column("at step", numeric=True)
        if not brief or not key.direction:
            yield Column(f"{tag}, last", numeric=True)
    if not brief:
        yield Column(f"{clipped(ranking.metrics[0].tag)}, curve")
        yield Column("steps", numeric=True)
    yield Column("time", numeric=True)


def _cells(
    run: RunSummary,
    ranking: Summary,
    places: Sequence[int],
    colors: Mapping[str, str],
    *,
    brief: bool,
) -> Iterator[Cell]:
    color = colors[run.group]
    yield Cell(clipped(run.group), color=color)
    for index, key in enumerate(ranking.metrics):
        reached = run.reached[index]
        if key.direction:
            yield from _best_cells(run, ranking, index, places[index], brief=brief)
        if not brief or not key.direction:
            told = fixed(reached.last, places[index]) if reached else ""
            yield Cell(told, reached.last if reached else None)
    if not brief:
        first = run.reached[0]
        yield Cell("", color=color, spark=first.values if first else ())
        yield Cell(f"{run.last_step:,}" if run.last_step >= 0 else "", run.last_step)
    yield Cell("" if math.isnan(run.seconds) else wording.duration(run.seconds), run.seconds)


def _best_cells(
    run: RunSummary, ranking: Summary, index: int, places: int, *, brief: bool
) -> Iterator[Cell]:
    reached, compared = run.reached[index], len(ranking.runs) > 1
    if reached is None:
        yield Cell("not logged")
        yield from [Cell("")] * (compared + (not brief))
        return
    top = ranking.best(index)
    wins = compared and reached.best == top
    step = f"{reached.best_step:,}" if not math.isnan(reached.best) else ""
    detail = f"step {step}" if brief and step else ""
    yield Cell(fixed(reached.best, places), reached.best, detail=detail, best=wins)
    if compared and ranking.baseline:
        yield versus(run, ranking, index, places)
    elif compared:
        yield Cell("" if reached.best == top else change(reached.best - top, places))
    if not brief:
        yield Cell(step, reached.best_step)


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
    worst = worst_sentence(report.experiment.health)
    if worst:
        told.insert(0, f"{worst}.")
    return told[:_MOST_WARNINGS]
