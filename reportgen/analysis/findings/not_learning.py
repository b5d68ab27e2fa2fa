"""`not-learning`: the loss does not fall."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.analysis.findings.trends import level_error, window_of, windowed_means

NAME = "not-learning"
_FALL = Threshold(
    "fall",
    0.02,
    "the whole fall of the loss as a share of its start",
    "TheDeepChecker asks for 5 % within 5 checks",
)
_CHANCE = Threshold(
    "chance",
    0.02,
    "how far below the loss of guessing, ln(classes), the loss ends, as a share of it",
    "tuned on the benchmark",
)
_SCORE = Threshold(
    "score",
    0.7,
    "a last accuracy from which on a flat loss is no fault: there was little to learn",
    "AutoTrainer takes an accuracy under 0.7 for a failure",
)
_MIN_POINTS = 10
_LEARNT = 0.9  # of the loss of guessing
_CERTAIN = 0.1  # of the start: a fall that noise might hide must be smaller than this


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run: of the training loss, or of held-out loss without it."""
    for run in observations.runs:
        if _is_able(run, limits[_SCORE.name]):
            continue
        for series in (*run.training_losses, *run.held_out_losses)[:1]:
            finding = _in_series(run, series, limits)
            if finding is not None:
                yield finding


def _is_able(run: RunLog, least: float) -> bool:
    """Return whether a score shows that the run had learnt, or learnt while the loss was flat."""
    for series in run.of_role("score"):
        if series.direction != "up" or not len(series.finite) or series.finite.max() > 1:
            continue
        means = windowed_means(series.finite, window_of(len(series.finite)))
        first, last = float(means[0]), float(means[-1])
        if last >= least or last > 2 * first + 0.1:
            return True
    return False


def _falls_elsewhere(run: RunLog, share: float) -> bool:
    """Return whether a held-out loss, which has less noise, shows that the run learns."""
    for series in run.held_out_losses:
        values = series.finite
        if len(values) < _MIN_POINTS or not series.is_positive:
            continue
        third = len(values) // 3
        early, late = float(values[:third].mean()), float(values[-third:].mean())
        if early - late > share * early + 2 * level_error(series.noise, third):
            return True
    return False


def _in_series(run: RunLog, series: Series, limits: Limits) -> Finding | None:
    values = series.finite
    if len(values) < _MIN_POINTS or not series.is_positive or _is_resumed(series):
        return None
    window = window_of(len(values))
    means = windowed_means(values, window)
    early = max(1, window // 2)
    start, end, best = float(values[:early].mean()), float(means[-1]), float(means.min())
    error, early_error = level_error(series.noise, window), level_error(series.noise, early)
    if end > 1.2 * start:
        return None  # that is a divergence
    steps = series.finite_steps
    first, last = int(steps[0]), int(steps[-1])
    numbers = {"start": start, "end": end, "best": best}
    tag = wording.clipped(series.tag)
    chance = run.chance
    lowest = (1 - limits[_CHANCE.name]) * chance
    # The best of many windows is lower by chance.
    if end > lowest and best > lowest - 3 * error and end < 1.5 * chance:
        sentence = (
            f"{tag} ends at {wording.number(end, 3)}, no better than guessing among "
            f"{math.exp(chance):.0f} classes ({wording.number(chance, 3)})."
        )
        numbers |= {"chance": chance}
    elif (
        _is_flat(series, limits[_FALL.name])
        and start - end <= limits[_FALL.name] * start + 3 * early_error
        and not start < _LEARNT * chance  # it had learnt before
        and not _falls_elsewhere(run, limits[_FALL.name])
    ):
        sentence = (
            f"{tag} does not fall: it is {wording.number(start)} at the start and "
            f"{wording.number(end)} at the end, after {wording.count(len(values), 'value')}."
        )
    else:
        return None
    return Finding(
        *(NAME, "error", series.run, series.group, series.tag, first, last, sentence),
        "Check the learning rate, that gradients reach all layers, and that labels fit inputs.",
        numbers=numbers,
    )


def _is_flat(series: Series, share: float) -> bool:
    """Return whether the last third of a loss is no lower than the first by more than noise.

    Of a loss whose noise could hide a fall of `_CERTAIN` nothing is said.
    """
    third = len(series.finite) // 3
    early, late = float(series.finite[:third].mean()), float(series.finite[-third:].mean())
    error = 2 * level_error(series.noise, third) * math.sqrt(2)
    fall = early - late
    return fall <= max(share * early, error) and fall + error <= _CERTAIN * early


def _is_resumed(series: Series) -> bool:
    """Return whether the log starts in the middle of a training, whose start is not known."""
    steps = series.finite_steps
    between = (int(steps[-1]) - int(steps[0])) / max(1, len(steps) - 1)
    return int(steps[0]) > max(5 * between, 0.2 * int(steps[-1]))


RULE = Rule(NAME, "The loss does not fall.", search, (_FALL, _CHANCE, _SCORE))
