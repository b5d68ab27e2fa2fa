"""`overfitting`: the loss of held-out data rises while that of training does not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.analysis.findings.trends import level_error, window_of, windowed_means

NAME = "overfitting"
_SIGMAS = Threshold(
    "sigmas",
    3,
    "standard errors of the smoothed held-out loss that its rise must exceed",
    "with `share` alone, macro-F1 0.937 on the 40 real histories of OverfitGuard",
)
_SHARE = Threshold(
    "share",
    0.2,
    "the rise as a share of the range of the smoothed held-out loss",
    "the same",
    maximum=1,
)
_RISE = Threshold(
    "rise",
    0.05,
    "the least rise as a share of the best held-out loss",
    "tuned on the benchmark",
)
_FAR = Threshold(
    "far",
    0.1,
    "the rise as a share of the best held-out loss from which on its range does not matter",
    "tuned on the benchmark: a loss that starts at 11 has a range that hides any rise",
)
_LEFT = 0.5  # of the highest rise since the best, that must be left at the end
_MIN_POINTS = 5


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run."""
    for run in observations.runs:
        for held_out in run.held_out_losses:
            finding = _in_series(held_out, _trained(run, held_out), limits)
            if finding is not None:
                yield finding
                break


def _trained(run: RunLog, held_out: Series) -> Series | None:
    """Return the training loss of the same metric; of none, the only one of the run."""
    losses = run.training_losses
    same = [series for series in losses if series.metric == held_out.metric]
    return next(iter(same or losses[:1]), None)


def _in_series(held_out: Series, training: Series | None, limits: Limits) -> Finding | None:
    values = held_out.finite
    if len(values) < _MIN_POINTS:
        return None
    window = window_of(len(values))
    means = windowed_means(values, window)
    place = int(means.argmin())
    best, end = float(means[place]), float(means[-1])
    rise, reach = end - best, float(means.max()) - best
    if rise <= limits[_SIGMAS.name] * level_error(held_out.noise, window):
        return None
    if best > 0 and rise <= limits[_RISE.name] * best:
        return None
    is_far = best > 0 and rise > limits[_FAR.name] * best
    # Where less than half of the rise is left, it jumped, and has been falling since.
    has_jumped = rise < _LEFT * (float(means[place:].max()) - best)
    if has_jumped or (rise <= limits[_SHARE.name] * reach and not is_far):
        return None
    at = place + int(values[place : place + window].argmin())  # the checkpoint to use
    step, last = int(held_out.finite_steps[at]), int(held_out.finite_steps[-1])
    if place == len(means) - 1 or not _still_falls(training, step):
        return None
    return _finding(held_out, training, (step, last), (float(values[at]), end))


def _still_falls(training: Series | None, step: int) -> bool:
    """Return whether the training loss at the end is not above that at a step."""
    if training is None:
        return True
    values, steps = training.finite, training.finite_steps
    if len(values) < _MIN_POINTS:
        return False
    window = window_of(len(values))
    means = windowed_means(values, window)
    place = int(np.clip(np.searchsorted(steps, step) - window // 2, 0, len(means) - 1))
    error = level_error(training.noise, window)
    return float(means[-1]) <= float(means[place]) - error


def _finding(
    held_out: Series,
    training: Series | None,
    steps: tuple[int, int],
    levels: tuple[float, float],
) -> Finding:
    (step, last), (best, end) = steps, levels
    percent = f" ({wording.number(100 * (end / best - 1), 3)} %)" if best > 0 else ""
    sentence = (
        f"{wording.clipped(held_out.tag)} rises since step {wording.amount(step)}, from "
        f"{wording.number(best, 3)} to {wording.number(end, 3)}{percent}"
    )
    if training is not None:
        sentence += f", while {wording.clipped(training.tag)} goes on falling"
    return Finding(
        *(NAME, "warning", held_out.run, held_out.group, held_out.tag, step, last),
        f"{sentence}.",
        f"Use the checkpoint of step {wording.amount(step)}.",
        numbers={"best": best, "end": end, "lost": end - best},
        tags=(training.tag,) if training is not None else (),
    )


RULE = Rule(
    NAME,
    "The loss of held-out data rises while that of training does not.",
    search,
    (_SIGMAS, _SHARE, _RISE, _FAR),
)
