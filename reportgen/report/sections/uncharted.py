"""Values without a curve: single values, constants, counters, and tags that repeat others."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen import wording
from reportgen.analysis.curve_worth import Uncharted
from reportgen.report.blocks import Block, Notice
from reportgen.report.table import Cell, Column, Table

_MAX_RUN_COLUMNS = 8
_MAX_ROWS = 1_000
_MAX_REPEATED = 8  # sentences


def blocks(uncharted: Uncharted) -> list[Block]:
    """Return the tables of single values and of constants, and what is not drawn twice.

    Args:
        uncharted: see `reportgen.analysis.curve_worth`.
    """
    tables: list[Block] = []
    if not uncharted.single.empty:
        tables.append(_single(uncharted.single))
    if not uncharted.constant.empty:
        tables.append(_constants(uncharted.constant))
    return [*tables, *_repeated(uncharted.repeated)]


def _single(rows: pd.DataFrame) -> Table:
    """Return a row a tag and a column a run; of many runs, a row a run and tag."""
    runs = list(dict.fromkeys(rows["run"].astype(str)))
    title = "Single values"
    if len(runs) > _MAX_RUN_COLUMNS:
        cells = [
            (Cell(str(tag)), Cell(str(run), run=str(run)), _value(value))
            for tag, run, value in zip(rows["tag"], rows["run"], rows["value"], strict=True)
        ]
        wide = (Column("tag"), Column("run"), Column("value", numeric=True))
        return Table(title, wide, tuple(cells[:_MAX_ROWS]), _left_out(len(cells)), headed=True)
    by_tag: dict[str, dict[str, float]] = {}
    for tag, run, value in zip(rows["tag"], rows["run"], rows["value"], strict=True):
        by_tag.setdefault(str(tag), {})[str(run)] = float(value)
    table_rows = tuple(
        (Cell(tag), *(_value(values[run]) if run in values else Cell("") for run in runs))
        for tag, values in list(by_tag.items())[:_MAX_ROWS]
    )
    headings = runs if len(runs) > 1 else ["value"]
    columns = (Column("tag"), *(Column(heading, numeric=True) for heading in headings))
    return Table(title, columns, table_rows, _left_out(len(by_tag)), headed=True)


def _constants(rows: pd.DataFrame) -> Table:
    """Return a row a tag: its value, or how far a counter came in the runs."""
    spans = rows.groupby("tag", sort=False, observed=True)["value"].agg(["min", "max"])
    cells = tuple(
        (Cell(str(tag)), Cell(_span(float(low), float(high)), float(high)))
        for tag, low, high in zip(spans.index, spans["min"], spans["max"], strict=True)
    )
    columns = (Column("tag"), Column("last value", numeric=True))
    note = _left_out(len(cells))
    return Table("Constants and counters", columns, cells[:_MAX_ROWS], note, headed=True)


def _repeated(repeated: Mapping[str, str]) -> list[Notice]:
    sentences = [
        f"{wording.clipped(tag)} holds the same values as {wording.clipped(first)}."
        for tag, first in list(repeated.items())[:_MAX_REPEATED]
    ]
    if len(repeated) > _MAX_REPEATED:
        rest = wording.count(len(repeated) - _MAX_REPEATED, "more tag")
        sentences.append(f"So do {rest} of another.")
    return [Notice(" ".join(sentences))] if sentences else []


def _left_out(rows: int) -> str:
    return f"{rows - _MAX_ROWS:,} more rows are left out." if rows > _MAX_ROWS else ""


def _span(low: float, high: float) -> str:
    first, last = wording.number(low, 6), wording.number(high, 6)
    return last if first == last else f"{first} to {last}"


def _value(value: float) -> Cell:
    return Cell(wording.number(value, 6), value)
