"""Bins: one logged histogram, and what follows from its counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.arrays import FloatArray

# TensorBoard's (tensorboard/plugins/distribution/compressor.py): minimum, maximum, and those of a
# normal distribution at 0, 0.5, 1 and 1.5 standard deviations from its mean.
BASIS_POINTS = (0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10000)
_ROUNDING = 1e-12  # of the largest value, below which a mean is a rounding error of 0
_LARGEST = 1e250  # so that ticks and margins beyond an axis are finite too
_SMALLEST = 1e-305
_MASS = 0.001  # share left out of an axis at each end, so that an outlier does not flatten the rest


@dataclass(frozen=True, slots=True)
class Bins:
    """One histogram as logged: its bins that hold a count, (k,) each, in order.

    Attributes:
        mean, deviation: exact where the log has the sums of the values and of their squares, else
            estimated from the middles of the bins. NaN without any count.
        exact: whether mean and deviation are exact.
    """

    step: int
    left: FloatArray
    right: FloatArray
    count: FloatArray
    mean: float
    deviation: float
    exact: bool

    def quantiles(self, shares: FloatArray) -> FloatArray:
        """Return the values (m,) below which so much of the counts lies, linear within a bin."""
        if not len(self.count):
            return np.full(len(shares), np.nan)
        below = np.concatenate([[0.0], np.cumsum(self.count)]) / self.count.sum()
        place = np.clip(np.searchsorted(below, shares, side="left") - 1, 0, len(self.count) - 1)
        width = below[place + 1] - below[place]  # 0 where a count is lost beside far larger ones
        share = np.divide(shares - below[place], width, out=np.zeros(len(place)), where=width > 0)
        share = np.clip(share, 0, 1)
        value: FloatArray = self.left[place] * (1 - share) + self.right[place] * share
        return value

    def shares(self, edges: FloatArray, scale: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """Return the share of the counts between each two `edges`; a bin's count is spread evenly.

        Args:
            edges: (m + 1,) lengths along an axis.
            scale: from values to such lengths.
        """
        return spread(scale(self.left), scale(self.right), self.count, edges)

    def in_words(self) -> str:
        """Return step, mean and standard deviation in words."""
        if not len(self.count):
            return f"at step {self.step:,} nothing was counted"
        return (
            f"at step {self.step:,} about {wording.number(self.mean, 3)} "
            f"with a standard deviation of {wording.number(self.deviation, 3)}"
        )


def read(row: Mapping[Hashable, Any]) -> Bins:
    """Return one row of the histograms frame as bins; invalid bins are left out.

    Where the log has the minimum and the maximum, the outermost bins end there, as in TensorBoard
    (`tensorboard.data_compat`).
    """
    left, right, count = (np.asarray(row[name], float) for name in ("left", "right", "count"))
    sound = (count > 0) & np.isfinite(count) & np.isfinite(left) & np.isfinite(right)
    sound &= right >= left
    left, right, count = left[sound], right[sound], count[sound]
    count = np.minimum(count, _LARGEST / max(len(count), 1))  # so that their sum is finite too
    lowest, highest = row.get("min", np.nan), row.get("max", np.nan)
    if len(count) and lowest <= highest:
        left[0], right[-1] = np.clip((lowest, highest), (left[0], left[-1]), (right[0], right[-1]))
    exact = bool(np.isfinite([row["num"], row["sum"], row["sum_squares"]]).all() and row["num"] > 0)
    mean, deviation = _exact(row) if exact else _estimated(left, right, count)
    if len(count) and abs(mean) < _ROUNDING * max(abs(left[0]), abs(right[-1])):
        mean = 0.0
    mean = float(np.clip(mean, -_LARGEST, _LARGEST))
    return Bins(int(row["step"]), _drawable(left), _drawable(right), count, mean, deviation, exact)


def _drawable(edges: FloatArray) -> FloatArray:
    """Return edges whose distances and slopes are finite: near the ends of float64 they are not."""
    bounded = np.clip(edges, -_LARGEST, _LARGEST)
    return np.where(np.abs(bounded) < _SMALLEST, 0.0, bounded)


def chosen(histograms: pd.DataFrame, count: int) -> tuple[Bins, ...]:
    """Return at most so many rows, evenly spaced, the first and the last among them."""
    places = evenly(len(histograms), count)
    return tuple(map(read, histograms.iloc[list(places)].to_dict("records")))


def table(bins: tuple[Bins, ...]) -> pd.DataFrame:
    """Return count, mean, standard deviation and the values at the basis points, a row a step."""
    columns = pd.DataFrame(
        {
            "step": [histogram.step for histogram in bins],
            "count": [float(histogram.count.sum()) for histogram in bins],
            "mean": [histogram.mean for histogram in bins],
            "standard deviation": [histogram.deviation for histogram in bins],
        }
    )
    names = [f"{wording.number(point / 100)}%" for point in BASIS_POINTS]
    return columns.assign(**dict(zip(names, percentiles(bins).T, strict=True)))


def percentiles(bins: tuple[Bins, ...]) -> FloatArray:
    """Return the values at the basis points, (steps, 9); NaN where nothing was counted."""
    shares = np.array(BASIS_POINTS) / 10_000
    return np.array([histogram.quantiles(shares) for histogram in bins]).reshape(-1, len(shares))


def moments(bins: tuple[Bins, ...]) -> str:
    """Return a sentence on mean and standard deviation at the first and the last step."""
    counted = [histogram for histogram in bins if len(histogram.count)]
    if not counted:
        return ""
    how = "exact" if all(histogram.exact for histogram in counted) else "estimated from the bins"
    texts = ", ".join(
        f"{wording.number(histogram.mean, 3)} ± {wording.number(histogram.deviation, 3)} "
        f"at step {histogram.step:,}"
        for histogram in (counted[:1] if len(counted) == 1 else (counted[0], counted[-1]))
    )
    return f"Mean ± standard deviation {texts}; {how}."


def alt(title: str, bins: tuple[Bins, ...]) -> str:
    """Return mean and standard deviation of the first and the last histogram."""
    ends = [bins[0], bins[-1]] if len(bins) > 1 else list(bins)
    texts = "; ".join(histogram.in_words() for histogram in ends) or "nothing was logged"
    return f"Distribution of {title} over steps: {texts}."


def drawn(bins: tuple[Bins, ...], logged: int) -> str:
    """Return a sentence on how many of the logged histograms are drawn."""
    logged_text = wording.count(logged, "histogram")
    if len(bins) < logged:
        return f"{len(bins):,} of {logged_text} drawn, evenly spaced."
    return f"All {logged_text}." if logged > 1 else f"{logged_text} logged."


def limits(bins: tuple[Bins, ...]) -> tuple[float, float]:
    """Return the range of all histograms but a thousandth at each of their ends; never empty."""
    counted = [histogram for histogram in bins if len(histogram.count)]
    if not counted:
        return 0.0, 1.0
    ends = [histogram.quantiles(np.array([_MASS, 1 - _MASS])) for histogram in counted]
    lowest, highest = float(min(low for low, _ in ends)), float(max(high for _, high in ends))
    margin = 0.0 if highest > lowest else abs(highest) * 0.1 or 0.5
    return lowest - margin, highest + margin


def hidden(shares: FloatArray) -> str:
    """Return a sentence on counts outside the axis; "" where there are hardly any.

    Args:
        shares: (steps, parts) of each step's counts along the axis.
    """
    seen = shares.sum(axis=1)
    lost = 1 - seen[seen > 0].min(initial=1.0)
    return f"Up to {lost:.1%} of a step's counts lie outside the axis." if lost > 5e-4 else ""


def spread(left: FloatArray, right: FloatArray, count: FloatArray, edges: FloatArray) -> FloatArray:
    """Return the share of all counts between each two edges, each bin's count spread evenly.

    Args:
        left: (k,) of the bins in order.
        right: (k,); a bin without width counts where it is.
        count: (k,).
        edges: (m + 1,).

    Returns:
        (m,).
    """
    shares = np.zeros(len(edges) - 1)
    total = count.sum()
    if not total:
        return shares
    wide = right > left
    if wide.any():
        places = np.column_stack([left[wide], right[wide]]).ravel()
        ends = np.cumsum(count[wide])
        below = np.column_stack([ends - count[wide], ends]).ravel()
        shares += np.diff(np.interp(edges, places, below, left=0, right=below[-1]))
    spikes, _ = np.histogram(left[~wide], edges, weights=count[~wide])
    result: FloatArray = np.maximum(shares + spikes, 0) / total  # rounding of tiny counts
    return result


def _exact(row: Mapping[Hashable, Any]) -> tuple[float, float]:
    """Return mean and deviation from the sums; a negative variance is a rounding error of 0."""
    mean = row["sum"] / row["num"]
    return float(mean), float(np.sqrt(max(0.0, row["sum_squares"] / row["num"] - mean**2)))


def _estimated(left: FloatArray, right: FloatArray, count: FloatArray) -> tuple[float, float]:
    if not len(count):
        return float("nan"), float("nan")
    middle = left / 2 + right / 2
    # Powers of two, which change no digit, keep the sums of large values and counts finite.
    parts = 2.0 ** np.ceil(np.log2(len(count)))
    count = count / 2.0 ** np.ceil(np.log2(count.max()))
    mean = parts * float(np.average(middle / parts, weights=count))
    scale = float(np.abs(middle - mean).max()) or 1.0  # squares of large numbers overflow
    spread = np.average(((middle - mean) / scale) ** 2, weights=count)
    return mean, scale * float(np.sqrt(spread))
