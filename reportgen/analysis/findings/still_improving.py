"""`still-improving`: the run ended while its loss was falling fast."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.analysis.findings.trends import level_error

NAME = "still-improving"
_FALL = Threshold(
    "fall",
    0.05,
    "fall over the last fifth as a share of the loss, where the learning rate is logged",
    "525 healthy curves of language models: median 2 %, 95th percentile 8 % as it decays",
)
_FALL_WITHOUT_RATE = Threshold(
    "fall-without-rate", 0.15, "the same where no learning rate is logged", "the same curves"
)
_PACE = Threshold(
    "pace",
    0.5,
    "the relative fall over the last fifth over that of the fifth before: below, it slows",
    "tuned on the benchmark; a power law has 0.78",
)
_MIN_POINTS = 15
_DECAYED = 0.9  # of its highest: a learning rate below has decayed
_SIGMAS = 2  # standard errors that the fall must exceed what is asked for


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run: of held-out loss, or of the loss where there is none."""
    for run in observations.runs:
        for series in (*run.held_out_losses, *run.training_losses)[:1]:
            finding = _in_series(run, series, limits)
            if finding is not None:
                yield finding


def _in_series(run: RunLog, series: Series, limits: Limits) -> Finding | None:
    values = series.finite
    if len(values) < _MIN_POINTS or not series.is_positive:
        return None
    least = _least_fall(run, limits)
    if math.isnan(least):
        return None
    fifth = len(values) // 5
    window = max(1, fifth // 2)
    levels = [
        float(values[end - window : end].mean())
        for end in (len(values) - 2 * fifth, len(values) - fifth, len(values))
    ]
    before, middle, end = levels
    fall = 1 - end / middle
    error = level_error(series.noise, window) * math.sqrt(2)
    certain = fall - _SIGMAS * error / middle
    if certain <= least or before <= middle:
        return None
    if math.log(middle / end) < limits[_PACE.name] * math.log(before / middle):
        return None
    steps = series.finite_steps
    step, last = int(steps[len(values) - fifth - 1]), int(steps[-1])
    sentence = (
        f"{wording.clipped(series.tag)} is still falling at the end: by "
        f"{wording.number(100 * fall, 2)} % since step {wording.amount(step)}, to "
        f"{wording.number(end, 3)}."
    )
    return Finding(
        *(NAME, "note", series.run, series.group, series.tag, step, last, sentence),
        "Train longer: it has not reached what it can.",
        numbers={"fall": fall, "end": end},
    )


def _least_fall(run: RunLog, limits: Limits) -> float:
    """Return the fall to ask for; NaN where the learning rate has decayed, and the run is done."""
    rate = run.learning_rate
    if rate is None or not len(rate.finite):
        return limits[_FALL_WITHOUT_RATE.name]
    if float(rate.finite[-1]) < _DECAYED * float(rate.finite.max()):
        return math.nan
    return limits[_FALL.name]


RULE = Rule(
    NAME,
    "The run ended while its loss was falling fast.",
    search,
    (_FALL, _FALL_WITHOUT_RATE, _PACE),
)
