"""Report: a tree of plain frozen blocks between what was computed and how it is rendered.

Every string here is plain text from a log or from us, never markup, but for `Prose.markdown`,
which outputs render and sanitise. Outputs escape; blocks do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape
from math import isfinite, nan

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.groups.seed_groups import NO_GROUPS, SeedGroups
from reportgen.analysis.last_and_best import Ending
from reportgen.analysis.summary import Summary
from reportgen.analysis.verdicts.run_values import RunValues
from reportgen.figures.chart import Chart
from reportgen.frames.experiment import Experiment
from reportgen.report.statements import Statement
from reportgen.report.verdict import Verdict


class Role(StrEnum):
    """What a block is for, where outputs choose by it."""

    OTHER = ""
    METRIC = "metric"  # the curves of one metric
    GROUPS = "groups"  # the same of groups of seeds
    CONFUSION = "confusion"  # the last confusion matrix of a run
    HEALTH = "health"  # what is wrong with the data, or not shown
    LEFT_OUT = "left out"  # the table of figures that were left out to keep a page small
    CUT = "cut"  # the sentence that texts were cut to keep a page small


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


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A chart to be drawn.

    Attributes:
        id: by which it is linked to, unique in the report.
        chart: what it draws.
        wide: whether it takes the page's whole width.
        runs: names of the runs that it is about; empty where it shows all of them.
        role: what it is for.
        tag: that it shows, or what the log calls several tags in one chart; "" for none.
        name: what its id is made from: its title without the step, which a later report of the
            same logs does not show; "" for the title.
    """

    id: str
    chart: Chart
    wide: bool = False
    runs: tuple[str, ...] = ()
    role: Role = Role.OTHER
    tag: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """An encoded picture from the log, shown as it is.

    Attributes:
        series: what it shows, at one of several steps or in one of several runs; pictures of one
            series follow each other, by run and then by step.
        step: at which.
        runs: names of the runs that it is about.
        name: what its id is made from, see `FigureBlock`.
    """

    id: str
    title: str
    caption: str
    alt: str
    content_type: str
    data: bytes
    width: int
    height: int
    series: str = ""
    step: int = -1
    runs: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Audio:
    """A sound from the log, to be played where an output can.

    Attributes:
        text: a sentence that stands for it where an output cannot.
        content_type: "audio/wav"; what the bytes are, not what the log says.
        runs: names of the runs that it is about.
        name: what its id is made from, see `FigureBlock`.
    """

    id: str
    title: str
    text: str
    content_type: str
    data: bytes
    runs: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown from a log, a run's notes or the user; untrusted.

    Attributes:
        title: its heading; "" where its section's is enough.
        id: what the ids of its footnotes begin with, unique in the report.
        tag: that it was logged under; "" for none.
        name: what its id is made from, see `FigureBlock`.
        runs: that logged it, all the same; () where no run did.
        step: at which it was logged; -1 for none.
        earlier: step and Markdown of what was logged under the tag before, in order.
        logged: at how many steps; more than `earlier` has where some are left out.
        by_user: whether the user wrote it, in notes or a template, and no log.
    """

    title: str
    markdown: str
    id: str = ""
    tag: str = ""
    name: str = ""
    runs: tuple[str, ...] = ()
    step: int = -1
    earlier: tuple[tuple[int, str], ...] = ()
    logged: int = 1
    by_user: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One plain sentence of ours: what is missing, limited or damaged."""

    text: str
    role: Role = Role.OTHER


Block = Table | FigureBlock | Media | Audio | Prose | Notice


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with a heading; `id` is unique in the report."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def count(self) -> int:
        """How many figures and pictures the section shows."""
        return sum(isinstance(block, FigureBlock | Media) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A run group as the page's legend names it.

    Attributes:
        name: of the group.
        color: "#rrggbb".
        dash: matplotlib's line style.
        runs: names of its runs.
        note: its rank, whether it is the baseline, or how it ended, in a word or two.
    """

    name: str
    color: str
    dash: str
    runs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """A whole report.

    Attributes:
        title: the report's heading.
        facts: short phrases for the line under the title (runs, steps, when, how long).
        legend: the runs and their colours, in order.
        summary: the ranked table of runs and key metrics; None without any scalar.
        sections: in order; an empty section is absent.
        provenance: label and value of each fact about inputs, versions and command.
        ranking: the facts behind `summary`, for outputs that tell them in their own way.
        experiment: what the report was made from, for outputs of data.
        verdict: None without checks and baseline.
        endings: last and best value of every run and tag, in the directions that `build` used.
        statements: what it says first, in order, the leading run before what happened.
        shared_parameters: a sentence on what is the same in all runs; "" for nothing.
        findings: what happened in the runs, errors first.
        ignored: findings that the user does not want to see.
        run_values: every run with its series, for checks and for what stores them.
        seed_groups: which runs differ only in their seed.
        compared: what the baseline is, a sentence; "" without one.
        as_private: makes the same report without hosts, users and paths.
        as_html: makes the page that a notebook shows; None where a notebook shows `repr`.
    """

    title: str
    facts: tuple[str, ...]
    legend: tuple[LegendEntry, ...]
    summary: Table | None
    sections: tuple[Section, ...]
    provenance: tuple[tuple[str, str], ...]
    ranking: Summary
    experiment: Experiment = field(repr=False, compare=False)  # frames have no one truth value
    verdict: Verdict | None = None
    endings: tuple[Ending, ...] = field(default=(), repr=False)
    statements: tuple[Statement, ...] = ()
    shared_parameters: str = ""
    findings: tuple[Finding, ...] = ()
    ignored: tuple[Finding, ...] = ()
    run_values: tuple[RunValues, ...] = field(default=(), repr=False, compare=False)
    seed_groups: SeedGroups = NO_GROUPS
    compared: str = ""
    as_private: Callable[[], Report] | None = field(default=None, repr=False, compare=False)
    as_html: Callable[[Report], str] | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        """Return the title and a line for each section."""
        lines = [
            f"  {section.title}: {wording.count(len(section.blocks), 'block')}, "
            f"{wording.count(section.count, 'figure')}"
            for section in self.sections
        ]
        return "\n".join([f"Report {self.title!r}", *lines])

    def _repr_html_(self) -> str | None:
        """Return the page in a frame of its own, so that its styles and the notebook's differ."""
        if self.as_html is None:
            return None
        page = escape(self.as_html(self), quote=True)
        return (
            f'<iframe srcdoc="{page}" title="{escape(self.title, quote=True)}" '
            'sandbox="allow-scripts allow-popups allow-downloads" '
            'style="width:100%;height:80vh;min-height:480px;border:1px solid #ccc"></iframe>'
        )

    def blocks(self) -> tuple[Block, ...]:
        """Return every block of the report, in order."""
        return tuple(block for section in self.sections for block in section.blocks)

    def figures(self) -> tuple[FigureBlock, ...]:
        """Return every figure of the report, in order."""
        return tuple(block for block in self.blocks() if isinstance(block, FigureBlock))
