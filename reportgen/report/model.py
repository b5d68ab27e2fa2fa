"""Report: a tree of plain frozen blocks between what was computed and how it is rendered.

Every string here is plain text from a log or from us, never markup, but for `Prose.markdown`,
which outputs render and sanitise. Outputs escape; blocks do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.groups.seed_groups import NO_GROUPS, SeedGroups
from reportgen.analysis.last_and_best import Ending
from reportgen.analysis.summary import Summary
from reportgen.analysis.verdicts.run_values import RunValues
from reportgen.frames.experiment import Experiment
from reportgen.report.blocks import Block, FigureBlock, Media
from reportgen.report.statements import Statement
from reportgen.report.table import Table
from reportgen.report.verdict import Verdict


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
        group_legend: groups of seeds and lone runs, the best first, each with its run groups; ()
            without groups.
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
    group_legend: tuple[LegendEntry, ...] = ()
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
