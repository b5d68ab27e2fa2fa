"""Importance: how much of the differences between runs each parameter explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.importance import FEWEST, MIN_EXPLAINED
from reportgen.analysis.parameters import Parameter, Study
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.style import GREY, INK, PIXELS_PER_INCH, new_figure, styled
from reportgen.figures.chart import Chart

_MAX_BARS = 15
_LONGEST_NAME = 22
_MAX_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class ImportanceChart(Chart):
    """The share of the variance that each parameter explains, the largest first."""

    kind: ClassVar[str] = "importance"
    study: Study
    parameters: tuple[Parameter, ...]

    def caption(self) -> str:
        """Return what matters and where runs did best, and what a bar means."""
        pairs = [parameter.importance.pairs for parameter in self.parameters]
        fewest = f"{min(pairs):,} to " if min(pairs) < max(pairs) else ""
        missing = len(self.study.groups) - max(pairs)
        sentences = [
            *self._what_matters(),
            (
                f"A bar is the share of the variance in the rank of {self.study.metric} that a "
                f"parameter explains, over {fewest}{wording.count(max(pairs), 'run')}; its tick is "
                "what chance stays below 19 times of 20."
            ),
            f"{wording.count(missing, 'run')} without a finite value." if missing else "",
            f"The first {_MAX_BARS} of {len(self.parameters)}."
            if len(self.parameters) > _MAX_BARS
            else "",
        ]
        return " ".join(filter(None, sentences))

    def _what_matters(self) -> list[str]:
        """Return a sentence for each of the parameters that matter most; or that none does."""
        strong = [parameter for parameter in self.parameters if parameter.importance.matters]
        if not strong:
            return ["No parameter has an effect that shows."]
        sentences = []
        for parameter in strong[:_MAX_SENTENCES]:
            best = parameter.best_range(self.study.direction)
            where = f", best at {best}" if best else ""
            share = f"{100 * parameter.importance.explained:.0f} %"
            sentences.append(f"{parameter.name} explains {share}{where}.")
        return sentences

    def alt(self) -> str:
        """Return the explained shares in words."""
        shares = [
            f"{parameter.name} {100 * parameter.importance.explained:.0f} %"
            for parameter in self.parameters[:_MAX_BARS]
        ]
        return f"Variance of {self.study.metric} that parameters explain: {', '.join(shares)}."

    def data(self) -> pd.DataFrame:
        """Return the explained share, its limit and the best range, a row a parameter."""
        return pd.DataFrame(
            {
                "parameter": [parameter.name for parameter in self.parameters],
                "variance explained": [
                    parameter.importance.explained for parameter in self.parameters
                ],
                "limit of chance": [parameter.importance.limit for parameter in self.parameters],
                "best": [
                    parameter.best_range(self.study.direction) for parameter in self.parameters
                ],
                "runs": [parameter.importance.pairs for parameter in self.parameters],
            }
        )

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure: a bar a parameter, grey where it is within chance."""
        shown = self.parameters[:_MAX_BARS]
        with styled():
            figure, axes = new_figure(440, 70 + 24 * len(shown))
            height = figure.get_figheight() * PIXELS_PER_INCH
            axes.set_position((0.36, 44 / height, 0.6, 1 - 56 / height))
            for row, parameter in enumerate(shown):
                weight = parameter.importance
                axes.barh(
                    -row,
                    weight.explained,
                    height=0.6,
                    color=INK if weight.matters else GREY,
                    alpha=1 if weight.matters else 0.5,
                    gid=f"bar-{row + 1}",
                )
                limit = max(weight.limit, MIN_EXPLAINED)
                axes.plot([limit, limit], [-row - 0.4, -row + 0.4], color=GREY, linewidth=1)
            axes.set_xlim(0, 1.02)
            axes.set_ylim(-len(shown) + 0.4, 0.6)
            names = [short(parameter.name, _LONGEST_NAME) for parameter in shown]
            axes.set_yticks(-np.arange(len(shown)), names)
            axes.tick_params(axis="y", length=0)
            axes.grid(visible=False, axis="y")
            axes.set_xlabel("variance explained")
        return figure


def prepare(title: str, study: Study) -> ImportanceChart | str:
    """Return the chart of a study, or the sentence that says why there is none.

    Args:
        title: its heading.
        study: see `reportgen.analysis.parameters`.
    """
    explaining = tuple(
        parameter for parameter in study.parameters if np.isfinite(parameter.importance.explained)
    )
    if not explaining:
        runs = wording.count(len(study.groups), "run")
        return (
            f"No importance of parameters: {runs} with parameters and {study.metric}, and none of "
            f"them with two values in at least {FEWEST}."
        )
    return ImportanceChart(title, study, explaining)
