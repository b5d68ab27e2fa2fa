"""Style: the colours of runs, and the empty figure that every chart starts from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from reportgen import assets
from reportgen.figures.canvas.ticks import plain

INK, GREY, HAIRLINE, GRID = "#1c1f24", "#5b616b", "#e3e6ea", "#eceef1"
PIXELS_PER_INCH = 100


def _between(first: str, last: str) -> list[str]:
    """Return eight colours from the first to the last."""
    ends = np.array([to_rgb(first), to_rgb(last)])
    parts = np.linspace(0, 1, 8)[:, None]
    return [to_hex(color) for color in ends[0] * (1 - parts) + ends[1] * parts]


# Okabe and Ito's set without its yellow, which is too faint on white, and five more; each with the
# colour that replaces it in the dark style. Any two differ by a CIEDE2000 of 10 or more in either
# style, for full colour vision and without red, green or blue cones (a test checks that).
_COLORS = {
    "#0072b2": "#6996ff",
    "#d55e00": "#f0782d",
    "#009e73": "#00c378",
    "#cc79a7": "#c3a5b4",
    "#56b4e9": "#b4d2ff",
    "#e69f00": "#f0d20f",
    "#000000": "#f4f5f7",
    "#782d69": "#a55a78",
    "#960f00": "#d22d4b",
    "#965a78": "#c378b4",
    "#1e5a4b": "#78ffb4",
    "#4b00e1": "#875ac3",
}
DARK = _COLORS | {INK: "#e6e8eb", GREY: "#a3a9b3", HAIRLINE: "#33373d", GRID: "#282b30"}

# Colours of shares from 0 to 1 in equal steps, and of text on the lower and on the higher half.
# They jump in the middle, so that each text colour is legible on all of its half.
ON_LOW, ON_HIGH = "#14171c", "#fefefe"
_RAMP = {
    ("#f6f9fc", "#8fbfe3"): ("#1d242c", "#2a6090"),
    ("#2d6fae", "#08306b"): ("#62a6da", "#bfe1fb"),
}
SHARES = tuple(color for light in _RAMP for color in _between(*light))
DARK |= dict(
    zip(SHARES, (color for dark in _RAMP.values() for color in _between(*dark)), strict=True)
)

# Colours of a change from -1 to 1 in equal steps: fewer, the same, more. Text on the strong ends
# has the colour of the higher half.
_CHANGE = {
    ("#9a4a04", "#ad5c14"): ("#f3b675", "#d99850"),
    ("#f0c592", "#f6f5f4"): ("#86551f", "#272625"),
    ("#f4f5f6", "#a3c7e2"): ("#252627", "#2f628c"),
    ("#3577ae", "#1b5792"): ("#6fb0e0", "#a3d2f5"),
}
CHANGES = tuple(color for light in _CHANGE for color in _between(*light))
DARK |= dict(
    zip(CHANGES, (color for dark in _CHANGE.values() for color in _between(*dark)), strict=True)
)
# Colours of runs as text: of a contrast of at least 5:1 on white; in the dark style, of the line.
_TEXT = {
    "#0072b2": "#00669f",
    "#d55e00": "#b04c00",
    "#009e73": "#00775a",
    "#cc79a7": "#9c4a77",
    "#56b4e9": "#1f74a6",
    "#e69f00": "#8a5f00",
    "#965a78": "#8c4f6e",
}
DARK |= {text: _COLORS[line] for line, text in _TEXT.items()}
STRONG = 0.5  # share of the largest change from which on a cell has a strong colour
DARK |= {ON_LOW: "#eef0f3", ON_HIGH: "#0d1116", "#ffffff": "#15171a"}
_NO_STYLE = (
    "backend",
    "date.epoch",
    "docstring",
    "interactive",
    "keymap",
    "tk",
    "toolbar",
    "webagg",
)
_DASHES = ("-", "-.", ":")
LOOKS = len(_COLORS) * len(_DASHES)  # that can be distinguished


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run looks in every figure: "#rrggbb", and matplotlib's line style."""

    color: str
    dash: str


def run_styles(groups: Sequence[str]) -> dict[str, RunStyle]:
    """Return a style for each run group: twelve colours, then the same with other line styles."""
    colors = list(_COLORS)
    return {
        group: RunStyle(colors[index % len(colors)], _DASHES[index // len(colors) % len(_DASHES)])
        for index, group in enumerate(groups)
    }


def text_color(color: str) -> str:
    """Return the darker twin of a run's colour in which its name can be read."""
    return _TEXT.get(color, color)


@contextmanager
def styled() -> Iterator[None]:
    """Set matplotlib's parameters for our figures; restore the caller's afterwards."""
    # Only parameters that change, as matplotlib validates each that is set.
    now: dict[Any, Any] = mpl.rcParams
    with mpl.rc_context({name: it for name, it in _settings().items() if now[name] != it}):
        yield


@lru_cache(maxsize=1)
def _settings() -> dict[Any, Any]:
    """Return matplotlib's defaults with our style file, read once: reading takes long.

    Parameters that are no matter of style are left out, so that the caller's stay.
    """
    parameters = mpl.rc_params_from_file(assets.path("reportgen.mplstyle"))
    return {name: value for name, value in parameters.items() if not name.startswith(_NO_STYLE)}


def label_above(axes: Axes, text: str) -> None:
    """Write the name of the y axis above its upper end, where it cannot cover a tick label."""
    left, bottom, width, height = axes.get_position().bounds
    room = 8 / PIXELS_PER_INCH / axes.get_figure().get_figheight()  # type: ignore[union-attr]
    axes.set_position((left, bottom, width, height - room))
    place = {"xycoords": "axes fraction", "textcoords": "offset points"}
    look = {"ha": "right", "va": "bottom", "color": GREY, "annotation_clip": False}
    axes.annotate(text, (0, 1), (-5, 4), **place, **look)  # type: ignore[arg-type]


def new_figure(width: int = 452, height: int = 270) -> tuple[Figure, Axes]:
    """Return an empty figure of `width` x `height` CSS pixels; equal margins align all x axes."""
    figure = Figure(figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
    axes = figure.add_axes((56 / width, 44 / height, (width - 72) / width, (height - 56) / height))
    plain(axes.xaxis, 8)
    plain(axes.yaxis, 6)
    return figure, axes
