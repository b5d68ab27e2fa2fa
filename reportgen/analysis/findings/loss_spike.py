"""`loss-spike`: the loss jumps far out of its noise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.robust_scores import MIN_BEFORE, log_curve
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.arrays import BoolArray, FloatArray, IntArray

NAME = "loss-spike"
_Z = Threshold(
    "z",
    8,
    "robust standard deviations of the logarithm of the loss above the median before",
    "OLMo-core skips at 6 of 128 points; six healthy language models peak at 4.5",
)
_BOTH_Z = Threshold(
    "z-with-gradient", 6, "the same, where the gradient norm jumps as far", "OLMo-core"
)
_RISE = Threshold(
    "rise",
    0.15,
    "rise of the loss as a share of the median before",
    "tuned on the benchmark; Lightning asks for twice the last value",
)
_HEIGHT = Threshold(
    "height",
    4,
    "a loss that is so many times the median before needs only five standard deviations",
    "tuned on the benchmark: losses of small batches scatter by half of their value",
    minimum=1,
)
_HIGH_Z = 5
_RAISED = 1.5  # of a learning rate, that was raised
_MAX_SPIKES = 6  # more than these are how the loss is: heavy tails, or a schedule


@dataclass(frozen=True, slots=True)
class _Spike:
    """An excursion: places of its start, peak and end, its height, and whether it came back."""

    start: int
    peak: int
    end: int
    z: float
    usual: float
    recovered: bool


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a run: of the highest spike."""
    for run in observations.runs:
        yield from _in_run(run, limits)


def _in_run(run: RunLog, limits: Limits) -> Iterator[Finding]:
    norms = {norm.run: norm for norm in run.of_role("gradient norm")}
    candidates = []
    for series in run.losses:
        curve = series.peaks or series
        if not curve.is_positive or len(curve.finite) <= MIN_BEFORE:
            continue
        values, steps = curve.finite, curve.finite_steps
        if curve.steps[0] != curve.steps.min() or (np.diff(steps) < 0).any():
            continue  # several sessions: what is before is not known
        spikes = _spikes(values, steps, norms.get(series.run), limits)
        spikes = [spike for spike in spikes if not _by_schedule(run, steps, spike)]
        if spikes:
            candidates.append((max(spikes, key=lambda spike: spike.z), len(spikes), series, curve))
    if candidates:
        candidates.sort(key=lambda entry: (entry[2].split in {"validation", "test"}, -entry[0].z))
        yield _finding(*candidates[0])


def _spikes(
    values: FloatArray, steps: IntArray, norm: Series | None, limits: Limits
) -> list[_Spike]:
    logs = log_curve(values)
    both, alone = limits[_BOTH_Z.name], limits[_Z.name]
    least = min(both if norm is not None else alone, alone, _HIGH_Z)
    places = logs.candidates(least, limits[_RISE.name])
    if not len(places):
        return []
    scores, usual = logs.scores(places)
    out = (scores > least) & (values[places] > usual * (1 + limits[_RISE.name]))
    if not out.any():
        return []
    # Noise with heavy tails reaches far on both sides.
    tail = logs.low_tail()
    enough = scores > max(alone, 1.5 * tail)
    high = values[places] > limits[_HEIGHT.name] * usual
    enough |= high & (scores > max(_HIGH_Z, 1.25 * tail))
    if norm is not None and both < alone:
        enough |= (scores > max(both, tail)) & _jumps(norm, steps[places], both)
    out &= enough
    starts = _starts(places[out], len(values))
    if not len(starts) or len(starts) > _MAX_SPIKES:
        return []
    by_place = {int(place): row for row, place in enumerate(places)}
    return [
        _excursion(values, float(scores[row]), float(usual[row]), start)
        for start in starts.tolist()
        for row in [by_place[start]]
    ]


