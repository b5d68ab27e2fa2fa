"""Group styles: one colour a seed group, which all its runs share, the best first."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.groups.seed_groups import SeedGroups
from reportgen.analysis.summary import Summary
from reportgen.figures.canvas.style import RunStyle, run_styles
from reportgen.report.ranked_groups import ordered_units


def styles_by_run(
    order: Sequence[str], ranking: Summary, groups: SeedGroups
) -> dict[str, RunStyle]:
    """Return a style for each run group: its own, or that of its seed group.

    Args:
        order: names of all run groups, those that get the most distinct colours first where there
            are no seed groups.
        ranking: of the runs.
        groups: of seeds; the best gets the most distinct colour.
    """
    if not groups:
        return run_styles(order)
    ordered = ordered_units(order, ranking, groups)
    styles = run_styles([group.name for group in ordered])
    by_run = {run: styles[group.name] for group in ordered for run in group.runs}
    return {name: by_run[name] for name in order}
