"""Smoothing: the method by which curves are smoothed, and its parameter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from reportgen import wording
from reportgen.errors import UsageError

Method = Literal["off", "auto", "tb", "ema", "window"]


@dataclass(frozen=True, slots=True)
class Smoothing:
    """A smoothing method, see `reportgen.series.transforms.smooth`.

    Attributes:
        method: "off"; "auto" (see `reportgen.series.automatic_smoothing`); "tb" (TensorBoard's),
            "ema" (by distance in steps) or "window" (the mean of the last points).
        parameter: of tb, the weight (0 <= weight < 1); of ema, a number of steps (>= 1); of window,
            a number of points (>= 1); 0 where the method is off or auto.
        text: as the user wrote it.
    """

    method: Method = "off"
    parameter: float = 0.0
    text: str = "off"

    def __str__(self) -> str:
        return self.text


def parse_smoothing(text: str, option: str = "--smooth") -> Smoothing:
    """Return the smoothing that a text such as "tb:0.6" names.

    Args:
        text: auto, off, tb:WEIGHT (0 <= WEIGHT < 1), ema:STEPS or window:POINTS (>= 1).
        option: what the error calls the option.

    Raises:
        UsageError: the text is none of these.
    """
    if text == "off":
        return Smoothing()
    if text == "auto":
        return Smoothing("auto", text=text)
    match = re.fullmatch(r"(tb|ema|window):(\d+(?:\.\d+)?)", text)
    if match:
        method, parameter = cast("Method", match[1]), float(match[2])
        if parameter < 1 if method == "tb" else parameter >= 1:
            return Smoothing(method, parameter, text)
    raise UsageError(
        f"{option} {wording.clipped(text)}: not a smoothing method; "
        "use auto, off, tb:WEIGHT (below 1), ema:STEPS or window:POINTS"
    )