def _starts(places: IntArray, count: int) -> IntArray:
    """Return where excursions start: places within a few points of each other are one."""
    if not len(places):
        return places
    apart = max(3, count // 50)
    starts: IntArray = places[np.concatenate([[True], np.diff(places) > apart])]
    return starts


def _excursion(values: FloatArray, z: float, before: float, start: int) -> _Spike:
    reach = max(5, len(values) // 10)
    peak = start + int(values[start : start + reach].argmax())
    # Back where the loss is much nearer to the level before than to the peak.
    back = np.flatnonzero(values[peak:] < before + 0.25 * (values[peak] - before))
    end = peak + int(back[0]) if len(back) else len(values) - 1
    late = float(np.median(values[end:]))
    recovered = bool(len(back)) and late < before * (values[peak] / before) ** 0.25
    return _Spike(start, peak, end, z, before, recovered)


def _jumps(norm: Series, steps: IntArray, least: float) -> BoolArray:
    """Return at which steps of the loss the gradient norm jumps too, (k,)."""
    jumps = np.zeros(len(steps), np.bool_)
    if not norm.is_positive or len(norm.finite) <= MIN_BEFORE:
        return jumps
    logs = log_curve(norm.finite)
    places = np.searchsorted(norm.finite_steps, steps)
    places = np.minimum(places, len(norm.finite) - 1)
    same = (norm.finite_steps[places] == steps) & (places >= logs.window)
    if same.any():
        jumps[same] = logs.scores(places[same])[0] > least
    return jumps


def _by_schedule(run: RunLog, steps: IntArray, spike: _Spike) -> bool:
    """Return whether the learning rate was raised where the spike starts, as warm restarts do.

    A rate that is far above all before, and gone at once, is no schedule.
    """
    rate = run.learning_rate
    if rate is None or len(rate.finite) < 4:
        return False
    around = max(1, len(steps) // 50)
    low = steps[max(0, spike.start - around)]
    high = steps[min(len(steps) - 1, spike.peak)]
    inside = rate.finite[(rate.finite_steps >= low) & (rate.finite_steps <= high)]
    if len(inside) < 2:
        return False
    highest = float(inside.max())
    if highest <= _RAISED * max(inside[0], 1e-300) or inside.argmax() == 0:
        return False
    place = int(np.flatnonzero(rate.finite_steps >= low)[0] + inside.argmax())
    is_known = highest <= _RAISED * rate.finite[:place].max(initial=0.0)
    return is_known or bool(rate.finite[place + 1 : place + 2].max(initial=0.0) > highest / 2)


def _finding(spike: _Spike, count: int, series: Series, curve: Series) -> Finding:
    steps, values = curve.finite_steps, curve.finite
    first, last = int(steps[spike.start]), int(steps[spike.end])
    peak = int(steps[spike.peak])
    height = float(values[spike.peak])
    tag = wording.clipped(series.tag)
    sentence = (
        f"{tag} jumps from {wording.number(spike.usual, 3)} to {wording.number(height, 3)} at step "
        f"{wording.amount(peak)}"
    )
    if count > 1:
        sentence += f", the highest of {count} spikes"
    if spike.recovered:
        sentence += f", and is back by step {wording.amount(last)}."
        severity, advice = "note", ""
    else:
        late = float(
            np.median(values[spike.peak + 1 :] if spike.peak + 1 < len(values) else height)
        )
        sentence += f", and has not come back: it is {wording.number(late, 3)} after."
        severity = "warning"
        advice = (
            f"Restart from a checkpoint before step {wording.amount(first)}, or lower the rate."
        )
    numbers = {"z": spike.z, "before": spike.usual, "peak": height, "spikes": float(count)}
    return Finding(
        *(NAME, severity, series.run, series.group, series.tag, first, last, sentence, advice),
        numbers=numbers,
    )


RULE = Rule(
    NAME, "The loss jumps far out of its noise for a time.", search, (_Z, _BOTH_Z, _RISE, _HEIGHT)
)
