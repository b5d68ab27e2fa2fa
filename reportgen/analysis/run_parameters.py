"""Parameters of run groups, apart: those that differ, and those that are the same in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

Value = float | str


@dataclass(frozen=True, slots=True)
class RunParameters:
    """What the run groups were started with.

    Attributes:
        differing: name and value by run group of each parameter that is not the same in all.
        shared: name and value of each parameter that is.
    """

    differing: tuple[tuple[str, Mapping[str, Value]], ...] = ()
    shared: tuple[tuple[str, Value], ...] = ()

    def among(self, groups: Sequence[str]) -> RunParameters:
        """Return the parameters of only some run groups."""
        chosen = {
            name: {group: by_group[group] for group in groups if group in by_group}
            for name, by_group in self.differing
        }
        apart = _apart({name: values for name, values in chosen.items() if values}, groups)
        return RunParameters(apart.differing, (*self.shared, *apart.shared))


def run_parameters(
    hparams: pd.DataFrame, runs: pd.DataFrame, groups: Sequence[str]
) -> RunParameters:
    """Return the parameters, in the order as logged.

    Args:
        hparams: the hparams frame.
        runs: the runs frame.
        groups: names of all run groups.
    """
    group_of = dict(zip(runs["run"].astype(str), runs["group"].astype(str), strict=True))
    values: dict[str, dict[str, Value]] = {}
    for run, name, value in zip(hparams["run"], hparams["name"], hparams["value"], strict=True):
        values.setdefault(str(name), {})[group_of[str(run)]] = value
    return _apart(values, groups)


def _apart(values: Mapping[str, Mapping[str, Value]], groups: Sequence[str]) -> RunParameters:
    """Return parameters apart: those that differ, and those that all groups have alike."""
    differing, shared = [], []
    for name, by_group in values.items():
        texts = {str(value) for value in by_group.values()}
        if len(texts) == 1 and set(by_group) == set(groups):
            shared.append((name, next(iter(by_group.values()))))
        else:
            differing.append((name, by_group))
    return RunParameters(tuple(differing), tuple(shared))
