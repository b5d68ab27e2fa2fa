"""The baseline: the runs that the others are compared with, in these logs or elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from reportgen import wording
from reportgen.analysis.verdicts.run_values import RunValues
from reportgen.errors import UsageError
from reportgen.selection import selection

_MAX_NAMES = 5


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """The runs that others are compared with.

    Attributes:
        runs: in the order in which they were named.
    """

    runs: tuple[RunValues, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.runs)

    @property
    def names(self) -> frozenset[str]:
        """Names of those that are in the logs of this report."""
        return frozenset(run.name for run in self.runs if not run.source)

    @property
    def sentence(self) -> str:
        """What is compared with, in one line; "" without a baseline."""
        if not self.runs:
            return ""
        sources: dict[str, list[str]] = {}
        for run in self.runs:
            sources.setdefault(run.source, []).append(wording.clipped(run.name))
        places = [
            f"{wording.listing(names, _MAX_NAMES)}{f' from {source}' if source else ''}"
            for source, names in sources.items()
        ]
        return f"The baseline is {wording.count(len(self.runs), 'run')}: {'; '.join(places)}."


NO_BASELINE = Baseline()
# Runs of a place outside the logs, by what the user calls it; None where it is no place.
Load = Callable[[str], Sequence[RunValues] | None]


def _nowhere(_place: str) -> None:
    """Nothing but the logs is known."""


def find_baseline(
    patterns: Sequence[str],
    runs: Sequence[RunValues],
    load: Load = _nowhere,
    option: str = "--baseline",
) -> Baseline:
    """Return the runs that patterns name, each looked up in the logs first.

    Args:
        patterns: the name of a run or group, a glob or /regular expression/ of these, or what
            `load` knows: a directory, a file, a URL.
        runs: of the logs.
        load: reads the runs of a place outside the logs.
        option: what messages call it.

    Raises:
        UsageError: a pattern names nothing, neither here nor elsewhere.
    """
    chosen: dict[int, RunValues] = {}
    for pattern in patterns:
        matching = _matching(pattern, runs) or load(pattern)
        if not matching:
            raise UsageError(_refusal(pattern, runs, option))
        chosen |= {id(run): run for run in matching}
    return Baseline(tuple(chosen.values()))


def _matching(pattern: str, runs: Sequence[RunValues]) -> list[RunValues]:
    """Return the runs of that very name, else of that group, else all that the pattern matches."""
    for named in ("name", "seed_group"):
        equal = [run for run in runs if getattr(run, named) == pattern]
        if equal:
            return equal
    matches = selection(pattern)
    return [
        run for run in runs if matches(run.name) or (run.seed_group and matches(run.seed_group))
    ]


def _refusal(pattern: str, runs: Sequence[RunValues], option: str) -> str:
    names = list(dict.fromkeys(run.name for run in runs))
    near = get_close_matches(pattern, names, 1)
    listed = wording.listing([wording.clipped(name) for name in names], _MAX_NAMES)
    hint = (
        f"did you mean {wording.clipped(near[0])}? Runs are: {listed}"
        if near
        else f"runs are: {listed}"
    )
    return (
        f"{option} {wording.clipped(pattern)}: no run, group, directory, summary.json or URL is "
        f"named so; {hint if names else 'the logs hold no run'}"
    )
