"""Facts: the line under the title: what was trained, when, and for how long."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

import pandas as pd

from reportgen import wording
from reportgen.analysis.groups.seed_groups import NO_GROUPS, SeedGroups
from reportgen.analysis.run_times import working_time
from reportgen.frames.experiment import Experiment
from reportgen.series.history import counts, is_sketched

# The words before the value of the first of these parameters that all runs share.
_TRAINED = {
    "model": ("model", "arch", "architecture", "network"),
    "dataset": ("dataset", "data"),
    "task": ("task",),
    "environment": ("env_id", "env"),
}
_COMMIT = ("commit", "git_commit", "git_sha", "git_hash")
_PARAMETERS = {name for names in (*_TRAINED.values(), _COMMIT) for name in names}
_HASH = re.compile(r"[0-9a-fA-F]{7,64}")
_HASH_LETTERS = 7  # which distinguish commits
_MAX_LETTERS = 40  # of a value


def facts(experiment: Experiment, groups: SeedGroups = NO_GROUPS) -> tuple[str, ...]:
    """Return phrases: what all runs trained, how many there are, their last step, when, commit.

    Args:
        experiment: what was read.
        groups: of seeds.
    """
    runs = experiment.runs
    first, last = runs["first_wall_time"].min(), runs["last_wall_time"].max()
    when = wording.period(first, last)
    if when:
        when += f" ({_duration(experiment, last - first)})"
    shared = _shared(experiment.hparams, runs)
    return tuple(
        filter(
            None,
            (
                *_trained(shared),
                _counts(list(dict.fromkeys(map(str, runs["group"]))), groups),
                _steps(experiment),
                when,
                _commit_phrase(_commit(shared)),
            ),
        )
    )


def _counts(runs: Sequence[str], groups: SeedGroups) -> str:
    """Return how many runs there are, or how many groups of how many seeds, and runs besides."""
    sizes = sorted({len(group.runs) for group in groups.groups})
    if not sizes:
        return wording.count(len(runs), "run")
    seeds = (
        wording.count(sizes[0], "seed") if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]} seeds"
    )
    counted = f"{wording.count(len(groups.groups), 'group')} of {seeds}"
    lone = len(runs) - sum(len(group.runs) for group in groups.groups)
    return f"{counted} and {wording.count(lone, 'run')}" if lone else counted


def _duration(experiment: Experiment, whole: float) -> str:
    """Return how long the runs worked, and how long they paused."""
    working, paused = working_time(experiment.plain_scalars())
    if math.isnan(working):
        return wording.duration(whole)
    pauses = f", paused for {wording.duration(paused)}" if paused else ""
    return f"{wording.duration(working)}{pauses}"


def _steps(experiment: Experiment) -> str:
    """Return the number of steps if all were logged, else the first and the last; "" if none."""
    runs = experiment.runs[experiment.runs["last_step"] >= 0]
    if runs.empty:
        return ""
    first, last = int(runs["first_step"].min()), int(runs["last_step"].max())
    count = last - first + 1
    if first == last:
        return f"step {last:,}"
    whole = count == _longest_series(experiment.plain_scalars())
    return f"{count:,} steps ({first:,} to {last:,})" if whole else f"steps {first:,} to {last:,}"


def _longest_series(scalars: pd.DataFrame) -> int:
    """Return the largest number of values of a series."""
    if scalars.empty:
        return 0
    if is_sketched(scalars):
        return int(counts(scalars)["points"].max())
    return int(scalars.groupby(["run", "tag", "session"], observed=True).size().max())


def _shared(hparams: pd.DataFrame, runs: pd.DataFrame) -> dict[str, str]:
    """Return the text that is the value of a parameter in all run groups, by its name's last part.

    Names are in lower case.
    """
    if hparams.empty:
        return {}
    names = [re.split(r"[/.]", str(name))[-1].lower() for name in hparams["name"]]
    group_of = dict(zip(runs["run"], runs["group"], strict=True))
    rows = hparams.assign(name=names, group=[group_of[run] for run in hparams["run"]])
    groups = runs["group"].nunique()
    return {
        str(name): of_name["value"].iloc[0].strip()
        for name, of_name in rows[rows["name"].isin(_PARAMETERS)].groupby("name")
        if of_name["group"].nunique() == groups and _is_same_text(of_name["value"].tolist())
    }


def _is_same_text(values: Sequence[object]) -> bool:
    """Return whether all values are the same text."""
    first = values[0]
    return (
        isinstance(first, str) and bool(first.strip()) and all(value == first for value in values)
    )


def _trained(shared: dict[str, str]) -> Iterator[str]:
    for label, names in _TRAINED.items():
        values = [shared[name] for name in names if name in shared]
        if values:
            yield f"{label} {wording.clipped(values[0], _MAX_LETTERS)}"


def commit_of(experiment: Experiment) -> str:
    """Return the commit that all runs logged as a parameter; "" where they did not."""
    return _commit(_shared(experiment.hparams, experiment.runs))


def _commit(shared: dict[str, str]) -> str:
    return next((shared[name] for name in _COMMIT if name in shared), "")


def _commit_phrase(commit: str) -> str:
    if not commit:
        return ""
    if _HASH.fullmatch(commit):
        return f"commit {commit[:_HASH_LETTERS]}"
    return f"commit {wording.clipped(commit, _MAX_LETTERS)}"
