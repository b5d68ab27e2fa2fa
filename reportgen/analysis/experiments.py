"""Experiments: run groups that share a metric are compared, others have nothing to compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

# What runs of any kind may log, so that it makes no two runs comparable.
_SHARED_BY_ANY = {"counter", "schedule", "system"}


def experiments(scalars: pd.DataFrame, groups: Sequence[str]) -> list[list[str]]:
    """Return the run groups of each experiment, the largest experiment first.

    Two run groups belong to one experiment if both logged a metric that says how well a run did;
    where a group logged none, any metric but counters, schedules and system metrics counts. Groups
    without such a metric belong to the largest experiment.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        groups: names of all run groups in their order.
    """
    columns = ["group", "metric", "role"]
    rows = scalars[columns].drop_duplicates().astype(str)
    rows = rows[~rows["role"].isin(_SHARED_BY_ANY)]
    is_objective = rows["role"] == "objective"
    with_objective = set(rows["group"][is_objective])
    compared = rows[is_objective | ~rows["group"].isin(with_objective)]
    parent = {group: group for group in groups}
    first_of_metric: dict[str, str] = {}
    for group, metric in zip(compared["group"], compared["metric"], strict=True):
        first = first_of_metric.setdefault(metric, group)
        parent[_root(parent, group)] = _root(parent, first)
    logged = set(compared["group"])
    members: defaultdict[str, list[str]] = defaultdict(list)
    for group in groups:
        if group in logged:
            members[_root(parent, group)].append(group)
    separate = sorted(members.values(), key=lambda group_names: -len(group_names))
    if not separate:
        return [list(groups)]
    largest = {*separate[0], *(group for group in groups if group not in logged)}
    return [[group for group in groups if group in largest], *separate[1:]]


def _root(parent: dict[str, str], group: str) -> str:
    """Return the group that stands for all that a group is joined with."""
    while parent[group] != group:
        parent[group] = parent[parent[group]]
        group = parent[group]
    return group
