"""Glyphs: letters in a picture that the style's font lacks. A page's browser has fonts of its own.

Such letters are taken from any font that is installed; of those that none has, the picture says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.text import Text

from reportgen.figures.canvas.style import GREY, PIXELS_PER_INCH

_BOXES = "Last Resort"  # matplotlib's font of a box for each script
_NOTE = "Boxes are letters that no font here has."


@contextmanager
def legible(figure: Figure) -> Iterator[None]:
    """Gives each text the fonts that its letters need, and names what is left, for a drawing."""
    note, boxes = None, False
    for text in figure.findobj(Text):
        letters = _missing(text.get_text())
        if letters:
            families, without = _fonts(letters)
            text.set_fontfamily([*text.get_fontfamily(), *families])
            boxes = boxes or without
    if boxes:
        width, height = (length * PIXELS_PER_INCH for length in figure.get_size_inches())
        note = figure.text(4 / width, 3 / height, _NOTE, fontsize=6, color=GREY)
    yield
    if note:
        note.remove()


def _missing(text: str) -> frozenset[int]:
    """The code points of a text that the style's font lacks."""
    if text.isascii():
        return frozenset()
    seen = (one for one in text if one.isprintable() and not one.isspace())
    return frozenset(map(ord, seen)) - _own()


@lru_cache(maxsize=1)
def _own() -> frozenset[int]:
    """The letters of the style's font."""
    return frozenset(get_font(findfont(FontProperties())).get_charmap())


@lru_cache(maxsize=64)
def _fonts(letters: frozenset[int]) -> tuple[tuple[str, ...], bool]:
    """Families that have these letters, as few as come first by name; whether some are in none."""
    left, found = set(letters), []
    for entry in sorted(fontManager.ttflist, key=lambda entry: (entry.name, entry.fname)):
        if not left:
            break
        if entry.style == "normal" and entry.weight == 400 and not entry.name.startswith(_BOXES):
            held = left & set(get_font(entry.fname).get_charmap())
            if held:
                found.append(entry.name)
                left -= held
    return tuple(found), bool(left)
