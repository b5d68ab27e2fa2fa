"""Importance: how closely each parameter and the metric rise and fall together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.trials import Trials, numeric, rank_correlation
from reportgen.figures import legend as legends
from reportgen.figures.style import GREY, INK, new_figure, styled

FEWEST = 8  # runs; of fewer, chance alone makes strong correlations
_MOST = 12
_COLOR = "#5b616b"


@dataclass(frozen=True, slots=True)
class ImportanceChart:
    """Spearman's rank correlation of each parameter with the metric, strongest first.

    Attributes:
        left_out: parameters that have no order.
    """

    title: str
    metric: str
    runs: int
    names: tuple[str, ...]
    correlations: tuple[float, ...]
    left_out: tuple[str, ...]
    kind: str = "importance"

    def caption(self) -> str:
        """What a bar is, and how far it can be trusted."""
        sentences = [
            f"Rank correlation (Spearman) with {self.metric} over {self.runs} runs.",
            "1 rises with it, \N{MINUS SIGN}1 falls as it rises. Correlation is no cause.",
            f"Without an order: {wording.listing(self.left_out)}." if self.left_out else "",
            "" if self.names else "No parameter can be compared.",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """The strongest correlations."""
        pairs = list(zip(self.names, self.correlations, strict=True))[:3]
        strongest = "; ".join(f"{name} {wording.number(value, 2)}" for name, value in pairs)
        return f"Rank correlation of parameters with {self.metric}: {strongest or 'none'}."

    def data(self) -> pd.DataFrame:
        """A row a parameter."""
        return pd.DataFrame({"parameter": self.names, "rank correlation": self.correlations})

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there are no lines
        """The figure: a bar a parameter."""
        shown = max(1, len(self.names[:_MOST]))
        height = 54 + 24 * shown
        with styled():
            figure, axes = new_figure(440, height)
            axes.set_position((0.34, 44 / height, 0.62, 24 * shown / height))
            values = self.correlations[:_MOST]
            places = np.arange(len(values))
            axes.barh(places, values, height=0.6, color=_COLOR)
            for place, value in zip(places.tolist(), values, strict=True):
                side = "left" if value >= 0 else "right"
                text = f" {wording.number(value, 2)} "
                axes.text(value, place, text, ha=side, va="center", fontsize=7, color=INK)
            names = [legends.short(name, 20) for name in self.names[:_MOST]]
            axes.set_yticks(places, names, fontsize=8)
            axes.tick_params(axis="y", length=0)
            axes.axvline(0, color=GREY, linewidth=0.8)
            axes.set_xlim(-1.12, 1.12)
            axes.set_ylim(shown - 0.4, -0.6)
            axes.grid(visible=False, axis="y")
            axes.set_xlabel("rank correlation")
        return figure


def prepare(trials: Trials) -> ImportanceChart:
    """A chart of all runs.

    Args:
        trials: see `reportgen.analysis.trials`.
    """
    columns = {str(name): numeric(values) for name, values in trials.parameters.items()}
    found = [
        (name, rank_correlation(x, trials.reached)) for name, x in columns.items() if x is not None
    ]
    found = sorted((one for one in found if np.isfinite(one[1])), key=lambda one: -abs(one[1]))
    return ImportanceChart(
        "importance of parameters",
        trials.metric,
        len(trials.groups),
        tuple(name for name, _ in found),
        tuple(value for _, value in found),
        tuple(name for name, x in columns.items() if x is None),
    )
