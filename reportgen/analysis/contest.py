"""The contest: what the table ranks by the headline metric, runs or groups of seeds, best first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from reportgen.analysis.annotated import annotated
from reportgen.analysis.groups.seed_groups import SeedGroups, find_seed_groups, units
from reportgen.analysis.groups.superiority import Better
from reportgen.analysis.noise import Level
from reportgen.analysis.ranking import ranking
from reportgen.analysis.sessions import counted_rows
from reportgen.analysis.summary import Summary
from reportgen.frames.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Contender:
    """A run, or a group of runs that differ in their seed.

    Attributes:
        name: as the table has it.
        run: the run group; of a group of seeds, its first.
        step: of the value that ranks that run.
        levels: what each run is ranked by, at least one; no value is NaN.
    """

    name: str
    run: str
    step: int
    levels: tuple[Level, ...]

    @property
    def mean(self) -> float:
        """The mean over the runs."""
        return fmean(level.value for level in self.levels)

    @property
    def values(self) -> tuple[float, ...]:
        """What each run is ranked by."""
        return tuple(level.value for level in self.levels)


@dataclass(frozen=True, slots=True)
class Contest:
    """Who is compared.

    Attributes:
        tag: of the headline metric, as logged.
        better: which direction is better.
        contenders: the best first.
    """

    tag: str
    better: Better
    contenders: tuple[Contender, ...]


def contests(ranked: Summary, groups: SeedGroups) -> tuple[Contest, ...]:
    """Return who is compared, one contest an experiment whose headline metric has a better way.

    Args:
        ranked: the runs.
        groups: of runs that differ only in their seed.
    """
    found = [_contest(summary, groups) for summary in (ranked, *ranked.others)]
    return tuple(contest for contest in found if contest)


def contests_of(
    experiment: Experiment,
    directions: Mapping[str, str] | None = None,
    metrics: Sequence[str] = (),
    group: str = "",
    *,
    grouped: bool = True,
) -> tuple[Contest, ...]:
    """Return who is compared in an experiment.

    Args:
        experiment: what was read.
        directions: which direction is better by tag or metric, where the user says it.
        metrics: that the user names.
        group: pattern of seed groups, see `find_seed_groups`.
        grouped: whether there are seed groups.

    Raises:
        UsageError: a metric was not logged, or the pattern fits no run.
    """
    scalars = annotated(experiment.plain_scalars(), experiment.runs, directions or {})
    groups = find_seed_groups(experiment.runs, experiment.hparams, group, enabled=grouped)
    return contests(ranking(experiment, counted_rows(scalars), metrics), groups)


def _contest(summary: Summary, groups: SeedGroups) -> Contest | None:
    direction = summary.metrics[0].direction if summary.metrics else ""
    if direction not in {"up", "down"}:
        return None
    better: Better = "up" if direction == "up" else "down"
    sign = -1 if better == "up" else 1
    contenders = sorted(_contenders(summary, groups), key=lambda entry: sign * entry.mean)
    return Contest(summary.metrics[0].tag, better, tuple(contenders))


def _contenders(summary: Summary, groups: SeedGroups) -> Iterator[Contender]:
    rows = {row.group: row for row in summary.runs}
    for unit in units(list(rows), groups):
        ranked = [
            (row, reached.ranked)
            for name in unit.runs
            if (row := rows.get(name)) and (reached := row.reached[0])
        ]
        ranked = [(row, value) for row, value in ranked if math.isfinite(value.level.value)]
        if ranked:
            first, value = ranked[0]
            name = unit.name if len(unit.runs) > 1 else first.name
            levels = tuple(value.level for _, value in ranked)
            yield Contender(name, first.group, value.step, levels)
