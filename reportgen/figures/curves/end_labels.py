"""End labels: the name and the last value of each line, written where the line ends."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.figures.canvas.fitted_names import narrow
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.pen import TEXT, Pen
from reportgen.figures.canvas.placing import Places, spread, text_width
from reportgen.figures.canvas.style import GREY, text_color
from reportgen.figures.curves.series import Series, Weight

MAX_LABELS = 8
MIN_MARGIN, MAX_MARGIN = 84.0, 140.0  # pixels right of the axes
_START = 14.0  # pixels from the axes to the names
_GAP = 13.0  # pixels from label to label
_SPACE = 6.0  # pixels between name and value
_AT_END = 0.97  # of the axis: lines that end earlier are labelled there
_MAX_NAME = 13.0  # letters
_STRENGTH = (Weight.STRONG, Weight.PLAIN, Weight.MEDIUM, Weight.LIGHT)


@dataclass(frozen=True, slots=True)
class EndLabel:
    """One label.

    Attributes:
        index: of the series in its chart.
        name: as short as tells it apart; "" where there is one line.
        value: the last, with as many digits as the others.
    """

    index: int
    name: str
    value: str


def end_labels(
    series: Sequence[Series], names: Mapping[str, str], best: int = -1
) -> list[EndLabel]:
    """Return the labels of a chart: the strongest line of each run; of one run each line.

    Args:
        series: the lines.
        names: short name of each run group.
        best: index of the best line, the only one that is labelled where there are too many.
    """
    drawn = [index for index, line in enumerate(series) if len(line.steps)]
    one_run = len({series[index].group for index in drawn}) == 1
    if not one_run:
        strongest: dict[tuple[str, str], int] = {}
        for index in sorted(drawn, key=lambda place: _STRENGTH.index(series[place].weight)):
            strongest.setdefault((series[index].group, series[index].line), index)
        drawn = sorted(strongest.values())
    if len(drawn) > MAX_LABELS:
        drawn = [best] if best in drawn else []
    values = values_text([float(series[index].raw[-1]) for index in drawn])
    alone = len(drawn) == 1 and one_run
    return [
        EndLabel(index, "" if alone else _name(series[index], names, one_run=one_run), value)
        for index, value in zip(drawn, values, strict=True)
    ]


def values_text(values: Sequence[float]) -> list[str]:
    """Return values with the same number of decimals: four digits of the largest, three below 1."""
    largest = max((abs(value) for value in values), default=0.0)
    if not (largest == 0 or 1e-3 <= largest < 1e6):
        return [wording.number(value, 3) for value in values]
    power = math.floor(math.log10(largest)) if largest else 0
    decimals = max(0, 3 - power if power >= 0 else 2 - power)
    texts = [f"{value + 0.0:,.{decimals}f}" for value in values]
    if decimals and all(text.endswith("." + "0" * decimals) for text in texts):
        texts = [text[: -decimals - 1] for text in texts]
    return [text.replace("-", "\N{MINUS SIGN}") for text in texts]


def margin(labels: Sequence[EndLabel]) -> float:
    """Return how many pixels the labels need right of the axes."""
    if not labels:
        return 26.0
    width = _START + _names_width(labels) + max(text_width(label.value) for label in labels)
    return min(MAX_MARGIN, max(MIN_MARGIN, width))


def write_labels(
    pen: Pen, places: Places, series: Sequence[Series], labels: Sequence[EndLabel]
) -> None:
    """Write the labels of lines that end in view; groups are named label-1, value-1, hair-1."""
    at_end: list[tuple[EndLabel, float, float]] = []
    early: list[tuple[EndLabel, float, float]] = []
    for label in labels:
        line = series[label.index]
        (x, y) = pen.place(line.x[-1:], line.smoothed[-1:])[0]
        if not pen.bottom - 1 <= y <= pen.top + 1:
            continue
        late = x >= pen.left + _AT_END * (pen.right - pen.left)
        (at_end if late else early).append((label, float(x), float(y)))
    heights = spread([y for *_, y in at_end], _GAP, pen.bottom + 4, pen.top)
    column = pen.right + _START + _names_width([label for label, *_ in at_end])
    for (label, x, y), height in zip(at_end, heights, strict=True):
        _write(pen, series[label.index], label, (pen.right + _START, column, height))
        number = label.index + 1
        color = series[label.index].style.color
        ends = [x + 2, pen.right + 5, pen.right + _START - 3]
        gid = Gid(f"hair-{number}", series[label.index].group)
        pen.stroke(ends, [y, height, height], color, width=0.8, opacity=0.7, gid=gid)
        places.boxes.append((pen.right + 4, height - 6, pen.width, height + 6))
    for label, x, y in early:
        gap = _SPACE if label.name else 0.0
        name = text_width(label.name, bold=True) + gap
        width = name + text_width(label.value)
        boxes = [
            (x + right, y + up - 6, x + right + width, y + up + 6)
            for right, up in ((7, 0), (4, -11), (4, 11), (-width - 7, -11), (-width - 7, 11))
        ]
        left, bottom, *_ = boxes[places.choose(boxes)]
        _write(pen, series[label.index], label, (left, left + name, bottom + 6))


def _write(pen: Pen, line: Series, label: EndLabel, place: tuple[float, float, float]) -> None:
    """Write name and value at two places of one height."""
    left, column, y = place
    number, color = label.index + 1, text_color(line.style.color)
    if label.name:
        gid = Gid(f"label-{number}", line.group)
        pen.text(left, y, label.name, color, bold=True, gid=gid)
    value_color = GREY if label.name else color
    pen.text(column, y, label.value, value_color, size=TEXT, gid=Gid(f"value-{number}", line.group))


def _name(line: Series, names: Mapping[str, str], *, one_run: bool) -> str:
    line_name = line.line or {"validation": "val"}.get(line.split, line.split)
    parts = [line_name] if one_run else [names.get(line.group, line.group), line.line]
    return narrow(" ".join(filter(None, parts)) or line.tag, _MAX_NAME)


def _names_width(labels: Sequence[EndLabel]) -> float:
    widths = [text_width(label.name, bold=True) for label in labels if label.name]
    return max(widths) + _SPACE if widths else 0.0
