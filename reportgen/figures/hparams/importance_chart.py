"""Importance: rank correlation of each parameter with the metric, beside what chance gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.importance import FEWEST, by_chance
from reportgen.analysis.parameters import Parameter, Study
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.style import GREY, INK, PIXELS_PER_INCH, new_figure, styled
from reportgen.figures.chart import Chart

_MOST = 15
_LONGEST_NAME = 22


@dataclass(frozen=True, slots=True)
class ImportanceChart(Chart):
    """Spearman's correlation of the parameters that have one, the strongest first."""

    kind: ClassVar[str] = "importance"
    metric: str
    parameters: tuple[Parameter, ...]
    unordered: tuple[str, ...]
    runs: int

    def caption(self) -> str:
        """What a bar means, and what it does not."""
        pairs = [one.pairs for one in self.parameters]
        fewest = f"{min(pairs):,} to " if min(pairs) < max(pairs) else ""
        missing = self.runs - max(pairs)
        sentences = [
            (
                f"Spearman's rank correlation with {self.metric} over "
                f"{fewest}{wording.count(max(pairs), 'run')}; to the right, a larger parameter "
                "goes with a larger metric."
            ),
            f"{wording.count(missing, 'run')} without a finite value." if missing else "",
            (
                f"Between the dotted lines lie 19 of 20 parameters that have nothing to do with it "
                f"(±{self._chance():.2f}). A correlation is no cause."
            ),
            f"Strongest {len(self.parameters[:_MOST])} of {len(self.parameters)}."
            if len(self.parameters) > _MOST
            else "",
            f"Without an order, and so without a bar: {wording.listing(self.unordered)}."
            if self.unordered
            else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """The strongest correlations, in words."""
        told = [
            f"{one.name} {wording.number(one.correlation, 2)}" for one in self.parameters[:_MOST]
        ]
        return f"Rank correlation of parameters with {self.metric}: {', '.join(told)}."

    def data(self) -> pd.DataFrame:
        """Correlation and pairs of each parameter."""
        return pd.DataFrame(
            {
                "parameter": [one.name for one in self.parameters],
                "rank correlation": [one.correlation for one in self.parameters],
                "runs": [one.pairs for one in self.parameters],
            }
        )

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002
        """The figure: a bar a parameter, grey where chance alone may give it."""
        shown = self.parameters[:_MOST]
        chance = self._chance()
        with styled():
            figure, axes = new_figure(440, 70 + 24 * len(shown))
            height = figure.get_figheight() * PIXELS_PER_INCH
            axes.set_position((0.36, 44 / height, 0.6, 1 - 56 / height))
            for row, one in enumerate(shown):
                strong = abs(one.correlation) > chance
                axes.barh(
                    -row,
                    one.correlation,
                    height=0.6,
                    color=INK if strong else GREY,
                    alpha=1 if strong else 0.5,
                    gid=f"bar-{row + 1}",
                )
            for edge in (-chance, chance):
                axes.axvline(edge, color=GREY, linewidth=0.8, linestyle=":")
            axes.axvline(0, color=GREY, linewidth=0.8)
            axes.set_xlim(-1.02, 1.02)
            axes.set_ylim(-len(shown) + 0.4, 0.6)
            names = [short(one.name, _LONGEST_NAME) for one in shown]
            axes.set_yticks(-np.arange(len(shown)), names)
            axes.tick_params(axis="y", length=0)
            axes.grid(visible=False, axis="y")
            axes.set_xlabel("rank correlation")
        return figure

    def _chance(self) -> float:
        return by_chance(min((one.pairs for one in self.parameters), default=0))


def prepare(title: str, study: Study) -> ImportanceChart | str:
    """A chart of a study, or the sentence that says why there is none.

    Args:
        title: its heading.
        study: see `reportgen.analysis.parameters`.
    """
    ordered = tuple(one for one in study.parameters if np.isfinite(one.correlation))
    if not ordered:
        runs = wording.count(len(study.groups), "run")
        return (
            f"No importance of parameters: {runs} with parameters and {study.metric}, and none of "
            f"them with two values and an order in at least {FEWEST}."
        )
    rest = tuple(one.name for one in study.parameters if not np.isfinite(one.correlation))
    return ImportanceChart(title, study.metric, ordered, rest, len(study.groups))
