"""Mark: the place in a chart where something happened that the report says with a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["best", "spike", "divergence", "nan", "gap", "trend", "note"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in a ring at a place of a chart.

    Attributes:
        number: of the finding on the page, from 1.
        kind: "best" stands under the ring of the best value; "spike" and "divergence" beside their
            arrow where they leave the axis; "nan" at the bar on the x axis; "gap" shades the space
            between training and validation; "trend" and "note" stand at the value.
        group: run group of the line; "" for the chart as a whole.
        first_step, last_step: where it happens, both included; equal for a point.
        value: on the y axis; NaN where the line's own value at the last step is meant.
        text: a few words beside the ring, such as "gap 0.24"; "" for none.
        tag: of the line, where the run has several in the chart; "" for its strongest.
        cells: in a matrix, actual and predicted class of each cell that it is about.
    """

    number: int
    kind: MarkKind
    group: str
    first_step: int
    last_step: int
    value: float = float("nan")
    text: str = ""
    tag: str = ""
    cells: tuple[tuple[int, int], ...] = ()
