"""Legend: names of lines above the axes, for pictures that stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reportgen import wording
from reportgen.figures.canvas.fitted_names import LONGEST, letters, short
from reportgen.figures.canvas.style import GREY, INK, PIXELS_PER_INCH

_MAX_LINES = 12  # that the legend names
_LONGEST_TITLE = 60
_TITLE = 22.0  # pixels
_LETTER, _SAMPLE, _ROW, _GAP = 6.2, 20.0, 16.0, 12.0  # pixels


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in a legend, or a sentence without a colour.

    Attributes:
        color: "#rrggbb"; "" for a sentence.
        opacity: from 0 to 1.
        longest: characters that are shown.
    """

    name: str
    color: str
    dash: str = "-"
    opacity: float = 1.0
    longest: int = LONGEST


def add(figure: Figure, entries: Sequence[Entry]) -> None:
    """Make the figure higher by the rows that the names need, and write the names there."""
    if not entries:
        return
    sentences = [entry for entry in entries if not entry.color]
    lines = [entry for entry in entries if entry.color]
    shown = [*sentences, *lines[:_MAX_LINES]]
    hidden = len(lines) - len(lines[:_MAX_LINES])
    if hidden:
        shown.append(Entry(f"and {wording.count(hidden, 'more line')}", ""))
    rows = _rows(shown, figure.get_figwidth() * PIXELS_PER_INCH)
    _raise(figure, len(rows) * _ROW + 4)
    width, height = (length * PIXELS_PER_INCH for length in figure.get_size_inches())
    for index, row in enumerate(rows):
        y = 1 - (index + 0.6) * _ROW / height
        for x, entry in row:
            after = x
            if entry.color:
                ends = [x / width, (x + _SAMPLE) / width]
                line = Line2D(ends, [y, y], color=entry.color, linewidth=1.6)
                line.set(linestyle=entry.dash, alpha=entry.opacity)
                figure.add_artist(line)
                after += _SAMPLE + 5
            figure.text(
                after / width,
                y,
                short(entry.name, entry.longest),
                va="center",
                color=GREY,
                fontsize=8,
            )


@contextmanager
def added(figure: Figure, entries: Sequence[Entry]) -> Iterator[None]:
    """Name lines above the axes while inside; the figure is the same as before afterwards.

    Args:
        figure: one without a legend.
        entries: the lines; none to leave the figure alone.
    """
    if not entries:
        yield
        return
    height = figure.get_figheight()
    places = [(axes, axes.get_position()) for axes in figure.axes]
    texts = [(text, text.get_position()[1]) for text in figure.texts]
    artists = [*figure.artists]
    lines = [(line, line.get_ydata()) for line in artists if isinstance(line, Line2D)]
    add(figure, entries)
    try:
        yield
    finally:
        for artist in {*figure.texts, *figure.artists} - {*(text for text, _ in texts), *artists}:
            artist.remove()
        figure.set_figheight(height)
        for axes, place in places:
            axes.set_position(place)
        for text, y in texts:
            text.set_y(y)
        for line, ys in lines:
            line.set_ydata(ys)


def title(figure: Figure, text: str) -> None:
    """Make the figure higher by one line, and write its title there."""
    _raise(figure, _TITLE)
    width, height = (length * PIXELS_PER_INCH for length in figure.get_size_inches())
    look = {"weight": "bold", "color": INK, "va": "center"}
    figure.text(_GAP / width, 1 - 0.6 * _TITLE / height, short(text, _LONGEST_TITLE), **look)  # type: ignore[arg-type]


def _rows(entries: Sequence[Entry], width: float) -> list[list[tuple[float, Entry]]]:
    """Return the entries with their left ends in pixels, in rows that fit the width."""
    rows: list[list[tuple[float, Entry]]] = [[]]
    x = _GAP
    for entry in entries:
        length = _SAMPLE + 5 + _LETTER * letters(short(entry.name, entry.longest)) + _GAP
        if rows[-1] and x + length > width:
            rows.append([])
            x = _GAP
        rows[-1].append((x, entry))
        x += length
    return rows


def _raise(figure: Figure, extra: float) -> None:
    """Add height at the top of a figure; all that it holds keeps its size and its place."""
    before = figure.get_figheight()
    after = before + extra / PIXELS_PER_INCH
    figure.set_figheight(after)
    for axes in figure.axes:
        x, y, width, height = axes.get_position().bounds
        axes.set_position((x, y * before / after, width, height * before / after))
    for text in figure.texts:
        text.set_y(text.get_position()[1] * before / after)
    for line in figure.artists:
        if isinstance(line, Line2D):
            line.set_ydata(np.asarray(line.get_ydata(), float) * before / after)
