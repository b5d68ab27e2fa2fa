"""Ranked groups: what each seed group reached in a metric, and how its numbers are written."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportgen import wording
from reportgen.analysis.groups.group_results import GroupResult, group_results
from reportgen.analysis.groups.seed_groups import SeedGroup, SeedGroups, units
from reportgen.analysis.groups.superiority import Better
from reportgen.analysis.summary import Summary
from reportgen.report.digits import decimals, fixed

_MAX_DECIMALS = 6
_BETTER: dict[str, Better] = {"up": "up", "down": "down"}


def better_of(ranking: Summary, index: int) -> Better | None:
    """Return which direction of a metric is better; None where that is unknown."""
    return _BETTER.get(ranking.metrics[index].direction)


def ranked_groups(ranking: Summary, groups: SeedGroups, index: int = 0) -> tuple[GroupResult, ...]:
    """Return groups and lone runs that have a value of a metric, the best mean first.

    Args:
        ranking: of the runs; a run's value is the one that ranks it.
        groups: of seeds.
        index: of the metric.

    Returns:
        () without groups, or where the metric's better direction is unknown.
    """
    if not groups or index >= len(ranking.metrics):
        return ()
    better = better_of(ranking, index)
    if better is None:
        return ()
    values = {run.group: reached.value for run in ranking.runs if (reached := run.reached[index])}
    return group_results(list(units(ranking.groups, groups)), values, better)


def ordered_units(names: Sequence[str], ranking: Summary, groups: SeedGroups) -> list[SeedGroup]:
    """Return groups and lone runs, the best mean of the first metric first, others after these.

    Args:
        names: of the run groups that are wanted; units without a value keep their order.
        ranking: of the runs.
        groups: of seeds.
    """
    places = {result.name: place for place, result in enumerate(ranked_groups(ranking, groups))}
    return sorted(units(names, groups), key=lambda unit: places.get(unit.name, len(places)))


def value_name(ranking: Summary, index: int) -> str:
    """Return which value of a run counts, in words: "last 5 evaluations"."""
    return ranking.kind(index) or "best evaluation"


def group_decimals(results: Sequence[GroupResult], ranking: Summary, index: int) -> int:
    """Return how many decimals show two digits of the smallest spread of a group."""
    spreads = [result.deviation for result in results if result.deviation > 0]
    if not spreads:
        return decimals(ranking, index)
    return min(max(0, 1 - math.floor(math.log10(min(spreads)))), _MAX_DECIMALS)


def group_lines(ranking: Summary, groups: SeedGroups) -> tuple[str, ...]:
    """Return a line a group, the best first: its seeds, and its number in each metric."""
    by_metric = [ranked_groups(ranking, groups, index) for index in range(len(ranking.metrics))]
    lines = []
    for place, result in enumerate(by_metric[0] if by_metric else (), start=1):
        values = []
        for index, results in enumerate(by_metric):
            reached = next((other for other in results if other.name == result.name), None)
            if reached:
                number = mean_text(reached, group_decimals(results, ranking, index))
                values.append(f"{wording.clipped(ranking.metrics[index].tag)} {number}")
        seeds = wording.count(result.runs, "seed") if result.runs > 1 else "one run"
        lines.append(f"{place}. {wording.clipped(result.name)} ({seeds}): {'; '.join(values)}")
    return tuple(lines)


def mean_text(result: GroupResult, places: int) -> str:
    """Return a group's mean and standard deviation: "970 ± 70"; of one run its value."""
    spread = "" if math.isnan(result.deviation) else f" ± {fixed(result.deviation, places)}"
    return f"{fixed(result.mean, places)}{spread}"
