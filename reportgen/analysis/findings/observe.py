"""From an Experiment to what the rules look at: the one place that knows frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd

from reportgen.analysis import ranks
from reportgen.analysis.contest import Contest
from reportgen.analysis.findings.histograms import bins_of
from reportgen.analysis.findings.observations import (
    ConfusionMatrix,
    HistogramSeries,
    Observations,
    RankSet,
    RunLog,
    Series,
)
from reportgen.analysis.findings.roles import role
from reportgen.analysis.matrices import cleaned, named
from reportgen.analysis.metric_catalogue import describe
from reportgen.analysis.sessions import Session, counted_rows, sessions_by_run
from reportgen.arrays import IntArray
from reportgen.frames.experiment import Experiment
from reportgen.series.history import history
from reportgen.series.thinning import stride

_Logged = TypeVar("_Logged", HistogramSeries, ConfusionMatrix)
_LEFT_OUT_BY_REWARD = {"loss": "auxiliary loss"}


def observe(
    experiment: Experiment,
    directions: Mapping[str, str] | None = None,
    contests: tuple[Contest, ...] = (),
) -> Observations:
    """Return what the rules look at.

    Args:
        experiment: what was read; its scalars may be sketches.
        directions: which direction is better by tag or metric, where the user says it.
        contests: what the tables rank.
    """
    runs = experiment.runs
    facts = {
        str(run): (str(group), str(split))
        for run, group, split in zip(runs["run"], runs["group"], runs["split"], strict=True)
    }
    scalars = experiment.plain_scalars()
    sessions = _sessions(scalars, facts)
    counted = counted_rows(scalars)
    series = list(_all_series(counted, experiment, facts, directions or {}))
    by_group: dict[str, list[Series]] = {group: [] for group, _ in facts.values()}
    for member in series:
        by_group[member.group].append(member)
    histograms = _by_group(_histograms(experiment.histograms, facts))
    confusions = _by_group(_confusions(experiment.confusions, facts))
    purged = _purged(experiment.health, facts)
    parameters = _parameters(experiment.hparams, facts)
    return Observations(
        runs=tuple(
            RunLog(
                group,
                _without_objectives_of_reward(members),
                tuple(histograms[group]),
                tuple(confusions[group]),
                purged[group],
                parameters[group],
                sessions[group],
            )
            for group, members in by_group.items()
        ),
        rank_sets=tuple(_rank_sets(runs, series)),
        contests=contests,
    )


def _all_series(
    scalars: pd.DataFrame,
    experiment: Experiment,
    facts: Mapping[str, tuple[str, str]],
    directions: Mapping[str, str],
) -> Iterator[Series]:
    if scalars.empty:
        return
    order, starts, pairs = _grouped(scalars)
    names = [scalars[name].cat.categories for name in ("run", "tag")]
    columns = [scalars[name].to_numpy()[order] for name in ("step", "wall_time", "value")]
    for place, pair in enumerate(pairs.tolist()):
        rows = slice(int(starts[place]), int(starts[place + 1]))
        run, tag = (str(names[axis][code]) for axis, code in enumerate(divmod(pair, len(names[1]))))
        group, run_split = facts[run]
        facet = describe(tag, run_split)
        direction = directions.get(tag, directions.get(facet.name, facet.direction))
        kind = role(tag, facet.name, direction)
        if kind == "auxiliary loss" and tag not in directions and facet.name not in directions:
            direction = ""
        steps, times, values = (column[rows] for column in columns)
        series = Series(
            *(run, group, tag, facet.name, facet.split, kind, direction),
            *(steps, times, values, len(values)),
        )
        yield _even(series, scalars.iloc[order[rows]]) if experiment.sketched else series


def _sessions(
    scalars: pd.DataFrame, facts: Mapping[str, tuple[str, str]]
) -> defaultdict[str, tuple[Session, ...]]:
    """Return by run group the sessions of its run with the most; none where none has several."""
    by_group: defaultdict[str, tuple[Session, ...]] = defaultdict(tuple)
    for run, sessions in sessions_by_run(scalars).items():
        group = facts[run][0]
        by_group[group] = max(by_group[group], sessions, key=len)
    return by_group


def _grouped(
    scalars: pd.DataFrame,
) -> tuple[IntArray, IntArray, IntArray]:
    """Return the rows in order of series, where each series starts, and its run and tag."""
    run, tag = scalars["run"].cat, scalars["tag"].cat
    count = len(tag.categories)
    codes = run.codes.to_numpy(np.int64) * count + tag.codes.to_numpy(np.int64)
    # Small integers are sorted much faster.
    small = codes.astype(np.uint16) if len(run.categories) * count < 1 << 16 else codes
    order = np.argsort(small, kind="stable")
    ordered = codes[order]
    changes = np.flatnonzero(np.diff(ordered)) + 1
    starts = np.concatenate([[0], changes, [len(ordered)]])
    return order, starts, ordered[starts[:-1]]


def _even(series: Series, rows: pd.DataFrame) -> Series:
    """Return a series of a sketch: rows at even distances, and those that are not finite."""
    past = history(rows)
    if past.index is None:
        return series
    good = past.points - past.bad
    even = past.finite & (past.index % stride(max(good, 1)) == 0)
    last = np.flatnonzero(past.finite)[-1:]
    even[last] = True
    selected = even | ~past.finite
    columns = (series.steps, series.wall_times, series.values)  # noqa: PD011
    steps, times, values = (column[selected] for column in columns)
    all_points = replace(series, points=past.points)
    return replace(all_points, steps=steps, wall_times=times, values=values, peaks=all_points)


def _without_objectives_of_reward(series: list[Series]) -> tuple[Series, ...]:
    """Return the series; beside a reward, losses are no objectives: they rise as it rises."""
    if not any(curve.role == "reward" for curve in series):
        return tuple(series)
    return tuple(
        replace(curve, role=_LEFT_OUT_BY_REWARD[curve.role], direction="")
        if curve.role in _LEFT_OUT_BY_REWARD
        else curve
        for curve in series
    )


def _histograms(
    frame: pd.DataFrame, facts: Mapping[str, tuple[str, str]]
) -> Iterator[HistogramSeries]:
    for (run, tag), rows in frame.groupby(["run", "tag"], sort=False, observed=True):
        pairs = [
            bins_of(left, right, count)
            for left, right, count in zip(rows["left"], rows["right"], rows["count"], strict=True)
        ]
        zero, size = np.array(pairs, float).reshape(-1, 2).T
        steps = rows["step"].to_numpy(np.int64)
        yield HistogramSeries(str(run), facts[str(run)][0], str(tag), steps, zero, size)


def _confusions(
    frame: pd.DataFrame, facts: Mapping[str, tuple[str, str]]
) -> Iterator[ConfusionMatrix]:
    for (run, tag), rows in frame.groupby(["run", "tag"], sort=False, observed=True):
        last = rows.iloc[-1]
        matrix = cleaned(np.asarray(last["matrix"], float))
        labels = named(last["labels"], len(matrix))
        step = int(last["step"])
        yield ConfusionMatrix(str(run), facts[str(run)][0], str(tag), step, matrix, labels)


def _by_group(logged: Iterable[_Logged]) -> defaultdict[str, list[_Logged]]:
    grouped: defaultdict[str, list[_Logged]] = defaultdict(list)
    for entry in logged:
        grouped[entry.group].append(entry)
    return grouped


def _purged(health: pd.DataFrame, facts: Mapping[str, tuple[str, str]]) -> defaultdict[str, int]:
    purged: defaultdict[str, int] = defaultdict(int)
    rows = health[health["kind"] == "purged"]
    for run, records in zip(rows["run"], rows["records"], strict=True):
        purged[facts[str(run)][0] if str(run) in facts else str(run)] += int(records)
    return purged


def _parameters(
    hparams: pd.DataFrame, facts: Mapping[str, tuple[str, str]]
) -> defaultdict[str, dict[str, object]]:
    parameters: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for run, name, value in zip(hparams["run"], hparams["name"], hparams["value"], strict=True):
        if str(run) in facts:
            parameters[facts[str(run)][0]][str(name)] = value
    return parameters


def _rank_sets(runs: pd.DataFrame, series: list[Series]) -> Iterator[RankSet]:
    for name, names in ranks.members(runs).items():
        places = {run: place for place, run in enumerate(names)}
        tags: defaultdict[str, list[Series]] = defaultdict(list)
        for curve in series:
            if curve.run in places:
                tags[curve.tag].append(curve)
        ordered = {
            tag: tuple(sorted(curves, key=lambda curve: places[curve.run]))
            for tag, curves in tags.items()
        }
        yield RankSet(name, tuple(names), ordered)
