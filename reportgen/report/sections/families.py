"""Families: a heat map of tags that differ by an index, a table of those that differ by a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from reportgen import wording
from reportgen.analysis.family_grid import family_grid
from reportgen.analysis.tag_families import TagFamily, family_groups, tag_families
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.families import index_heat_map
from reportgen.report.blocks import Block, FigureBlock, Notice
from reportgen.report.sections import named_families

_MIN_WORD = 3  # letters of a word that names members: not "h" of transformer.h.0
_MAX_RUNS = 4  # with heat maps of their own
Section = tuple[str, list[Block]]


def shown_families(scalars: pd.DataFrame, key_metrics: Collection[str]) -> list[TagFamily]:
    """Return the families of the logged tags, without the tags of key metrics.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        key_metrics: metrics that have charts of their own.
    """
    other = scalars[~scalars["metric"].isin(list(key_metrics))]
    return tag_families(str(tag) for tag in other["tag"].unique())


def sections(
    scalars: pd.DataFrame,
    families: Sequence[TagFamily],
    runs: Sequence[str],
    by_run: Mapping[str, RunStyle],
) -> list[Section]:
    """Return a title and blocks for each thing that families describe.

    Args:
        scalars: annotated, of the counted sessions.
        families: see `shown_families`.
        runs: their names, the best first.
        by_run: the style of each run.
    """
    titled: dict[str, list[Block]] = {}
    for group in family_groups(families):
        make = _indexed if group[0].kind == "index" else _named
        titled.setdefault(_title(_unit(group[0])), []).extend(make(group, scalars, runs, by_run))
    return list(titled.items())


def _indexed(
    group: Sequence[TagFamily],
    scalars: pd.DataFrame,
    runs: Sequence[str],
    by_run: Mapping[str, RunStyle],
) -> list[Block]:
    """Return the heat maps of families of the same members, for each of the best runs."""
    unit = _unit(group[0])
    tags = {tag for family in group for tag in family.tags()}
    rows = scalars[scalars["tag"].isin(list(tags))]
    logged = {str(run) for run in rows["run"].unique()}
    logging = [run for run in runs if run in logged]
    blocks: list[Block] = []
    for run in logging[:_MAX_RUNS]:
        of_run = rows[rows["run"] == run]
        tags_of_run = {str(tag) for tag in of_run["tag"].unique()}
        grids = [
            family_grid(family, of_run) for family in group if tags_of_run & set(family.tags())
        ]
        charts = index_heat_map.prepare(run if len(logged) > 1 else "", grids, by_run[run], unit)
        blocks += [
            FigureBlock(
                *("", chart),
                wide=True,
                runs=(run,),
                tag=chart.grids[0].family.pattern,
                tags=tuple(tag for grid in chart.grids for tag in grid.family.tags()),
            )
            for chart in charts
        ]
    if len(logging) > _MAX_RUNS:
        blocks.append(
            Notice(f"The best {_MAX_RUNS} of {wording.count(len(logging), 'run')} are shown.")
        )
    return blocks


def _named(
    group: Sequence[TagFamily],
    scalars: pd.DataFrame,
    runs: Sequence[str],
    by_run: Mapping[str, RunStyle],
) -> list[Block]:
    """Return a table of each family, with the best runs."""
    blocks: list[Block] = []
    for family in group:
        rows = scalars[scalars["tag"].isin(family.tags())]
        logged = {str(run) for run in rows["run"].unique()}
        logging = [run for run in runs if run in logged]
        shown = logging[: named_families.MAX_RUNS]
        blocks.append(
            named_families.table(
                family, rows[rows["run"].isin(shown)], _unit(family), shown, by_run
            )
        )
        if len(logging) > len(shown):
            blocks.append(
                Notice(f"The best {len(shown)} of {wording.count(len(logging), 'run')} are shown.")
            )
    return blocks


def _unit(family: TagFamily) -> str:
    """Return what a member is called: "layer" of layers/*/x; "index" where the tags do not say."""
    if family.kind == "name":
        return "task" if re.search(r"eval|task|benchmark", family.prefix.lower()) else "name"
    word = re.split(r"[/._-]", family.prefix.strip("/_.-"))[-1]
    if len(word) < _MIN_WORD:
        return "index"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return wording.clipped(word[:-1] if plural else word, 24)


def _title(unit: str) -> str:
    if unit == "index":
        return "Indexed tags"
    return "Named tags" if unit == "name" else f"{unit[:1].upper()}{unit[1:]}s"
