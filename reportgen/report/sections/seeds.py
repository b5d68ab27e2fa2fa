"""Seeds: what each group of runs that differ only in their seed reached, and what is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from reportgen import wording
from reportgen.analysis.groups.aggregation import Centre
from reportgen.analysis.groups.group_results import difference_sentences
from reportgen.analysis.groups.seed_groups import SeedGroups
from reportgen.analysis.summary import Summary
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.groups import group_curves, group_differences, group_values
from reportgen.report.blocks import Block, FigureBlock, Notice
from reportgen.report.ranked_groups import (
    better_of,
    ordered_units,
    ranked_groups,
    value_name,
)
from reportgen.report.role import Role

_MAX_SENTENCES = 4


def blocks(
    groups: SeedGroups,
    ranking: Summary,
    scalars: pd.DataFrame,
    styles: Mapping[str, RunStyle],
    centre: Centre,
) -> list[Block]:
    """Return the figures of the headline metric, and what is real in each metric.

    Args:
        groups: of seeds.
        ranking: of the runs, whose metrics are shown.
        scalars: annotated, without what other sessions override.
        styles: by run group.
        centre: what the strong line of a group is.
    """
    if not groups or not ranking.metrics:
        return []
    shown: list[Block] = [
        Notice(groups.sentence),
        *_headline(groups, ranking, scalars, styles, centre),
    ]
    for index in range(len(ranking.metrics)):
        results, better = ranked_groups(ranking, groups, index), better_of(ranking, index)
        if results and better:
            sentences = difference_sentences(results, better, _MAX_SENTENCES)
            if sentences:
                tag = wording.clipped(ranking.metrics[index].tag)
                shown.append(Notice(f"{tag}: {' '.join(sentences)}"))
    return shown


def _headline(
    groups: SeedGroups,
    ranking: Summary,
    scalars: pd.DataFrame,
    styles: Mapping[str, RunStyle],
    centre: Centre,
) -> Iterator[Block]:
    """Yield the curves of the first metric, all values by group, and the differences."""
    key, results = ranking.metrics[0], ranked_groups(ranking, groups)
    ordered = ordered_units(ranking.groups, ranking, groups)
    rows = scalars[(scalars["metric"] == key.metric) & (scalars["split"] == key.split)]
    yield FigureBlock(
        "",
        group_curves.prepare(key.metric, rows, ordered, styles, centre),
        wide=True,
        role=Role.GROUPS,
        tag=key.metric,
    )
    better = better_of(ranking, 0)
    if not results or better is None:
        return
    title = f"{key.metric} of each seed"
    value = value_name(ranking, 0)
    yield FigureBlock(
        "",
        group_values.prepare(title, key.tag, better, value, results, styles),
        tag=key.metric,
    )
    if len(results) > 1:
        title = "Is the difference real?"
        yield FigureBlock(
            "", group_differences.prepare(title, key.tag, better, results), tag=key.metric
        )
