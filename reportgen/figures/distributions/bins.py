"""Bins: one logged histogram, and what follows from its counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis.evenly import evenly

# TensorBoard's: a normal distribution's ends of 0, 0.5, 1 and 1.5 standard deviations, minimum and
# maximum (tensorboard/plugins/distribution/compressor.py names them).
BASIS_POINTS = (0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10000)
_MASS = 0.001  # left out of an axis at each end, so that one outlier does not flatten all

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bins:
    """One histogram as logged: bins that hold something, (k,) each, in order.

    Attributes:
        mean, deviation: exact where the log has the sums of the values and of their squares;
            else each bin is taken at its middle. NaN without any count.
        exact: whether they are.
    """

    step: int
    left: Floats
    right: Floats
    count: Floats
    mean: float
    deviation: float
    exact: bool

    def quantiles(self, shares: Floats) -> Floats:
        """The values below which these shares of the counts lie, linear within a bin; (m,)."""
        if not len(self.count):
            return np.full(len(shares), np.nan)
        below = np.concatenate([[0.0], np.cumsum(self.count)]) / self.count.sum()
        place = np.clip(np.searchsorted(below, shares, side="left") - 1, 0, len(self.count) - 1)
        part = (shares - below[place]) / (below[place + 1] - below[place])
        part = np.clip(part, 0, 1)
        value: Floats = self.left[place] * (1 - part) + self.right[place] * part
        return value

    def shares(self, edges: Floats, scale: Callable[[Floats], Floats]) -> Floats:
        """The share of the counts between each two `edges`, a bin's count spread evenly in it.

        Args:
            edges: (m + 1,) lengths along an axis.
            scale: from values to such lengths.
        """
        return spread(scale(self.left), scale(self.right), self.count, edges)

    def told(self) -> str:
        """Step, middle and width in words."""
        if not len(self.count):
            return f"at step {self.step:,} nothing was counted"
        return (
            f"at step {self.step:,} about {wording.number(self.mean, 3)} "
            f"with a standard deviation of {wording.number(self.deviation, 3)}"
        )


def read(row: pd.Series) -> Bins:
    """One row of the histograms frame; bins that make no sense are left out.

    Where the log has the least and the largest value, the outermost bins that hold something end
    there, as TensorBoard lets them (`tensorboard.data_compat`).
    """
    left, right, count = (np.asarray(row[name], float) for name in ("left", "right", "count"))
    sound = (count > 0) & np.isfinite(count) & np.isfinite(left) & np.isfinite(right)
    sound &= right >= left
    left, right, count = left[sound], right[sound], count[sound]
    least, most = row.get("min", np.nan), row.get("max", np.nan)
    if len(count) and least <= most:
        left[0], right[-1] = np.clip((least, most), (left[0], left[-1]), (right[0], right[-1]))
    exact = bool(np.isfinite([row["num"], row["sum"], row["sum_squares"]]).all() and row["num"] > 0)
    mean, deviation = _exact(row) if exact else _estimated(left, right, count)
    return Bins(int(row["step"]), left, right, count, mean, deviation, exact)


def chosen(histograms: pd.DataFrame, most: int) -> tuple[Bins, ...]:
    """At most so many rows, evenly spaced, the first and the last among them."""
    places = evenly(len(histograms), most)
    return tuple(read(histograms.iloc[place]) for place in places)


def table(bins: tuple[Bins, ...]) -> pd.DataFrame:
    """Count, mean, standard deviation and the values at the basis points by step."""
    held = pd.DataFrame(
        {
            "step": [one.step for one in bins],
            "count": [float(one.count.sum()) for one in bins],
            "mean": [one.mean for one in bins],
            "standard deviation": [one.deviation for one in bins],
        }
    )
    names = [f"{wording.number(point / 100)}%" for point in BASIS_POINTS]
    return held.assign(**dict(zip(names, percentiles(bins).T, strict=True)))


def percentiles(bins: tuple[Bins, ...]) -> Floats:
    """The values at the basis points, (steps, 9); NaN where nothing was counted."""
    shares = np.array(BASIS_POINTS) / 10_000
    return np.array([one.quantiles(shares) for one in bins]).reshape(-1, len(shares))


def moments(bins: tuple[Bins, ...]) -> str:
    """A sentence on mean and standard deviation at the first and the last step."""
    held = [one for one in bins if len(one.count)]
    if not held:
        return ""
    how = "exact" if all(one.exact for one in held) else "estimated from the bins"
    told = ", ".join(
        f"{wording.number(one.mean, 3)} ± {wording.number(one.deviation, 3)} at step {one.step:,}"
        for one in (held[:1] if len(held) == 1 else (held[0], held[-1]))
    )
    return f"Mean ± standard deviation {told}; {how}."


def alt(title: str, bins: tuple[Bins, ...]) -> str:
    """The middle and the width of the first and the last histogram."""
    ends = [bins[0], bins[-1]] if len(bins) > 1 else list(bins)
    told = "; ".join(one.told() for one in ends) or "nothing was logged"
    return f"Distribution of {title} over steps: {told}."


def drawn(bins: tuple[Bins, ...], logged: int) -> str:
    """A sentence on how many of the logged histograms are drawn."""
    told = wording.count(logged, "histogram")
    if len(bins) < logged:
        return f"{len(bins):,} of {told} drawn, evenly spaced."
    return f"All {told}." if logged > 1 else f"{told} logged."


def limits(bins: tuple[Bins, ...]) -> tuple[float, float]:
    """The range that holds all but a thousandth at each end of each histogram; never empty."""
    held = [one for one in bins if len(one.count)]
    if not held:
        return 0.0, 1.0
    ends = [one.quantiles(np.array([_MASS, 1 - _MASS])) for one in held]
    least, most = float(min(low for low, _ in ends)), float(max(high for _, high in ends))
    margin = 0.0 if most > least else abs(most) * 0.1 or 0.5
    return least - margin, most + margin


def hidden(shares: Floats) -> str:
    """A sentence on counts outside the axis; "" where there are hardly any.

    Args:
        shares: (steps, parts) of each step's counts along the axis.
    """
    seen = shares.sum(axis=1)
    lost = 1 - seen[seen > 0].min(initial=1.0)
    return f"Up to {lost:.1%} of a step's counts lie outside the axis." if lost > 5e-4 else ""


def spread(left: Floats, right: Floats, count: Floats, edges: Floats) -> Floats:
    """The share of all counts between each two edges, each bin's spread evenly from end to end.

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
    result: Floats = (shares + spikes) / total
    return result


def _exact(row: pd.Series) -> tuple[float, float]:
    """From the sums of values and squares; what rounding leaves below no variance is none."""
    mean = row["sum"] / row["num"]
    return float(mean), float(np.sqrt(max(0.0, row["sum_squares"] / row["num"] - mean**2)))


def _estimated(left: Floats, right: Floats, count: Floats) -> tuple[float, float]:
    if not len(count):
        return float("nan"), float("nan")
    middle = left / 2 + right / 2
    mean = float(np.average(middle, weights=count))
    scale = float(np.abs(middle - mean).max()) or 1.0  # squares of large numbers overflow
    spread = np.average(((middle - mean) / scale) ** 2, weights=count)
    return mean, scale * float(np.sqrt(spread))
