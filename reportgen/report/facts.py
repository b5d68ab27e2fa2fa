"""Facts: the line under the title: what was trained, when, and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from reportgen import wording
from reportgen.frames.experiment import Experiment

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


def facts(experiment: Experiment) -> tuple[str, ...]:
    """Return phrases: what all runs trained, how many there are, their last step, when, commit."""
    runs = experiment.runs
    first, last = runs["first_wall_time"].min(), runs["last_wall_time"].max()
    when = wording.period(first, last)
    if when:
        when += f" ({wording.duration(last - first)})"
    steps = int(runs["last_step"].max())
    shared = _shared(experiment.hparams, runs)
    return tuple(
        filter(
            None,
            (
                *_trained(shared),
                wording.count(runs["group"].nunique(), "run"),
                f"last step {steps:,}" if steps >= 0 else "",
                when,
                _commit(shared),
            ),
        )
    )


def _shared(hparams: pd.DataFrame, runs: pd.DataFrame) -> dict[str, str]:
    """Return the text that is the value of a parameter in all run groups, by its name's last part.

    Names are in lower case.
    """
    if hparams.empty:
        return {}
    names = [str(name).rpartition("/")[2].lower() for name in hparams["name"]]
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


def _commit(shared: dict[str, str]) -> str:
    commits = [shared[name] for name in _COMMIT if name in shared]
    if not commits:
        return ""
    if _HASH.fullmatch(commits[0]):
        return f"commit {commits[0][:_HASH_LETTERS]}"
    return f"commit {wording.clipped(commits[0], _MAX_LETTERS)}"
