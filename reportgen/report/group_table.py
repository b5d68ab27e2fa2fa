"""The ranked table of seed groups, for places with more or less room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

import numpy as np

from reportgen import wording
from reportgen.analysis.groups.group_results import GroupResult
from reportgen.analysis.groups.seed_groups import SeedGroups, units
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.figures.canvas.style import RunStyle
from reportgen.report.digits import fixed
from reportgen.report.model import LegendEntry
from reportgen.report.ranked_groups import group_decimals, mean_text, ranked_groups, value_name
from reportgen.report.summary_table import PAGE, TableForm
from reportgen.report.table import Cell, Column, Table

_MAX_NAMES = 4
_SPARK_POINTS = 40


def group_table(
    ranking: Summary,
    groups: SeedGroups,
    styles: Mapping[str, RunStyle | LegendEntry],
    form: TableForm = PAGE,
) -> Table | None:
    """Return one row a seed group or lone run, the best mean first; None without groups.

    Args:
        ranking: of the runs; a run's value is the one that ranks it.
        groups: of seeds.
        styles: by run group; the runs of a group share a colour.
        form: what the place has room for.
    """
    results = ranked_groups(ranking, groups)
    if not results:
        return None
    by_metric = [ranked_groups(ranking, groups, index) for index in range(len(ranking.metrics))]
    members = {unit.name: unit.runs for unit in units(ranking.groups, groups)}
    runs = {run.group: run for run in ranking.runs}
    rows = tuple(
        tuple(
            _cells(
                result,
                by_metric,
                [runs[run] for run in members[result.name] if run in runs],
                ranking,
                styles[members[result.name][0]].color,
                form,
            )
        )
        for result in results[: form.max_rows]
    )
    missing = [name for name in members if name not in {result.name for result in results}]
    note = _note(results, missing, len(rows), ranking, form)
    return Table("Groups", tuple(_columns(by_metric, ranking, form)), rows, note)


def _columns(
    by_metric: Sequence[Sequence[GroupResult]], ranking: Summary, form: TableForm
) -> Iterator[Column]:
    yield Column("group")
    yield Column("rank", numeric=True)
    yield Column("seeds", numeric=True)
    for index, results in enumerate(by_metric):
        if results:
            tag = form.short(ranking.metrics[index].tag)
            kind = value_name(ranking, index)
            which = "best" if kind == "best evaluation" else kind
            yield Column(f"{which}, mean ± sd", numeric=True, over=tag, ranks=index == 0)
            if index == 0:
                yield Column("lowest", numeric=True)
                yield Column("highest", numeric=True)
    if form.curves:
        yield Column("curve" if form.explained else f"{form.short(ranking.metrics[0].tag)} curve")
        yield Column("steps", numeric=True)
    yield Column("time a run", numeric=True)


def _cells(
    result: GroupResult,
    by_metric: Sequence[Sequence[GroupResult]],
    runs: Sequence[RunSummary],
    ranking: Summary,
    color: str,
    form: TableForm,
) -> Iterator[Cell]:
    first = by_metric[0]
    shared = sum(other.rank == result.rank for other in first) > 1
    yield Cell(form.short(result.name), color=color)
    yield Cell(f"{result.rank}", result.rank, detail="tied" if shared else "")
    missing = result.runs - len(result.values)
    detail = f"{missing:,} without a value" if missing else ""
    yield Cell(f"{len(result.values):,}", len(result.values), detail=detail)
    for index, results in enumerate(by_metric):
        if not results:
            continue
        places = group_decimals(results, ranking, index)
        reached = next((other for other in results if other.name == result.name), None)
        if reached is None:
            yield Cell("not logged")
        else:
            is_best = reached is results[0] and sum(other.rank == 1 for other in results) == 1
            is_best = is_best and len(results) > 1
            yield Cell(mean_text(reached, places), reached.mean, best=is_best)
        if index == 0:
            for edge in (min(result.values), max(result.values)):
                yield Cell(fixed(edge, places), edge)
    if form.curves:
        spark = _spark(runs)
        yield Cell("", color=color if spark else "", spark=spark)
        yield _steps(runs)
    yield _time(runs)


def _spark(runs: Sequence[RunSummary]) -> tuple[float, ...]:
    """Return the median of the seeds at even distances; empty where their lengths differ."""
    series = [run.reached[0].values for run in runs if run.reached[0]]
    lengths = {len(values) for values in series}
    if len(lengths) != 1 or lengths == {0}:
        return ()
    length = lengths.pop()
    places = np.unique(np.linspace(0, length - 1, min(length, _SPARK_POINTS)).round().astype(int))
    return tuple(median(values[place] for values in series) for place in places.tolist())


def _steps(runs: Sequence[RunSummary]) -> Cell:
    steps = sorted(run.last_step for run in runs if run.last_step >= 0)
    if not steps:
        return Cell("")
    low, high = steps[0], steps[-1]
    return Cell(f"{high:,}" if low == high else f"{low:,} to {high:,}", high)


def _time(runs: Sequence[RunSummary]) -> Cell:
    seconds = [run.seconds for run in runs if not math.isnan(run.seconds)]
    if not seconds:
        return Cell("")
    return Cell(wording.duration(median(seconds)), median(seconds))


def _note(
    results: Sequence[GroupResult],
    missing: Sequence[str],
    shown: int,
    ranking: Summary,
    form: TableForm,
) -> str:
    """Return what is left out, what a rank means, and why this metric ranks."""
    names = wording.listing([wording.clipped(name) for name in missing], _MAX_NAMES)
    left_out = f"Without a value of {wording.clipped(ranking.metrics[0].tag)}: {names}."
    tied = len(results) > 1
    parts = [
        f"{shown} of {len(results):,} groups, best first." if shown < len(results) else "",
        left_out if missing else "",
        "Groups that the noise between seeds does not tell apart share a rank." if tied else "",
    ]
    if form.explained:
        parts.append("The curve is the median of the seeds, where all are of one length.")
        parts.append(ranking.reason)
    return " ".join(filter(None, parts))
