"""`divergence`: the training loss rises and does not come back."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.analysis.findings.trends import level_error, window_of, windowed_means
from reportgen.analysis.noise import evaluation_noise

NAME = "divergence"
_SHARE = Threshold(
    "share",
    0.5,
    "what was lost since the best, as a share of all that had been gained",
    "tuned on the benchmark",
)
_RATIO = Threshold(
    "ratio",
    1.5,
    "the loss at the end over its best, where a sixth of the gain is lost",
    "TheDeepChecker asks for 2 over 5 checks",
)
_START = Threshold(
    "start", 1.2, "the loss at the end over its first values", "tuned on the benchmark"
)
_SIGMAS = 6  # standard errors of the level that the rise must exceed
_MIN_POINTS = 10
_TWICE = 2.0


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run: a rise of the loss that it is trained by."""
    for run in observations.runs:
        # Held-out loss that rises while nothing is known of training may be overfitting.
        for series in run.training_losses:
            finding = _in_series(series, limits) or _never_back(run, series, limits)
            if finding is not None:
                yield finding
                break


def _in_series(series: Series, limits: Limits) -> Finding | None:
    values = series.finite
    if len(values) < _MIN_POINTS:
        return None
    window = window_of(len(values))
    means = windowed_means(values, window)
    place = int(means.argmin())
    best, end = float(means[place]), float(means[-1])
    start = float(values[: max(1, window // 2)].mean())
    gained, lost = max(start, float(means[: place + 1].max())) - best, end - best
    late = values[-max(3, len(values) // 4) :]
    if _rises(values, start, late, limits):
        return _finding(series, _first_above(series, start), start, float(np.median(late)))
    error = level_error(series.noise, window)
    lasting = float(np.median(values[-window:])) - best
    if lost <= _SIGMAS * error or lasting <= 0.5 * lost or gained <= _SIGMAS * error:
        return None
    share = lost / gained
    far = share > limits[_SHARE.name]
    double = best > 0 and share > 1 / 6 and end > limits[_RATIO.name] * best
    if not (far or double):
        return None
    at = int(series.finite_steps[min(place + window // 2, len(values) - 1)])
    return _finding(series, at, best, end)


def _never_back(run: RunLog, training: Series, limits: Limits) -> Finding | None:
    """Return that the training loss rose at once, and held-out loss was never as low again.

    The training loss of such a run is too wild to say so alone: single batches are at 0.
    """
    same = (series for series in run.held_out_losses if series.metric == training.metric)
    held_out = next(same, None)
    if held_out is None:
        return None
    values, after = training.finite, held_out.finite
    if min(len(values), len(after)) < _MIN_POINTS or min(values[0], *after) <= 0:
        return None
    start, window = float(values[0]), window_of(len(values))
    end = float(np.median(after[-max(3, len(after) // 4) :]))
    rose = float(windowed_means(values, window).max()) > _TWICE * start
    fell_again = float(values[len(values) // 2 :].mean()) < start / _TWICE
    ratio, least = limits[_RATIO.name], limits[_START.name]
    if not rose or fell_again or end <= ratio * start or float(after.min()) <= least * start:
        return None
    # Is the first value what an untrained network has, or only a lucky batch?
    logs = np.log(values[values > 0])
    is_chance = 1 / _TWICE < run.chance / start < _TWICE and end > ratio * run.chance
    is_apart = float(np.median(logs)) - math.log(start) > 3 * evaluation_noise(logs)
    if not (is_chance or is_apart):
        return None
    sentence = (
        f"{wording.clipped(training.tag)} rises at once, from {wording.number(start, 3)} at step "
        f"{wording.amount(int(training.finite_steps[0]))}, and {wording.clipped(held_out.tag)} "
        f"never comes back to that: it is {wording.number(end, 3)} at the end."
    )
    first, last = int(training.finite_steps[0]), int(held_out.finite_steps[-1])
    return Finding(
        *(NAME, "error", training.run, training.group, training.tag, first, last, sentence),
        "Lower the learning rate, or clip gradients.",
        numbers={"best": start, "end": end},
        tags=(held_out.tag,),
    )


def _rises(values: np.ndarray, start: float, late: np.ndarray, limits: Limits) -> bool:
    """Return whether nearly all values at the end are above those at the start."""
    early = values[: max(3, len(values) // 50)]
    if start <= 0 or float(np.median(late)) <= limits[_START.name] * start:
        return False
    return float((late > float(np.median(early)) * 1.05).mean()) >= 0.9


def _first_above(series: Series, start: float) -> int:
    above = np.flatnonzero(series.finite > start)
    return int(series.finite_steps[above[0]])


def _finding(series: Series, step: int, best: float, end: float) -> Finding:
    last = int(series.finite_steps[-1])
    sentence = (
        f"{wording.clipped(series.tag)} rises from {wording.number(best, 3)} at step "
        f"{wording.amount(step)} to {wording.number(end, 3)} at the end, and does not come back."
    )
    advice = "Lower the learning rate, or clip gradients"
    advice += f"; the checkpoint of step {wording.amount(step)} is the best." if step > 0 else "."
    return Finding(
        *(NAME, "error", series.run, series.group, series.tag, step, last, sentence, advice),
        numbers={"best": best, "end": end},
    )


RULE = Rule(
    NAME, "The training loss rises and does not come back.", search, (_SHARE, _RATIO, _START)
)
