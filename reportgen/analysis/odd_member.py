"""Odd member: the one of many like series that ends far from all others."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.arrays import FloatArray

MIN_MEMBERS = 6  # fewer do not show what is usual
MIN_DISTANCE = 5.0  # robust standard deviations from the neighbours
MIN_RATIO = 3.0  # of positive levels to their neighbours'
_ENDS = 3.0  # times that ratio: the first and the last differ by their nature
_MAD_TO_DEVIATION = 1.4826


@dataclass(frozen=True, slots=True)
class OddMember:
    """A member that is unlike the others.

    Attributes:
        place: its index.
        level, usual: its level at the end, and the median of its neighbours'.
        distance: from these, in robust standard deviations of such distances.
    """

    place: int
    level: float
    usual: float
    distance: float


def odd_member(
    levels: FloatArray, min_distance: float = MIN_DISTANCE, min_ratio: float = MIN_RATIO
) -> OddMember | None:
    """Return the member that is far from its neighbours, and at least twice as far as any other.

    Positive levels are compared as ratios. Others have to lie farther from their neighbours than
    the whole range of the other members.

    Args:
        levels: (m,) of the members in order, such as the median of each one's last quarter.
        min_distance: from the neighbours, in robust standard deviations of such distances.
        min_ratio: of a positive level to its neighbours', or of theirs to it.
    """
    if len(levels) < MIN_MEMBERS or not np.isfinite(levels).all():
        return None
    positive = bool((levels > 0).all())
    scaled = np.log(levels) if positive else levels
    usual = _neighbours(scaled)
    with np.errstate(over="ignore"):
        distances = np.abs(scaled - usual)
    weighted = distances.copy()
    weighted[[0, -1]] /= 2
    place = int(weighted.argmax())
    others = (
        np.delete(distances[1:-1], place - 1) if 0 < place < len(levels) - 1 else distances[1:-1]
    )
    deviation = max(_MAD_TO_DEVIATION * float(np.median(others)), 0.01 if positive else 0.0)
    distance = float(distances[place])
    is_end = place in {0, len(levels) - 1}
    if positive:
        least = math.log(min_ratio * (_ENDS if is_end else 1))
    else:
        rest = np.delete(scaled, place)
        least = float(rest.max() / 2 - rest.min() / 2) * 2 * (2 if is_end else 1)
    if not math.isfinite(distance) or distance <= max(least, 2 * float(others.max())):
        return None
    if distance <= min_distance * deviation:
        return None
    middle = float(np.exp(usual[place])) if positive else float(usual[place])
    times = distance / deviation if deviation else math.inf
    return OddMember(place, float(levels[place]), middle, times)


def _neighbours(values: FloatArray) -> FloatArray:
    """Return the median of the four members around each, without itself, (m,)."""
    count = len(values)
    medians = []
    for place in range(count):
        low = max(0, min(place - 2, count - 5))
        near = [index for index in range(low, low + 5) if index != place]
        medians.append(float(np.median(values[near])))
    return np.array(medians)
