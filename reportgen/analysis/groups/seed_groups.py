"""Seed groups of an experiment: by name, by parameters, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pandas as pd

from reportgen import wording
from reportgen.analysis.groups.seed_names import seed_name
from reportgen.analysis.groups.seed_parameters import (
    Parameters,
    groups_by_parameters,
    parameter_text,
    parameters_by_run,
    same_configuration,
)
from reportgen.errors import UsageError

_MAX_NAMES = 3


@dataclass(frozen=True, slots=True)
class SeedGroup:
    """Runs that repeat one configuration.

    Attributes:
        name: of the group.
        runs: names of its run groups, in the order of the runs frame.
    """

    name: str
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeedGroups:
    """The seed groups of an experiment.

    Attributes:
        groups: in the order of their first runs; a run that repeats no other is in none.
        reason: how they were recognised, for the sentence: "by the last part of their names".
    """

    groups: tuple[SeedGroup, ...] = ()
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def by_run(self) -> dict[str, str]:
        """The name of the seed group of each run that is in one."""
        return {run: group.name for group in self.groups for run in group.runs}

    def members(self, name: str) -> tuple[str, ...]:
        """Return the runs of a group; none where no group is named so."""
        return next((group.runs for group in self.groups if group.name == name), ())

    @property
    def sentence(self) -> str:
        """Which runs were grouped and why, in one line; "" without groups."""
        if not self.groups:
            return ""
        sizes = [f"{group.name} ({wording.count(len(group.runs), 'run')})" for group in self.groups]
        return (
            f"Runs that differ only in their seed are grouped {self.reason}: "
            f"{wording.listing(sizes, _MAX_NAMES)}; --no-group shows every run by itself."
        )


NO_GROUPS = SeedGroups()


def find_seed_groups(
    runs: pd.DataFrame,
    hparams: pd.DataFrame,
    pattern: str = "",
    *,
    enabled: bool = True,
    root: str = "seeds",
) -> SeedGroups:
    """Return the seed groups of an experiment.

    Without a pattern, runs are grouped only where that is plain: where at least two names are
    equal but for a seed at their end, or where at least two runs differ in a seed parameter and
    agree in at least two others.

    Args:
        runs: the runs frame.
        hparams: the hparams frame.
        pattern: a parameter, whose values are the groups, or a regular expression whose first
            group in parentheses is the group's name; "" to look for seeds.
        enabled: False for no groups at all.
        root: what a group is called whose runs' names say nothing but their seed.

    Raises:
        UsageError: the pattern is no regular expression, has no parentheses, or fits no run.
    """
    if not enabled:
        return NO_GROUPS
    names = list(dict.fromkeys(map(str, runs["group"])))
    parameters = parameters_by_run(runs, hparams)
    if pattern:
        return _by_pattern(pattern, names, parameters)
    by_name = _by_name(names, parameters, root)
    taken = {run for group in by_name for run in group.runs}
    rest = [name for name in names if name not in taken]
    by_parameters = [
        SeedGroup(name, members)
        for name, members in groups_by_parameters(rest, parameters, root)
        if name not in {group.name for group in by_name}
    ]
    reasons = ["by the last part of their names"] * bool(by_name)
    reasons += ["by their parameters"] * bool(by_parameters)
    return _ordered([*by_name, *by_parameters], names, " and ".join(reasons))


def _by_name(
    names: Sequence[str], parameters: Mapping[str, Parameters], root: str
) -> list[SeedGroup]:
    seeds = {name: seed for name in names if (seed := seed_name(name)) is not None}
    forms: dict[str, list[str]] = {}
    for name, seed in seeds.items():
        forms.setdefault(seed.form, []).append(name)
    repeated = {
        form: members
        for form, members in forms.items()
        if len({seeds[name].number for name in members}) > 1
        and same_configuration([parameters.get(name, {}) for name in members])
    }
    stems = {form: seeds[members[0]].stem or root for form, members in repeated.items()}
    ambiguous = {stem for stem in stems.values() if list(stems.values()).count(stem) > 1}
    ambiguous |= set(names) & set(stems.values())
    return [
        SeedGroup(f"{form}*" if stems[form] in ambiguous else stems[form], tuple(members))
        for form, members in repeated.items()
    ]


def _by_pattern(
    pattern: str, names: Sequence[str], parameters: Mapping[str, Parameters]
) -> SeedGroups:
    named: Callable[[str], str | None]
    if any(pattern in values for values in parameters.values()):
        named = _value_of(pattern, parameters)
        reason = f"by the parameter {wording.clipped(pattern)}"
    else:
        named = _first_group(pattern)
        reason = f"by --group {wording.clipped(pattern)}"
    groups: dict[str, list[str]] = {}
    for name in names:
        key = named(name)
        if key:
            groups.setdefault(key, []).append(name)
    if not groups:
        runs = wording.listing([wording.clipped(name) for name in names], _MAX_NAMES)
        raise UsageError(
            f"--group {wording.clipped(pattern)}: matches no run and is no parameter; "
            f"runs are: {runs or 'none'}"
        )
    seed_groups = [SeedGroup(name, tuple(members)) for name, members in groups.items()]
    return _ordered(seed_groups, names, reason)


def _value_of(parameter: str, parameters: Mapping[str, Parameters]) -> Callable[[str], str | None]:
    def named(run: str) -> str | None:
        values = parameters.get(run, {})
        return f"{parameter}={parameter_text(values[parameter])}" if parameter in values else None

    return named


def parse_group(pattern: str) -> str:
    """Return a pattern that names groups, as it is; a parameter's name is one too.

    Raises:
        UsageError: it is neither a regular expression nor can it be a parameter's name.
    """
    if set(pattern) & set("()[]*+?|^$\\"):
        _first_group(pattern)
    return pattern


def _first_group(pattern: str) -> Callable[[str], str | None]:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise UsageError(
            f"--group {wording.clipped(pattern)}: no regular expression ({error})"
        ) from error
    if not compiled.groups:
        raise UsageError(
            f"--group {wording.clipped(pattern)}: put parentheses around what names the group, "
            "as in (.*)-run[0-9]+"
        )

    def named(run: str) -> str | None:
        match = compiled.search(run)
        return match[1] if match else None

    return named


def _ordered(groups: Sequence[SeedGroup], names: Sequence[str], reason: str) -> SeedGroups:
    places = {name: place for place, name in enumerate(names)}
    ordered = sorted(groups, key=lambda group: places[group.runs[0]])
    return SeedGroups(tuple(ordered), reason if ordered else "")


def units(names: Sequence[str], groups: SeedGroups) -> Iterator[SeedGroup]:
    """Yield what a table has as rows: each seed group once, and each run that is in none."""
    by_run = groups.by_run
    singles = (SeedGroup(name, (name,)) for name in names if name not in by_run)
    ordered = _ordered(list(chain(groups.groups, singles)), list(names), "")
    yield from ordered.groups
