"""Experiments: run groups that share a result are compared, others have nothing to compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from reportgen.analysis.metric_catalogue import describe
from reportgen.analysis.ranks import rank_groups

# What runs of any kind may log, so that it makes no two runs comparable.
_SHARED_BY_ANY = {"counter", "schedule", "system"}
_LOSS = ("loss",)  # the words of a tag that says nothing of what was trained


def experiments(scalars: pd.DataFrame, runs: pd.DataFrame) -> list[list[str]]:
    """Return the run groups of each experiment, the largest experiment first.

    Two run groups belong to one experiment if both logged a metric that says how well a run did. A
    plain loss joins only runs without another result: a language model and a classifier both log
    one. A run that logged nothing but a loss (it ended before its first evaluation) belongs to the
    experiment that logged the same tag; where several or none did, to that of its directory. If a
    group logged no result, any metric but counters, schedules and system metrics counts. Groups
    without such a metric belong to the largest experiment, the ranks of one run to one.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        runs: the runs frame.
    """
    groups = list(dict.fromkeys(runs["group"].astype(str)))
    rows = scalars[["group", "tag", "metric", "role"]].drop_duplicates().astype(str)
    rows = rows[~rows["role"].isin(_SHARED_BY_ANY)]
    is_objective = rows["role"] == "objective"
    with_objective = set(rows["group"][is_objective])
    compared = rows[is_objective | ~rows["group"].isin(with_objective)]
    is_loss = _are_losses(compared["metric"]) & (compared["role"] == "objective")
    with_result = set(compared["group"][~is_loss])
    joined = _Joined(groups)
    for ranks in rank_groups(runs).values():
        joined.join(ranks)
    _join_by_metric(joined, compared[~is_loss])
    losses = compared[is_loss]
    unclear = []
    for group in groups:
        if group in with_result:
            continue
        chosen = _choice(joined, group, losses, with_result)
        if chosen:
            joined.join([chosen, group])
        else:
            unclear.append(group)
    _join_by_metric(joined, losses[losses["group"].isin(unclear)])
    parts = _parts(joined, groups, set(compared["group"]))
    rank_of = {group: name for name, ranks in rank_groups(runs).items() for group in ranks}
    # The ranks of one run count as one.
    parts.sort(key=lambda names: -len({rank_of.get(name, name) for name in names}))
    return _with_silent_groups(parts, groups)


def _join_by_metric(joined: _Joined, rows: pd.DataFrame) -> None:
    for _, names in rows.groupby("metric", sort=False)["group"]:
        joined.join(names)


def _are_losses(metrics: pd.Series[str]) -> pd.Series[bool]:
    """Return which metrics are a loss that does not say of what."""
    plain = {name for name in metrics.unique() if describe(name, "").words == _LOSS}
    return metrics.isin(plain)


def _choice(joined: _Joined, group: str, losses: pd.DataFrame, with_result: set[str]) -> str:
    """Return a group of the one experiment that a group with a loss only may belong to; or ""."""
    logged = losses[losses["group"] == group]
    others = losses[losses["group"].isin(with_result)]
    near = others["group"].map(_directory) == _directory(group)
    same_tag, same_metric = (others[name].isin(logged[name]) for name in ("tag", "metric"))
    for rows in (others[same_tag], others[same_tag & near], others[same_metric & near]):
        candidates = {joined.first(name) for name in rows["group"]}
        if len(candidates) == 1:
            return candidates.pop()
    return ""


def _directory(group: str) -> str:
    return group.rpartition("/")[0]


def _parts(joined: _Joined, groups: Sequence[str], logged: set[str]) -> list[list[str]]:
    """Return the groups of each experiment that logged what runs are compared by."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for group in groups:
        if group in logged:
            members[joined.first(group)].append(group)
    return list(members.values())


def _with_silent_groups(parts: list[list[str]], groups: Sequence[str]) -> list[list[str]]:
    """Return the experiments, the first with all groups that are in none."""
    placed = {group for part in parts[1:] for group in part}
    return [[group for group in groups if group not in placed], *parts[1:]]


class _Joined:
    """Groups that are joined step by step; the first of all that are joined stands for them."""

    def __init__(self, groups: Sequence[str]) -> None:
        self._parents = {group: group for group in groups}

    def join(self, groups: Iterable[str]) -> None:
        """Join groups with each other."""
        names = list(groups)
        for name in names[1:]:
            self._parents[self.first(name)] = self.first(names[0])

    def first(self, group: str) -> str:
        """Return the group that stands for all that a group is joined with."""
        while self._parents[group] != group:
            self._parents[group] = self._parents[self._parents[group]]
            group = self._parents[group]
        return group
