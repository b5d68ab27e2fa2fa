"""Figure sizes: the widths that a page has room for, with the height that suits each."""

from __future__ import annotations

from enum import Enum


class FigureSize(Enum):
    """Width of a figure on a page whose content is 932 pixels wide."""

    KEY = "key"  # the whole width
    HALF = "half"  # two a row
    SMALL = "small"  # four a row

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height in CSS pixels."""
        return _PIXELS[self]


_PIXELS = {FigureSize.KEY: (932, 300), FigureSize.HALF: (452, 215), FigureSize.SMALL: (212, 84)}
