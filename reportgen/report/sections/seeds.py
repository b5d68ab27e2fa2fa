"""Seeds: what each group of runs that differ only in their seed reached, and what is real."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reportgen import wording
from reportgen.analysis.groups.group_results import (
    GroupResult,
    difference_sentences,
    group_results,
)
from reportgen.analysis.groups.seed_groups import SeedGroups, units
from reportgen.analysis.groups.superiority import Better
from reportgen.analysis.summary import Summary
from reportgen.report.digits import decimals, fixed
from reportgen.report.model import Block, Cell, Column, Notice, Table

_MAX_SENTENCES = 4
_MAX_DECIMALS = 6
_BETTER: dict[str, Better] = {"up": "up", "down": "down"}


def blocks(groups: SeedGroups, ranking: Summary) -> list[Block]:
    """Return a table of the groups in each key metric, and which differences are real.

    Args:
        groups: of seeds.
        ranking: of the runs, whose metrics are shown.
    """
    if not groups:
        return []
    names = ranking.groups
    shown: list[Block] = [Notice(groups.sentence)]
    for index, key in enumerate(ranking.metrics):
        better: Better | None = _BETTER.get(key.direction)
        if better is None:
            continue
        values = {
            run.group: reached.value for run in ranking.runs if (reached := run.reached[index])
        }
        results = group_results(list(units(names, groups)), values, better)
        if results:
            shown.append(
                _table(
                    results,
                    f"{key.tag} {ranking.kind(index)}",
                    _places(results, decimals(ranking, index)),
                )
            )
            sentences = difference_sentences(results, better, _MAX_SENTENCES)
            shown += [Notice(sentence) for sentence in sentences]
    return shown


def _places(results: tuple[GroupResult, ...], usual: int) -> int:
    """Return how many decimals show two digits of the smallest spread, at least the usual."""
    spreads = [result.deviation for result in results if result.deviation > 0]
    wanted = 1 - math.floor(math.log10(min(spreads))) if spreads else usual
    return min(max(usual, wanted), _MAX_DECIMALS)


def _table(results: tuple[GroupResult, ...], value: str, places: int) -> Table:
    headings = ("rank", "group", "seeds", f"{value}, mean ± sd", "lowest", "highest")
    columns = tuple(Column(heading, numeric=heading != "group") for heading in headings)
    rows = tuple(tuple(_cells(result, places)) for result in results)
    note = "Groups that cannot be told apart share a rank." if len(results) > 1 else ""
    return Table(f"{wording.clipped(value)} by group", columns, rows, note)


def _cells(result: GroupResult, places: int) -> Iterator[Cell]:
    yield Cell(f"{result.rank}", result.rank)
    yield Cell(result.name)
    missing = result.runs - len(result.values)
    yield Cell(
        f"{len(result.values):,}",
        len(result.values),
        detail=f"{missing} without a finite value" if missing else "",
    )
    spread = "" if math.isnan(result.deviation) else f" ± {fixed(result.deviation, places)}"
    yield Cell(f"{fixed(result.mean, places)}{spread}", result.mean)
    for edge in (min(result.values), max(result.values)):
        yield Cell(fixed(edge, places), edge)
