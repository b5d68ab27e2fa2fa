"""Text table: a chart as a few rows of text, for places that show no pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextCell:
    """One cell.

    Attributes:
        text: as it is shown.
        value: the number that the text shows; None where it is not a number.
        best: whether the cell is emphasised.
        sparkline: finite values in order, shown as a small line; empty for none.
    """

    text: str
    value: float | None = None
    best: bool = False
    sparkline: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column's heading, and whether it holds numbers."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of cells.

    Attributes:
        columns: one for each cell of a row.
        rows: in the order in which they are shown.
        note: what the table leaves out; "" for nothing.
        explanation: sentences to stand below the table; "" where the table tells all.
    """

    columns: tuple[TextColumn, ...]
    rows: tuple[tuple[TextCell, ...], ...]
    note: str = ""
    explanation: str = ""
