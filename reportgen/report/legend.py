"""Legend: the runs, and the groups of seeds, as the page names them beside the report."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from reportgen import wording
from reportgen.analysis.groups.seed_groups import SeedGroup, SeedGroups
from reportgen.analysis.run_ends import RunEnd
from reportgen.analysis.summary import Summary
from reportgen.figures.canvas.style import RunStyle
from reportgen.report.model import LegendEntry
from reportgen.report.ranked_groups import ordered_units, ranked_groups
from reportgen.report.ranked_table import MANY_RUNS, RunFacts


def run_legend(
    runs: pd.DataFrame, ranking: Summary, run_facts: RunFacts
) -> tuple[LegendEntry, ...]:
    """Return an entry for each run group, in the order of the ranking.

    Args:
        runs: the runs frame.
        ranking: of the runs.
        run_facts: their styles and how they ended.
    """
    members = runs.groupby("group", sort=False, observed=True)["run"].agg(list)
    return tuple(
        LegendEntry(
            name,
            style.color,
            style.dash,
            tuple(map(str, members[name])),
            _run_note(name, rank, ranking, run_facts.ends[name]),
        )
        for rank, (name, style) in enumerate(run_facts.styles.items(), start=1)
    )


def _run_note(name: str, rank: int, ranking: Summary, end: RunEnd) -> str:
    """Return what distinguishes a run among the others in a word or two; "" for nothing."""
    is_ranked = bool(ranking.metrics and ranking.metrics[0].direction) and len(ranking.runs) > 1
    place = ""
    if is_ranked and len(ranking.runs) > MANY_RUNS:
        place = f"{rank}"
    elif is_ranked and rank == 1:
        place = "first"
    if name == ranking.baseline:
        return f"baseline, {place}" if place.isdecimal() else "baseline"
    if end.bad_step >= 0:
        return "NaN" if math.isnan(end.bad_value) else "infinite"
    return place


def group_legend(
    ranking: Summary, groups: SeedGroups, styles: Mapping[str, RunStyle]
) -> tuple[LegendEntry, ...]:
    """Return an entry for each seed group and lone run, the best first; () without groups.

    Args:
        ranking: of the runs.
        groups: of seeds.
        styles: by run group.
    """
    if not groups:
        return ()
    results = ranked_groups(ranking, groups)
    leaders = [result.name for result in results if result.rank == 1]
    best = leaders[0] if len(leaders) == 1 < len(results) else ""
    return tuple(
        LegendEntry(
            unit.name,
            styles[unit.runs[0]].color,
            styles[unit.runs[0]].dash,
            unit.runs,
            _group_note(unit, ranking.baseline, is_best=unit.name == best),
        )
        for unit in ordered_units(list(styles), ranking, groups)
    )


def _group_note(unit: SeedGroup, baseline: str, *, is_best: bool) -> str:
    """Return how many seeds a group has, and whether it is the baseline or the best."""
    seeds = wording.count(len(unit.runs), "seed") if len(unit.runs) > 1 else ""
    role = "baseline" if baseline in unit.runs else "best" if is_best else ""
    return ", ".join(filter(None, (seeds, role)))
