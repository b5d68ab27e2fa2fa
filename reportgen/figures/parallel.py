"""Parallel coordinates: a line a run through its parameters to what it reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.trials import Floats, Trials, numeric
from reportgen.figures import legend as legends
from reportgen.figures.parameters import BETTER, best_told, logarithmic, table, told
from reportgen.figures.style import GREY, HAIRLINE, RunStyle, new_figure, styled

_MOST = 6  # parameters
_MANY = 24  # runs; beyond, lines are thin
_LONGEST = 13


@dataclass(frozen=True, slots=True)
class ParallelChart:
    """Each run as a line over one axis a parameter, the metric last."""

    title: str
    trials: Trials
    styles: tuple[RunStyle, ...]
    kind: str = "parallel"

    def caption(self) -> str:
        """What a line is, how axes are scaled, and the best run."""
        names = list(self.trials.parameters.columns)
        sentences = [
            f"A line a run, from its parameters to {self.trials.metric}.",
            "Each axis goes from its lowest to its highest value.",
            BETTER.get(self.trials.direction, ""),
            f"{_MOST} of {len(names)} parameters drawn." if len(names) > _MOST else "",
            best_told(self.trials) if self.trials.direction else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """The best run and its parameters."""
        count = wording.count(len(self.trials.groups), "run")
        return f"Parallel coordinates of {count}. {best_told(self.trials)}"

    def data(self) -> pd.DataFrame:
        """A row a run."""
        return table(self.trials)

    def draw(self, *, legend: bool = False) -> Figure:
        """The figure."""
        names = list(self.trials.parameters.columns)[:_MOST]
        columns = [self.trials.parameters[name] for name in names]
        columns.append(pd.Series(self.trials.reached))
        with styled():
            figure, axes = new_figure()
            axes.set_position((0.09, 0.17, 0.82, 0.75))
            axes.set_axis_off()
            heights = np.array([_axis(axes, x, values) for x, values in enumerate(columns)])
            for x, name in enumerate([*names, self.trials.metric]):
                text = legends.short(str(name), _LONGEST)
                axes.text(x, -0.12, text, ha="center", va="top", color=GREY, fontsize=8)
            thin = {"linewidth": 0.8, "alpha": 0.6} if len(self.styles) > _MANY else {}
            for index, (style, line) in enumerate(zip(self.styles, heights.T, strict=True)):
                axes.plot(line, color=style.color, gid=f"line-{index + 1}", **thin)  # type: ignore[arg-type]
            axes.set_xlim(-0.1, len(columns) - 0.9)
            axes.set_ylim(-0.05, 1.05)
            if legend:
                pairs = zip(self.trials.groups, self.styles, strict=True)
                legends.add(figure, [legends.Entry(name, style.color) for name, style in pairs])
        return figure


def prepare(trials: Trials, styles: Mapping[str, RunStyle]) -> ParallelChart:
    """A chart of all runs.

    Args:
        trials: see `reportgen.analysis.trials`.
        styles: by run group.
    """
    own = tuple(styles[group] for group in trials.groups)
    return ParallelChart("parameters of all runs", trials, own)


def _axis(axes: Axes, x: int, values: pd.Series) -> Floats:
    """Draws one axis with its ends, and returns the height of each run on it, (n,)."""
    axes.plot([x, x], [0, 1], color=HAIRLINE, linewidth=1)
    known = numeric(values)
    words = sorted({str(value) for value in values if isinstance(value, str | bool)})
    if words or known is None:
        known = np.array([words.index(str(v)) if str(v) in words else np.nan for v in values])
        ends = (words[0], words[-1]) if words else ("", "")
    else:
        if not np.isfinite(known).any():
            return known
        ends = (told(float(np.nanmin(known))), told(float(np.nanmax(known))))
        known = np.log10(known) if logarithmic(known) else known / 2  # half: no range overflows
    low, high = np.nanmin(known), np.nanmax(known)
    for y, side, text in ((0, "top", ends[0]), (1, "bottom", ends[1])):
        place = y - 0.02 + 0.04 * y
        axes.text(x, place, legends.short(text, 10), ha="center", va=side, fontsize=7, color=GREY)
    return (known - low) / (high - low) if high > low else np.full(len(known), 0.5)
