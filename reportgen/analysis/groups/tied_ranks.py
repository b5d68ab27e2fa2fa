"""Ranks of groups in which those that cannot be told apart are tied."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.groups.superiority import Better, compare


def tied_ranks(groups: Sequence[Sequence[float]], better: Better) -> list[int]:
    """Return the rank of each group: 1 and the number of groups that are better beyond noise.

    Args:
        groups: finite final values of the runs of each group.
        better: which direction is better.
    """
    sign = 1 if better == "up" else -1
    ranks = []
    for group in groups:
        comparisons = [compare(other, group, better) for other in groups]
        ranks.append(1 + sum(one.is_real and sign * one.difference > 0 for one in comparisons))
    return ranks
