"""`constant-metric`: a loss or score that never changes."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold

NAME = "constant-metric"
_POINTS = Threshold(
    "points", 10, "values that are all the same", "tuned on the benchmark", minimum=2
)
_ROLES = {"loss", "score", "reward"}


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run: of the first such tag, and the names of the others."""
    for run in observations.runs:
        constant = [
            series
            for series in run.series
            if series.role in _ROLES and series.direction and _is_constant(series, limits)
        ]
        if constant:
            constant.sort(key=lambda series: series.role != "loss")
            yield _finding(constant)


def _is_constant(series: Series, limits: Limits) -> bool:
    values = series.values
    if len(values) < limits[_POINTS.name] or not series.is_finite.all():
        return False
    peaks = series.peaks.finite if series.peaks else values
    return bool(values.min() == values.max() and peaks.min() == peaks.max())


def _finding(constant: list[Series]) -> Finding:
    series, *others = constant
    value = float(series.values[0])
    tags = tuple(dict.fromkeys(other.tag for other in others if other.tag != series.tag))
    also = f"; {wording.listing([wording.clipped(tag) for tag in tags])} too" if tags else ""
    sentence = (
        f"{wording.clipped(series.tag)} never changes: all {wording.amount(series.points)} values "
        f"are {wording.number(value)}{also}."
    )
    return Finding(
        *(NAME, "note", series.run, series.group, series.tag),
        *(int(series.steps.min()), int(series.steps.max()), sentence),
        "Check that it is computed from the model's output.",
        numbers={"value": value, "points": float(series.points)},
        tags=tags,
    )


RULE = Rule(NAME, "A loss or score never changes.", search, (_POINTS,))
