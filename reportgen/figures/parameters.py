"""Parameters: the metric that each run reached, by each of its parameters."""

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
from reportgen.figures.style import PIXELS_PER_INCH, RunStyle, styled
from reportgen.figures.ticks import plain, powers

_MOST = 6  # parameters
_ACROSS = 2
_WIDTH, _HEIGHT = 220, 180  # pixels of one
_DECADES = 100.0  # largest over smallest value, from which on a scale is logarithmic
_LONGEST = 24

BETTER = {"down": "Lower is better.", "up": "Higher is better."}


@dataclass(frozen=True, slots=True)
class ScatterChart:
    """A dot a run and parameter."""

    title: str
    trials: Trials
    styles: tuple[RunStyle, ...]
    kind: str = "parameter_scatter"

    def caption(self) -> str:
        """What a dot is, and how many parameters are not drawn."""
        names = list(self.trials.parameters.columns)
        sentences = [
            f"A dot a run: {self.trials.metric} by each parameter that differs.",
            BETTER.get(self.trials.direction, ""),
            f"{_MOST} of {len(names)} parameters drawn." if len(names) > _MOST else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """The best run and its parameters."""
        return f"{self.trials.metric} by parameter. {best_told(self.trials)}"

    def data(self) -> pd.DataFrame:
        """A row a run."""
        return table(self.trials)

    def draw(self, *, legend: bool = False) -> Figure:
        """The figure: small scatter plots that share their y axis."""
        names = list(self.trials.parameters.columns)[:_MOST]
        down = -(-len(names) // _ACROSS)
        width, height = _ACROSS * _WIDTH, down * _HEIGHT
        with styled():
            figure = Figure(figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
            for index, name in enumerate(names):
                row, column = divmod(index, _ACROSS)
                left, bottom = column * _WIDTH + 50, height - (row + 1) * _HEIGHT + 46
                axes = figure.add_axes(
                    (left / width, bottom / height, (_WIDTH - 62) / width, (_HEIGHT - 58) / height)
                )
                plain(axes.yaxis, 4)
                x = _place(axes, self.trials.parameters[name])
                for place, style in enumerate(self.styles):
                    axes.plot(x[place], self.trials.reached[place], "o", color=style.color, ms=5)
                axes.set_xlabel(legends.short(str(name), _LONGEST))
                axes.margins(0.1)
            if legend:
                pairs = zip(self.trials.groups, self.styles, strict=True)
                legends.add(figure, [legends.Entry(name, style.color) for name, style in pairs])
        return figure


def prepare(trials: Trials, styles: Mapping[str, RunStyle]) -> ScatterChart:
    """A chart of all runs.

    Args:
        trials: see `reportgen.analysis.trials`.
        styles: by run group.
    """
    own = tuple(styles[group] for group in trials.groups)
    return ScatterChart(f"{trials.metric} by parameter", trials, own)


def table(trials: Trials) -> pd.DataFrame:
    """A row a run: its name, the metric, its parameters."""
    facts = pd.DataFrame({"run": trials.groups, trials.metric: trials.reached})
    return pd.concat([facts, trials.parameters.reset_index(drop=True)], axis=1)


def best_told(trials: Trials) -> str:
    """A sentence: the best run, what it reached and with what."""
    if not trials.direction:
        return f"{wording.count(len(trials.groups), 'run')}."
    choose = np.argmax if trials.direction == "up" else np.argmin
    place = int(choose(trials.reached))
    given = wording.listing(
        [f"{name} {told(value)}" for name, value in trials.parameters.iloc[place].items()], 4
    )
    reached = wording.number(float(trials.reached[place]))
    return f"{trials.groups[place]} is best with {reached}: {given}."


def told(value: object) -> str:
    """A parameter's value in words."""
    if isinstance(value, float):
        return wording.number(value) if not np.isnan(value) else "not given"
    return str(value)


def logarithmic(values: Floats) -> bool:
    """Whether positive values span two decades."""
    finite = values[np.isfinite(values)]
    return bool(len(finite) and finite.min() > 0 and finite.max() / _DECADES >= finite.min())


def _place(axes: Axes, values: pd.Series) -> Floats:
    """Where each run's value stands on the x axis; words stand side by side."""
    known = numeric(values)
    words = sorted({str(value) for value in values if isinstance(value, str | bool)})
    if words or known is None:
        places = np.array([words.index(str(v)) if str(v) in words else np.nan for v in values])
        axes.set_xticks(range(len(words)), [legends.short(word, 10) for word in words])
        return places
    if logarithmic(known):
        axes.set_xscale("log")
        powers(axes.xaxis, 4)
    else:
        plain(axes.xaxis, 4)
    return known
