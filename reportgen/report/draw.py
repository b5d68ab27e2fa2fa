"""Drawing: every figure of a report, once, in the forms that the outputs ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawing:
    """One figure as bytes.

    Attributes:
        svg: a whole `<svg>` element with ids unique in the report; "" where not asked for.
        png: an encoded picture with an opaque ground; b"" where not asked for.
        width, height: in CSS pixels.
    """

    svg: str
    png: bytes
    width: int
    height: int
