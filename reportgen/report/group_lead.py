"""Group lead: which seed group is best or leads, by how much, and whether noise decides that."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import wording
from reportgen.analysis.groups.group_results import GroupResult
from reportgen.analysis.groups.seed_groups import SeedGroups
from reportgen.analysis.groups.superiority import compare
from reportgen.analysis.summary import Summary
from reportgen.report.best_run import Lead
from reportgen.report.digits import fixed
from reportgen.report.ranked_groups import (
    better_of,
    group_decimals,
    mean_text,
    ranked_groups,
    value_name,
)
from reportgen.wording import clipped

_MAX_NAMES = 3
_MAX_LETTERS = 40


def group_lead(ranking: Summary, groups: SeedGroups) -> Lead | None:
    """Return the sentence on the best group; None without groups that have a value.

    "Is best" stands only where the group differs from each other one beyond the noise between
    seeds, see `superiority.Comparison.is_real`.

    Args:
        ranking: of the runs.
        groups: of seeds.
    """
    results = ranked_groups(ranking, groups)
    better = better_of(ranking, 0) if results else None
    if better is None:
        return None
    best, *others = results
    places = group_decimals(results, ranking, 0)
    tag, name = clipped(ranking.metrics[0].tag), clipped(best.name)
    number = mean_text(best, places)
    basis = f"mean of {wording.count(len(best.values), 'seed')}, {value_name(ranking, 0)}"
    if not others:
        return Lead(f"{name} reached {tag} ", number, f" ({basis}).")
    level = [
        clipped(other.name)
        for other in others
        if not compare(best.values, other.values, better).is_real
    ]
    if not level:
        gap = f"{fixed(abs(best.mean - others[0].mean), places)} {_beyond(best, others[0])}"
        after = f", {gap} {clipped(others[0].name)} ({basis})."
        return Lead(f"{name} is best: {tag} ", number, after)
    after = f" ({basis}); {_cannot_tell(level, len(others))}."
    return Lead(f"{name} leads {wording.count(len(results), 'group')}: {tag} ", number, after)


def group_phrase(ranking: Summary, groups: SeedGroups) -> str:
    """Return the best group and its mean in a few words; "" without groups."""
    results = ranked_groups(ranking, groups)
    if not results:
        return ""
    number = mean_text(results[0], group_decimals(results, ranking, 0))
    tag = clipped(ranking.metrics[0].tag, _MAX_LETTERS)
    return f"{clipped(results[0].name, _MAX_LETTERS)}, {tag} {number}"


def _beyond(best: GroupResult, other: GroupResult) -> str:
    return "above" if best.mean > other.mean else "below"


def _cannot_tell(names: Sequence[str], others: int) -> str:
    """Return which of the other groups the noise between seeds does not tell from the best."""
    if others == 1:
        return f"{names[0]} cannot be told apart from it"
    if len(names) == others:
        return f"none of the other {others:,} can be told apart from it"
    listed = wording.listing(names, _MAX_NAMES)
    return f"{listed} of the other {others:,} cannot be told apart from it"
