"""The summary: what each run reached in the most important metrics, best run first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import pandas as pd

from reportgen.analysis.headline import Headline, choose_headline
from reportgen.analysis.key_metrics import key_metrics
from reportgen.analysis.levels import kind_of
from reportgen.analysis.logged_metrics import logged_metrics
from reportgen.analysis.noise import tied
from reportgen.analysis.ranks import rank_groups
from reportgen.analysis.reached import (
    KeyMetric,
    Reached,
    RowsByKey,
    mean_over_ranks,
    reached,
    rows_by_key,
)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run group.

    Attributes:
        group: its name.
        reached: what it reached in each metric of the summary; None if it did not log the metric.
        last_step: the last step of its runs; -1 if they hold no step.
        seconds: from its first wall time to its last, without pauses.
        pauses: their lengths in seconds.
        sessions: the number of trainings in its directory, of which the last whole one counts.
        ranks: of a distributed run, what each of its ranks reached, in order; then `group` is that
            of the first, and `reached` is of the mean over the ranks at each step.
        rank_name: what the ranks are called together; "" for other runs.
    """

    group: str
    reached: tuple[Reached | None, ...]
    last_step: int
    seconds: float
    pauses: tuple[float, ...] = ()
    sessions: int = 1
    ranks: tuple[RunSummary, ...] = ()
    rank_name: str = ""

    @property
    def name(self) -> str:
        """What the run is called where it is one row."""
        return self.rank_name or self.group

    @property
    def mean_of(self) -> str:
        """Of how many ranks it is the mean, in words; "" for other runs."""
        return f"mean of {len(self.ranks):,} ranks" if self.ranks else ""

    @property
    def members(self) -> tuple[RunSummary, ...]:
        """The ranks of a distributed run, or the run alone."""
        return self.ranks or (self,)


@dataclass(frozen=True, slots=True)
class Summary:
    """The run groups, ranked by the first metric.

    Attributes:
        metrics: the most important ones; none if no tag says how well the runs did.
        runs: one a run group, best first; only those that share a metric with each other.
        baseline: the run group that the others are compared with; "" for none.
        reason: why the first metric was chosen, or that there is none; a sentence.
        others: of runs that share no metric with these, one an experiment.
    """

    metrics: tuple[KeyMetric, ...]
    runs: tuple[RunSummary, ...]
    baseline: str = ""
    reason: str = ""
    others: tuple[Summary, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of these run groups and of the others, best first in each experiment."""
        return tuple(
            member.group
            for summary in (self, *self.others)
            for run in summary.runs
            for member in run.members
        )

    @property
    def all_metrics(self) -> tuple[KeyMetric, ...]:
        """The metrics of these runs and of the others, each once."""
        metrics = [*self.metrics, *(key for other in self.others for key in other.metrics)]
        return tuple(dict.fromkeys(metrics))

    @property
    def tied(self) -> tuple[str, ...]:
        """The next runs that the noise between evaluations does not tell from the first."""
        if not self.metrics or not self.metrics[0].direction or not self.runs:
            return ()
        leader = self.runs[0].reached[0]
        if leader is None or math.isnan(leader.value):
            return ()
        near = takewhile(
            lambda run: run.reached[0] and tied(leader.ranked.level, run.reached[0].ranked.level),
            self.runs[1:],
        )
        return tuple(run.name for run in near)

    def best(self, index: int) -> float:
        """Return the best ranked value of a metric over all runs; NaN if no run has one."""
        column = (run.reached[index] for run in self.runs)
        values = [cell.value for cell in column if cell and not math.isnan(cell.value)]
        choose = max if self.metrics[index].direction == "up" else min
        return choose(values, default=math.nan)

    def base(self, index: int) -> float:
        """Return the baseline's ranked value of a metric; NaN if there is none."""
        cells = (run.reached[index] for run in self.runs if run.group == self.baseline)
        return next((cell.value for cell in cells if cell), math.nan)

    def kind(self, index: int) -> str:
        """Return which values of a metric rank runs, in words: "last 5 evaluations"."""
        return kind_of(cell.ranked for run in self.runs if (cell := run.reached[index]))


def summarise(
    scalars: pd.DataFrame,
    runs: pd.DataFrame,
    baseline: str = "",
    headline: Headline | None = None,
) -> Summary:
    """Return the run groups, ranked by the first metric of the headline.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        runs: the runs frame.
        baseline: name of a run group, or "".
        headline: the metrics to show, see `reportgen.analysis.logged_metrics.headline`; if None,
            they are chosen by what the tags measure alone.
    """
    headline = headline or choose_headline(logged_metrics(scalars))
    metrics = key_metrics(headline)
    metric_rows = scalars[scalars["metric"].isin([key.metric for key in metrics])]
    rows_of_key = rows_by_key(metric_rows)
    rows = [_run_summary(group, members, rows_of_key, metrics) for group, members in _groups(runs)]
    if baseline not in {group for ranks in rank_groups(runs).values() for group in ranks}:
        rows = list(_with_joined_ranks(rows, rank_groups(runs), rows_of_key, metrics))
    if metrics and metrics[0].direction:
        sign = -1 if metrics[0].direction == "up" else 1
        rows.sort(key=lambda row: _rank(row.reached[0], sign))
    return Summary(metrics, tuple(rows), baseline, headline.reason)


def _groups(runs: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), members) for name, members in runs.groupby("group", sort=False)]


def _run_summary(
    group: str, members: pd.DataFrame, rows_of_key: RowsByKey, metrics: tuple[KeyMetric, ...]
) -> RunSummary:
    first, last = members["first_wall_time"].min(), members["last_wall_time"].max()
    return RunSummary(
        group=group,
        reached=tuple(_reached([group], key, rows_of_key) for key in metrics),
        last_step=int(members["last_step"].max()),
        seconds=float(last - first),
    )


def _with_joined_ranks(
    rows: Sequence[RunSummary],
    ranks: Mapping[str, Sequence[str]],
    rows_of_key: RowsByKey,
    metrics: tuple[KeyMetric, ...],
) -> Iterator[RunSummary]:
    """Yield the runs, the ranks of a distributed run joined in the place of its first."""
    name_of_rank = {group: name for name, groups in ranks.items() for group in groups}
    by_group = {row.group: row for row in rows}
    joined: set[str] = set()
    for row in rows:
        name = name_of_rank.get(row.group)
        if name is None:
            yield row
        elif name not in joined:
            joined.add(name)
            members = tuple(by_group[group] for group in ranks[name] if group in by_group)
            reached_by_all = tuple(_reached(ranks[name], key, rows_of_key) for key in metrics)
            yield replace(
                members[0],
                reached=reached_by_all,
                last_step=max(member.last_step for member in members),
                ranks=members,
                rank_name=name or "all ranks",
            )


def _reached(groups: Sequence[str], key: KeyMetric, rows_of_key: RowsByKey) -> Reached | None:
    """Return what run groups reached in a metric on average; None where none logged it."""
    keys = [(group, key.metric, key.split) for group in groups]
    logged = [rows_of_key[name] for name in keys if name in rows_of_key]
    if not logged:
        return None
    return reached(logged[0] if len(groups) == 1 else mean_over_ranks(logged), key)


def _rank(run_reached: Reached | None, sign: int) -> tuple[bool, float]:
    """Return a sort key that puts the best first and runs without a value last."""
    if run_reached is None or math.isnan(run_reached.value):
        return (True, 0.0)
    return (False, sign * run_reached.value)
