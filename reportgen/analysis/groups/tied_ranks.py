"""Ranks of groups in which those that cannot be told apart are tied."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reportgen.analysis.groups.superiority import Better, is_real

_Groups = tuple[tuple[float, ...], ...]


def tied_ranks(groups: Sequence[Sequence[float]], better: Better) -> list[int]:
    """Return the rank of each group: 1 and the number of groups that are better beyond noise.

    Args:
        groups: finite final values of the runs of each group.
        better: which direction is better.
    """
    return list(_ranks(tuple(map(tuple, groups)), better))


@lru_cache(maxsize=32)  # a report ranks the same groups in its table, figures and sentences
def _ranks(groups: _Groups, better: Better) -> tuple[int, ...]:
    sign = 1 if better == "up" else -1
    means = [sign * sum(group) / len(group) for group in groups]
    return tuple(
        1
        + sum(
            mean > means[place] and is_real(group, groups[place], better)
            for group, mean in zip(groups, means, strict=True)
        )
        for place in range(len(groups))
    )
