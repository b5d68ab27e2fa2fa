"""Drawing: one figure of a report, drawn."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.figures.encoding.encode import Frame


@dataclass(frozen=True, slots=True)
class Drawing:
    """One figure as bytes.

    Attributes:
        svg: a whole `<svg>` element with ids unique in the report; "" where not asked for.
        png: an encoded picture with an opaque ground; b"" where not asked for.
        width, height: in CSS pixels.
        frame: where its axes are; None where it has not just one pair.
        failure: why it could not be drawn; "" if it was.
    """

    svg: str
    png: bytes
    width: int
    height: int
    frame: Frame | None = None
    failure: str = ""
