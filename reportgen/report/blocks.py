"""The blocks that a section of a report is made of."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.figures.chart import Chart
from reportgen.report.role import Role
from reportgen.report.table import Table


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
        tags: all tags that it shows, where `tag` is what they are called together.
        name: what its id is made from: its title without the step, which a later report of the
            same logs does not show; "" for the title.
    """

    id: str
    chart: Chart
    wide: bool = False
    runs: tuple[str, ...] = ()
    role: Role = Role.OTHER
    tag: str = ""
    tags: tuple[str, ...] = ()
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
        plain: whether it is shown as it is, since the report's texts take long to format.
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
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One plain sentence of ours: what is missing, limited or damaged."""

    text: str
    role: Role = Role.OTHER


Block = Table | FigureBlock | Media | Audio | Prose | Notice
