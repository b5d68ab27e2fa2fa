"""A table of a report: plain values, which each output shows in its own way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite, nan

from reportgen.report.role import Role


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column.

    Attributes:
        name: its heading, or the last line of it.
        numeric: whether it holds numbers, which are aligned right.
        over: the first line of a heading of two, such as a tag; "" for none.
        ranks: whether it is what the rows are ordered by.
        parameter: whether it holds a parameter of runs, which a narrow page leaves out.
        strip: whether its cells show their value among those of all rows, see `Table.strip`.
        axis: places from 0 to 1 and labels of the axis that its cells' dots share.
    """

    name: str
    numeric: bool = False
    over: str = ""
    ranks: bool = False
    parameter: bool = False
    strip: bool = False
    axis: tuple[tuple[float, str], ...] = ()

    @property
    def heading(self) -> str:
        """The whole heading in one line."""
        return f"{self.over} {self.name}" if self.over else self.name


@dataclass(frozen=True, slots=True)
class Dots:
    """Values on an axis that all cells of a column share, as places from 0 to 1.

    Attributes:
        points: filled, each with its colour "#rrggbb".
        ring: where a line to the first dot begins; None for no line.
        best: from which a worse first dot is marked; None where it is not worse.
    """

    points: tuple[tuple[float, str], ...]
    ring: float | None = None
    best: float | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """The values of all rows on one axis, from the lowest to the highest.

    Attributes:
        values: finite, ascending, at least two different ones.
        median: of them.
        ends: the lowest and the highest as text.
    """

    values: tuple[float, ...]
    median: float
    ends: tuple[str, str]

    def place(self, value: float) -> float:
        """Return where a value stands, from 0 to 1; NaN for what is not finite."""
        low, high = self.values[0], self.values[-1]
        return (value - low) / (high - low) if isfinite(value) else nan

    @property
    def places(self) -> tuple[float, ...]:
        """Where each value stands, from 0 to 1."""
        return tuple(self.place(value) for value in self.values)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: as it is shown.
        detail: what is said smaller beside it.
        tone: "better" or "worse" than what it is compared with, which the text says too; "".
        value: what a reader sorts by, where the text is a number.
        best: the best of its column.
        color: "#rrggbb" of the run that the cell names, shown as a swatch before it.
        spark: values of a sparkline in order, drawn in `color`; empty for none.
        dots: values on the axis of its column; None for none.
        around: what stands in grey before and after the text, so that both are found.
        id: by which the row that starts with it is linked to; "" for none.
        run: the run or run group that it names; "" for none.
        lit: where its value stands on the table's strip, from 0 to 1; None without a strip.
    """

    text: str
    value: float | None = None
    detail: str = ""
    best: bool = False
    color: str = ""
    spark: tuple[float, ...] = ()
    id: str = ""
    tone: str = ""
    run: str = ""
    dots: Dots | None = None
    around: tuple[str, str] = ("", "")
    lit: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; `note` says what the table leaves out.

    Attributes:
        foot: how many of the last rows sum up the others.
        headed: whether its title is shown above it and linked to, and its note below as its
            caption; else its section's title is enough.
        wide: whether it takes the page's whole width; else it stands beside what is before it.
        runs: names of the runs that it is about; empty where it shows all of them.
        id: by which it is linked to, unique in the report; "" where it is not headed.
        role: what it is for.
        tag: that it is about; "" for none.
        name: what its id is made from, see `FigureBlock`.
        unfolded: places of the rows that are shown at first, where a page can fold the others;
            empty for all.
        folded: whether a page shows its rows only when asked to; only where it is headed.
        strip: the axis of the column whose cells are lit; None without one.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    foot: int = 0
    headed: bool = False
    wide: bool = True
    runs: tuple[str, ...] = ()
    id: str = ""
    role: Role = Role.OTHER
    tag: str = ""
    name: str = ""
    unfolded: tuple[int, ...] = ()
    folded: bool = False
    strip: Strip | None = None

    def as_text(self) -> Table:
        """Return the table without the columns of dots, for outputs that do not draw them."""
        shown = [place for place, column in enumerate(self.columns) if not column.axis]
        if len(shown) == len(self.columns):
            return self
        return replace(
            self,
            columns=tuple(self.columns[place] for place in shown),
            rows=tuple(
                tuple(row[place] for place in shown if place < len(row)) for row in self.rows
            ),
        )
