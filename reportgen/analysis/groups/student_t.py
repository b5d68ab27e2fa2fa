"""Student's t distribution, with degrees of freedom that need not be whole."""

from __future__ import annotations

import math
from statistics import NormalDist

_NORMAL_FROM = 1e7  # degrees of freedom from which on the normal distribution serves
_BISECTIONS = 200
_TINY = 1e-300


def cumulative(t: float, freedom: float) -> float:
    """Return the probability of a value of at most `t`.

    Args:
        t: any number.
        freedom: degrees of freedom, above 0, or infinity for the normal distribution.
    """
    if freedom >= _NORMAL_FROM:
        return NormalDist().cdf(t)
    square = freedom + t * t
    tail = _incomplete_beta(freedom / 2, 0.5, freedom / square, t * t / square) / 2
    return tail if t < 0 else 1 - tail


def quantile(probability: float, freedom: float) -> float:
    """Return the value that is exceeded with probability 1 - `probability`.

    Args:
        probability: above 0 and below 1.
        freedom: degrees of freedom, above 0, or infinity for the normal distribution.
    """
    if freedom >= _NORMAL_FROM:
        return NormalDist().inv_cdf(probability)
    if probability < 0.5:
        return -quantile(1 - probability, freedom)
    low, high = 0.0, 1.0
    while cumulative(high, freedom) < probability and high < 1e150:
        low, high = high, high * 2
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if high - low < 1e-13 * high:
            break
        if cumulative(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """Return the regularised incomplete beta function of `x`, 1 - `rest`, see DLMF 8.17."""
    if x <= 0 or rest <= 0:
        return float(rest <= 0)
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side
        return 1 - _incomplete_beta(b, a, rest, x)
    log_front = a * math.log(x) + b * math.log(rest)
    log_front += math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(log_front) * _continued_fraction(a, b, x) / a


def _continued_fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of DLMF 8.17.22, by the modified Lentz method."""
    numerator, denominator = 1.0, 1 / _nonzero(1 - (a + b) * x / (a + 1))
    value = denominator
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            denominator = 1 / _nonzero(1 + term * denominator)
            numerator = _nonzero(1 + term / numerator)
            value *= denominator * numerator
        if abs(denominator * numerator - 1) < 1e-15:
            break
    return value


def _nonzero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
