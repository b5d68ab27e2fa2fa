"""`loss-spike`: the loss jumps far out of its noise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import (
    FloatArray,
    IntArray,
    Observations,
    RunLog,
    Series,
)
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold

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
_WINDOW = 64  # points before, of which median and scatter are taken
_MIN_BEFORE = 12  # points that must stand before a spike
_MAX_SPIKES = 6  # more than these are how the loss is: heavy tails, or a schedule
_MAD_TO_SD = 1.4826


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
    norms = {one.run: one for one in run.of_role("gradient norm")}
    found = []
    for series in run.losses:
        curve = series.peaks or series
        if not curve.is_positive or len(curve.finite) <= _MIN_BEFORE:
            continue
        values, steps = curve.finite, curve.finite_steps
        if curve.steps[0] != curve.steps.min() or (np.diff(steps) < 0).any():
            continue  # several sessions: what is before is not known
        spikes = _spikes(values, steps, norms.get(series.run), limits)
        spikes = [spike for spike in spikes if not _by_schedule(run, steps, spike)]
        if spikes:
            found.append((max(spikes, key=lambda spike: spike.z), len(spikes), series, curve))
    if found:
        found.sort(key=lambda entry: (entry[2].split in {"validation", "test"}, -entry[0].z))
        yield _finding(*found[0])


def _scores(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the robust z of each value's logarithm against the values before, and their median.

    Args:
        values: (n,), positive.

    Returns:
        z and the median before, (n,) each; 0 and NaN for the first `_MIN_BEFORE`.
    """
    logs = np.log(values)
    scores, usual = np.zeros(len(logs)), np.full(len(logs), math.nan)
    window = min(_WINDOW, max(_MIN_BEFORE, len(logs) // 5))
    before = sliding_window_view(logs, window)[:-1]
    middle = np.median(before, axis=1)
    # The scatter about the trend of the window, so that a fast fall does not hide a spike.
    changes = np.abs(np.diff(logs, n=1))
    local = np.median(sliding_window_view(changes, window - 1)[:-1], axis=1)
    spread = np.median(np.abs(before - middle[:, None]), axis=1)
    overall = float(np.median(changes))
    deviation = _MAD_TO_SD * np.maximum(np.maximum(spread, local / math.sqrt(2)), overall / 2)
    scores[window:] = (logs[window:] - middle) / np.maximum(deviation, 1e-6)
    usual[window:] = np.exp(middle)
    return scores, usual


def _spikes(
    values: FloatArray, steps: IntArray, norm: Series | None, limits: Limits
) -> list[_Spike]:
    scores, usual = _scores(values)
    low = -scores[scores < 0]
    # Noise with heavy tails reaches far on both sides.
    tail = float(np.quantile(low, 0.995)) if len(low) else 0.0
    least = max(limits[_Z.name], 1.5 * tail)
    with np.errstate(invalid="ignore"):
        rise = values > usual * (1 + limits[_RISE.name])
    out = (scores > least) & rise
    if norm is not None and limits[_BOTH_Z.name] < limits[_Z.name]:
        out |= (scores > max(limits[_BOTH_Z.name], tail)) & rise & _jumps(norm, steps, limits)
    starts = _starts(out)
    if not len(starts) or len(starts) > _MAX_SPIKES:
        return []
    return [_excursion(values, scores, usual, int(start)) for start in starts]


def _starts(out: np.ndarray) -> IntArray:
    """Return where excursions start: those within a few points of each other are one."""
    places = np.flatnonzero(out)
    if not len(places):
        return places
    apart = max(3, len(out) // 50)
    starts: IntArray = places[np.concatenate([[True], np.diff(places) > apart])]
    return starts


def _excursion(values: FloatArray, scores: FloatArray, usual: FloatArray, start: int) -> _Spike:
    before = float(usual[start])
    height = values[start:]
    # Back where the loss is nearer to the level before than to the peak.
    reach = min(len(height), max(5, len(values) // 10))
    peak = start + int(height[:reach].argmax())
    back = np.flatnonzero(values[peak:] < before * (1 + 0.25 * (values[peak] / before - 1)))
    recovered = bool(len(back))
    end = peak + (int(back[0]) if recovered else len(values) - 1 - peak)
    late = values[end:]
    recovered = recovered and float(np.median(late)) < before * (values[peak] / before) ** 0.25
    return _Spike(start, peak, end, float(scores[peak]), before, recovered)


def _jumps(norm: Series, steps: IntArray, limits: Limits) -> np.ndarray:
    """Return at which steps of the loss the gradient norm jumps too, (n,)."""
    if not norm.is_positive or len(norm.finite) <= _MIN_BEFORE:
        return np.zeros(len(steps), np.bool_)
    scores, _ = _scores(norm.finite)
    high = norm.finite_steps[scores > limits[_BOTH_Z.name]]
    near: np.ndarray = np.isin(steps, high)
    return near


def _by_schedule(run: RunLog, steps: IntArray, spike: _Spike) -> bool:
    """Return whether the learning rate was raised where the spike starts, as warm restarts do."""
    rate = run.learning_rate
    if rate is None or len(rate.finite) < 4:
        return False
    around = max(1, len(steps) // 50)
    low = steps[max(0, spike.start - around)]
    high = steps[min(len(steps) - 1, spike.peak)]
    inside = rate.finite[(rate.finite_steps >= low) & (rate.finite_steps <= high)]
    if len(inside) < 2:
        return False
    return bool(inside.max() > 1.5 * max(inside[0], 1e-300) and inside.argmax() > 0)


def _finding(spike: _Spike, count: int, series: Series, curve: Series) -> Finding:
    steps, values = curve.finite_steps, curve.finite
    first, last = int(steps[spike.start]), int(steps[spike.end])
    peak = int(steps[spike.peak])
    height = float(values[spike.peak])
    tag = wording.clipped(series.tag)
    told = (
        f"{tag} jumps from {wording.number(spike.usual, 3)} to {wording.number(height, 3)} at step "
        f"{wording.amount(peak)}"
    )
    if count > 1:
        told += f", the highest of {count} spikes"
    if spike.recovered:
        told += f", and is back by step {wording.amount(last)}."
        severity, advice = "note", ""
    else:
        late = float(
            np.median(values[spike.peak + 1 :] if spike.peak + 1 < len(values) else height)
        )
        told += f", and has not come back: it is {wording.number(late, 3)} after."
        severity = "warning"
        advice = (
            f"Restart from a checkpoint before step {wording.amount(first)}, or lower the rate."
        )
    numbers = {"z": spike.z, "before": spike.usual, "peak": height, "spikes": float(count)}
    return Finding(
        *(NAME, severity, series.run, series.group, series.tag, first, last, told, advice),
        numbers=numbers,
    )


RULE = Rule(NAME, "The loss jumps far out of its noise for a time.", search, (_Z, _BOTH_Z, _RISE))
