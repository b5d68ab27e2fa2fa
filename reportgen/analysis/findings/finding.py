"""A finding: one thing that happened in a run, with the numbers it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen import wording

SEVERITIES = ("error", "warning", "note")  # the gravest first


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that happened.

    Attributes:
        rule: name of the rule that found it, as in `reportgen.analysis.findings.rules`.
        severity: one of `SEVERITIES`.
        run: name of the run; "" where it is about all runs.
        group: the run that train and validation siblings belong to, else the run itself.
        tag: as logged; "" where it is about the run as a whole.
        step, end_step: first and last step of what happened; -1 where it has no step.
        sentence: what happened, with numbers, without the name of the run.
        advice: what to do next in a few words; "" where nothing honest can be said.
        figure: the kind of figure that shows it: "curve", "histogram", "confusion", "ranks",
            "family" (tags that differ by an index) or "table" (of the runs).
        numbers: what the sentence rests on, by name.
        tags: further tags that show the same, in order.
        cells: of a confusion matrix, actual and predicted class of each pair that is told.
    """

    rule: str
    severity: str
    run: str
    group: str
    tag: str
    step: int
    end_step: int
    sentence: str
    advice: str = ""
    figure: str = "curve"
    numbers: Mapping[str, float] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()

    @property
    def line(self) -> str:
        """The finding whole, in one line: run, what happened, and what to do next."""
        name = f"{wording.clipped(self.run)}: " if self.run else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{name}{self.sentence}{advice}"
