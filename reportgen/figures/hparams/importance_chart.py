"""Importance: rank correlation of each parameter with the metric, compared with chance."""

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

_MAX_BARS = 15
_LONGEST_NAME = 22


@dataclass(frozen=True, slots=True)
class ImportanceChart(Chart):
    """Spearman's correlation of the parameters that have an order, the strongest first."""

    kind: ClassVar[str] = "importance"
    metric: str
    parameters: tuple[Parameter, ...]
    unordered: tuple[str, ...]
    runs: int

    def caption(self) -> str:
        """Return what a bar means, and what it does not mean."""
        pairs = [parameter.pairs for parameter in self.parameters]
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
            f"Strongest {len(self.parameters[:_MAX_BARS])} of {len(self.parameters)}."
            if len(self.parameters) > _MAX_BARS
            else "",
            f"Without an order, and so without a bar: {wording.listing(self.unordered)}."
            if self.unordered
            else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """Return the strongest correlations."""
        texts = [
            f"{parameter.name} {wording.number(parameter.correlation, 2)}"
            for parameter in self.parameters[:_MAX_BARS]
        ]
        return f"Rank correlation of parameters with {self.metric}: {', '.join(texts)}."

    def data(self) -> pd.DataFrame:
        """Return correlation and number of runs, a row a parameter."""
        return pd.DataFrame(
            {
                "parameter": [parameter.name for parameter in self.parameters],
                "rank correlation": [parameter.correlation for parameter in self.parameters],
                "runs": [parameter.pairs for parameter in self.parameters],
            }
        )

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure: a bar a parameter, grey where it may be chance."""
        shown = self.parameters[:_MAX_BARS]
        chance = self._chance()
        with styled():
            figure, axes = new_figure(440, 70 + 24 * len(shown))
            height = figure.get_figheight() * PIXELS_PER_INCH
            axes.set_position((0.36, 44 / height, 0.6, 1 - 56 / height))
            for row, parameter in enumerate(shown):
                strong = abs(parameter.correlation) > chance
                axes.barh(
                    -row,
                    parameter.correlation,
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
            names = [short(parameter.name, _LONGEST_NAME) for parameter in shown]
            axes.set_yticks(-np.arange(len(shown)), names)
            axes.tick_params(axis="y", length=0)
            axes.grid(visible=False, axis="y")
            axes.set_xlabel("rank correlation")
        return figure

    def _chance(self) -> float:
        return by_chance(min((parameter.pairs for parameter in self.parameters), default=0))


def prepare(title: str, study: Study) -> ImportanceChart | str:
    """Return a chart of a study, or a sentence on why there is none.

    Args:
        title: its heading.
        study: see `reportgen.analysis.parameters`.
    """
    ordered = tuple(
        parameter for parameter in study.parameters if np.isfinite(parameter.correlation)
    )
    if not ordered:
        runs = wording.count(len(study.groups), "run")
        return (
            f"No importance of parameters: {runs} with parameters and {study.metric}, and none of "
            f"them with two values and an order in at least {FEWEST}."
        )
    rest = tuple(
        parameter.name for parameter in study.parameters if not np.isfinite(parameter.correlation)
    )
    return ImportanceChart(title, study.metric, ordered, rest, len(study.groups))
