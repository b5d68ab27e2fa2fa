"""Tags that hold the same values as another tag, such as a reward logged under two names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from reportgen.analysis.series_facts import SeriesFacts

_TOLERANCE = 2e-5  # of the largest value: what a table with five digits loses
_MIN_RANGE = 1e-3  # of the largest value; flatter series are equal by chance
_PREFERENCE = {"objective": 0, "component": 1}  # of roles; others come after these


def repeated_tags(facts: SeriesFacts) -> dict[str, str]:
    """Return the tags that repeat another one, and which.

    A tag repeats another one of the same split, direction and role if both were logged by the same
    runs, with the same values at the same steps in each of them. Of such tags that stays which says
    how well a run did, or else which was logged first. Constant series are left out.
    """
    frame = facts.frame
    tags = [str(tag) for tag in frame["tag"]]
    runs = Counter(tags)
    preference: dict[str, tuple[int, int]] = {}
    for order, (tag, role) in enumerate(zip(tags, frame["role"], strict=True)):
        preference.setdefault(tag, (_PREFERENCE.get(role, 2), order))
    equal_in: defaultdict[tuple[str, str], int] = defaultdict(int)
    for place, other in _equal_pairs(facts):
        first, second = sorted((tags[place], tags[other]), key=lambda tag: preference[tag])
        equal_in[first, second] += 1
    pairs = sorted(equal_in, key=lambda pair: preference[pair[0]])
    return _resolved(
        {
            second: first
            for first, second in pairs
            if equal_in[first, second] == runs[first] == runs[second]
        }
    )


def _equal_pairs(facts: SeriesFacts) -> Iterator[tuple[int, int]]:
    """Yield pairs of series of one run with equal values at equal steps, by their places.

    Sorted by their means, equal series stand side by side.
    """
    frame = facts.frame
    largest = frame[["low", "high"]].abs().max(axis=1)
    varying = frame[(frame["high"] / 2 - frame["low"] / 2) > _MIN_RANGE / 2 * largest]
    kind = varying["role"].where(~varying["role"].isin(list(_PREFERENCE)), "")
    place = ["run", "split", "direction", "kind", "points", "first_step", "last_step"]
    ordered = varying.assign(kind=kind).sort_values([*place, "mean"], kind="stable")
    keys = list(zip(*(ordered[name] for name in [*place, "mean"]), strict=True))
    for (series, key), (other, next_key) in pairwise(zip(ordered.index, keys, strict=True)):
        tolerance = _TOLERANCE * float(largest[series])
        if key[:-1] != next_key[:-1] or abs(key[-1] - next_key[-1]) > tolerance:
            continue
        (values, steps), (others, other_steps) = facts.rows_of(series), facts.rows_of(other)
        if np.array_equal(steps, other_steps) and np.allclose(
            values, others, rtol=0, atol=tolerance, equal_nan=True
        ):
            yield series, other


def _resolved(repeats: Mapping[str, str]) -> dict[str, str]:
    """Return the same with chains followed: what repeats a repetition repeats its original."""
    resolved = {}
    for tag, first in repeats.items():
        original, visited = first, {tag}
        while original in repeats and original not in visited:
            visited.add(original)
            original = repeats[original]
        resolved[tag] = original
    return resolved
