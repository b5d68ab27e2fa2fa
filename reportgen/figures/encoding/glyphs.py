"""Glyphs: letters in a picture that the style's font lacks.

They are taken from any installed font; if none has them, the picture says so. SVG needs none of
this, as browsers have fonts of their own.
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
    """Set the fonts that each text needs while drawing, and note letters that no font has."""
    note, boxes = None, False
    for text in figure.findobj(Text):
        letters = _missing(text.get_text())
        if letters:
            families, without = fallback_fonts(letters)
            text.set_fontfamily([*text.get_fontfamily(), *families])
            boxes = boxes or without
    if boxes:
        width, height = (length * PIXELS_PER_INCH for length in figure.get_size_inches())
        note = figure.text(4 / width, 3 / height, _NOTE, fontsize=6, color=GREY)
    yield
    if note:
        note.remove()


def _missing(text: str) -> frozenset[int]:
    """Return the code points of a text that the style's font lacks."""
    if text.isascii():
        return frozenset()
    visible = (letter for letter in text if letter.isprintable() and not letter.isspace())
    return frozenset(map(ord, visible)) - style_letters()


@lru_cache(maxsize=1)
def style_letters() -> frozenset[int]:
    """Return the code points of the style's font."""
    return frozenset(get_font(findfont(FontProperties())).get_charmap())


@lru_cache(maxsize=64)
def fallback_fonts(letters: frozenset[int]) -> tuple[tuple[str, ...], bool]:
    """Return families that have these letters, few and first by name, and whether some lack one."""
    left, families = set(letters), []
    for entry in sorted(fontManager.ttflist, key=lambda entry: (entry.name, entry.fname)):
        if not left:
            break
        if entry.style == "normal" and entry.weight == 400 and not entry.name.startswith(_BOXES):
            shared = left & set(get_font(entry.fname).get_charmap())
            if shared:
                families.append(entry.name)
                left -= shared
    return tuple(families), bool(left)
