"""Curve text: what a chart of curves says of itself: its subtitle and its caption."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import wording
from reportgen.analysis.x_axis import Axis
from reportgen.figures.canvas.style import LOOKS
from reportgen.figures.curves.looks import looks_text
from reportgen.figures.curves.series import Series, Weight
from reportgen.series.smoothing import Smoothing

_MAX_TAGS = 6
_BETTER = {"down": "lower is better", "up": "higher is better"}


def subtitle(
    series: Sequence[Series], direction: str, smoothing: Smoothing, axis: Axis, *, log_y: bool
) -> str:
    """Return the tags and how each is drawn, the better direction, the scales, the smoothing."""
    parts = [
        _tags(series),
        _BETTER.get(direction, ""),
        "logarithmic" if log_y else "",
        f"logarithmic {axis.kind} axis, linear below 1" if axis.log else "",
        _smoothing(series, smoothing),
    ]
    return " · ".join(filter(None, parts))


def caption(series: Sequence[Series], axis: Axis, left_out: Sequence[str]) -> str:
    """Return sentences on what is unusual; "" where nothing is."""
    if not series:
        return "Nothing was logged."
    bad = sum(line.bad for line in series)
    parts = [
        looks_text(series),
        axis.note,
        f"{len(series)} lines share {LOOKS} looks, so some look alike."
        if len(series) > LOOKS
        else "",
        f"{wording.count(bad, 'value')} not finite, at the bar on the axis." if bad else "",
        *left_out,
    ]
    return " ".join(filter(None, parts))


def _tags(series: Sequence[Series]) -> str:
    by_weight: dict[Weight, list[str]] = {}
    for line in series:
        tags = by_weight.setdefault(line.weight, [])
        if line.tag and line.tag not in tags:
            tags.append(line.tag)
    order = (Weight.STRONG, Weight.PLAIN, Weight.MEDIUM, Weight.LIGHT)
    texts = []
    for weight in order:
        tags = by_weight.get(weight, [])
        if tags:
            named = wording.listing(tags, _MAX_TAGS)
            texts.append(named if weight is Weight.PLAIN else f"{named} {weight.value}")
    return ", ".join(texts)


def _smoothing(series: Sequence[Series], smoothing: Smoothing) -> str:
    if smoothing.method == "off":
        return ""
    if smoothing.method != "auto":
        return f"smoothed {smoothing}"
    smoothed = [line for line in series if line.window]
    if not smoothed:
        return ""
    windows = sorted({line.window for line in smoothed})
    points = f"{windows[0]:,}" + (f" to {windows[-1]:,}" if len(windows) > 1 else "")
    plain = [line for line in series if line.weight is not Weight.LIGHT and not line.window]
    tags = wording.listing(list(dict.fromkeys(line.tag for line in smoothed)), _MAX_TAGS)
    which = (
        f"{tags} "
        if {line.tag for line in plain} - {line.tag for line in smoothed}
        else (f"{len(smoothed)} of {len(smoothed) + len(plain)} lines " if plain else "")
    )
    return f"{which}smoothed over {points} points"
