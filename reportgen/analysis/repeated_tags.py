"""Tags that hold the same values as another tag, such as a reward logged under two names."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_TOLERANCE = 2e-5  # of the largest value: what a table with five digits loses
_MIN_RANGE = 1e-3  # of the largest value; flatter series are equal by chance
_PREFERENCE = {"objective": 0, "component": 1}  # of roles; others come after these

FloatArray = NDArray[np.float64]


def repeated_tags(scalars: pd.DataFrame) -> dict[str, str]:
    """Return the tags that repeat another one, and which.

    A tag repeats another one of the same split, direction and role if both were logged by the same
    runs, with the same values at the same steps in each of them. Of such tags that stays which says
    how well a run did, or else which was logged first. Constant series are left out.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
    """
    runs_of: defaultdict[str, set[str]] = defaultdict(set)
    equal_in: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    facts: dict[str, tuple[int, int]] = {}
    by_place: defaultdict[tuple[str, ...], list[tuple[str, FloatArray]]] = defaultdict(list)
    series = scalars.groupby(["run", "tag"], sort=False, observed=True)
    for order, ((run, tag), rows) in enumerate(series):
        first = rows.iloc[0]
        runs_of[str(tag)].add(str(run))
        facts.setdefault(str(tag), (_PREFERENCE.get(str(first["role"]), 2), order))
        values = rows["value"].to_numpy()
        if _varies(values):
            role = "" if str(first["role"]) in _PREFERENCE else str(first["role"])
            steps = sha256(rows["step"].to_numpy().tobytes()).hexdigest()
            place = (str(run), str(first["split"]), str(first["direction"]), role, steps)
            by_place[place].append((str(tag), values))
    for (run, *_), tagged in by_place.items():
        for first_tag, second_tag in _equal_neighbours(tagged, facts):
            equal_in[first_tag, second_tag].add(run)
    return _resolved(
        {
            second: first
            for (first, second), runs in sorted(
                equal_in.items(), key=lambda item: facts[item[0][0]]
            )
            if runs == runs_of[first] == runs_of[second]
        }
    )


def _equal_neighbours(
    tagged: list[tuple[str, FloatArray]], facts: dict[str, tuple[int, int]]
) -> list[tuple[str, str]]:
    """Return pairs of tags with equal values, the one that stays first.

    Sorted by their means, equal series stand side by side.
    """
    pairs = []
    ordered = sorted(tagged, key=lambda item: (float(np.nanmean(item[1])), facts[item[0]]))
    for (tag, values), (other, others) in pairwise(ordered):
        largest = float(np.nanmax(np.abs(values)))
        if np.allclose(values, others, rtol=0, atol=_TOLERANCE * largest, equal_nan=True):
            first, second = sorted((tag, other), key=lambda name: facts[name])
            pairs.append((first, second))
    return pairs


def _resolved(repeats: dict[str, str]) -> dict[str, str]:
    """Return the same with chains followed: what repeats a repetition repeats its original."""
    resolved = {}
    for tag, first in repeats.items():
        original, visited = first, {tag}
        while original in repeats and original not in visited:
            visited.add(original)
            original = repeats[original]
        resolved[tag] = original
    return resolved


def _varies(values: FloatArray) -> bool:
    finite = values[np.isfinite(values)]
    if len(finite) < 2 or np.isinf(values).any():
        return False
    low, high = float(finite.min()), float(finite.max())
    return high / 2 - low / 2 > _MIN_RANGE / 2 * max(abs(low), abs(high))
