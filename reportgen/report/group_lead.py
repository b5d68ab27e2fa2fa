"""Group lead: which seed group is best or leads, by how much, and whether noise decides that."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from reportgen import wording
from reportgen.analysis.groups.group_results import GroupResult
from reportgen.analysis.groups.seed_groups import SeedGroups
from reportgen.analysis.groups.superiority import Comparison, compare, seeds_needed
from reportgen.analysis.summary import Summary
from reportgen.report.best_run import Lead
from reportgen.report.digits import change, fixed
from reportgen.report.ranked_groups import (
    better_of,
    group_decimals,
    mean_text,
    ranked_groups,
    value_name,
)
from reportgen.report.statements import Segment, Statement
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
    segments = _segments(ranking, groups)
    if not segments:
        return None
    place = next(place for place, segment in enumerate(segments) if segment.strong)
    before, after = segments[:place], segments[place + 1 :]
    return Lead(
        "".join(segment.text for segment in before),
        segments[place].text,
        "".join(segment.text for segment in after),
    )


def group_statements(
    ranking: Summary, groups: SeedGroups, targets: Mapping[str, str]
) -> list[Statement]:
    """Return which group is best or leads, and how sure that is; [] without groups.

    Args:
        ranking: of the runs.
        groups: of seeds.
        targets: id of the first figure of each kind, see `Chart.kind`.
    """
    segments = _segments(ranking, groups)
    if not segments:
        return []
    tag = ranking.metrics[0].tag
    statements = [Statement(tuple(segments), tag=tag, target=targets.get("group_curves", ""))]
    certainty = _certainty(ranking, groups)
    if certainty:
        target = targets.get("group_differences", "")
        statements.append(Statement(tuple(certainty), tag=tag, target=target))
    return [*statements, *_disagreements(ranking, groups)]


def _disagreements(ranking: Summary, groups: SeedGroups) -> Iterator[Statement]:
    """Yield in which further metrics the leading group is worse than another beyond the noise."""
    leader = ranked_groups(ranking, groups)[0].name
    for index in range(1, len(ranking.metrics)):
        results, better = ranked_groups(ranking, groups, index), better_of(ranking, index)
        beaten = next((result for result in results if result.name == leader), None)
        if better is None or beaten is None or beaten is results[0]:
            continue
        best = results[0]
        comparison = compare(beaten.values, best.values, better)
        if not comparison.is_real:
            continue
        places, tag = group_decimals(results, ranking, index), ranking.metrics[index].tag
        segments = (
            _named(beaten),
            Segment(" is worse than "),
            _named(best),
            Segment(" in "),
            Segment(clipped(tag), tag=tag),
            Segment(": "),
            Segment(mean_text(beaten, places), strong=True),
            Segment(
                f" against {mean_text(best, places)}, "
                f"95 % interval of the difference {_interval(comparison, places)}."
            ),
        )
        yield Statement(segments, tag=tag)


def _certainty(ranking: Summary, groups: SeedGroups) -> list[Segment]:
    """Return the intervals by which the best group leads, or why the next may be as good.

    [] where fewer than two groups have two seeds each, so that no difference has an interval.
    """
    results = ranked_groups(ranking, groups)
    better = better_of(ranking, 0)
    if better is None or len(results) < 2:
        return []
    best, *others = results
    places = group_decimals(results, ranking, 0)
    compared = [(other, compare(best.values, other.values, better)) for other in others]
    if all(comparison.is_real for _, comparison in compared):
        intervals = [
            f"{_interval(comparison, places)} ({clipped(other.name)})"
            for other, comparison in compared[:_MAX_NAMES]
        ]
        text = "The lead exceeds the noise between seeds: 95 % interval of the difference "
        return [Segment(f"{text}{', '.join(intervals)}.")]
    other, comparison = next(pair for pair in compared if not pair[1].is_real)
    if math.isnan(comparison.difference_low):
        return []
    needed = seeds_needed(comparison.difference, comparison.variance)
    advice = f" About {needed:,} seeds each would tell." if needed > comparison.seeds else ""
    difference = change(comparison.difference, places) or "none"
    return [
        _named(best),
        Segment(" and "),
        _named(other),
        Segment(
            f" cannot be told apart: difference {difference}, "
            f"95 % interval {_interval(comparison, places)}.{advice}"
        ),
    ]


def _interval(comparison: Comparison, places: int) -> str:
    low, high = comparison.difference_low, comparison.difference_high
    return f"{change(low, places)} to {change(high, places)}"


def _segments(ranking: Summary, groups: SeedGroups) -> list[Segment]:
    """Return the pieces of the sentence on the best group; [] without one."""
    results = ranked_groups(ranking, groups)
    better = better_of(ranking, 0) if results else None
    if better is None:
        return []
    best, *others = results
    places = group_decimals(results, ranking, 0)
    level = [
        clipped(other.name)
        for other in others
        if not compare(best.values, other.values, better).is_real
    ]
    if not others:
        verb = " reached "
    elif level:
        verb = f" leads the {len(results):,} groups: "
    else:
        verb = " is best: "
    tag = ranking.metrics[0].tag
    basis = f"({_basis(best)}, {value_name(ranking, 0)} of each)"
    segments = [
        _named(best),
        Segment(verb),
        Segment(clipped(tag), tag=tag),
        Segment(" "),
        Segment(mean_text(best, places), strong=True),
    ]
    if level:
        return [*segments, Segment(f" {basis}; {_cannot_tell(level, len(others))}.")]
    if not others:
        return [*segments, Segment(f" {basis}.")]
    direction = "above" if best.mean > others[0].mean else "below"
    gap = fixed(abs(best.mean - others[0].mean), places)
    return [
        *segments,
        Segment(f", {gap} {direction} "),
        _named(others[0]),
        Segment(f" {basis}."),
    ]


def _basis(result: GroupResult) -> str:
    """Return what a group's number is made from: "mean ± sd of 5 seeds"."""
    what = "value" if math.isnan(result.deviation) else "mean ± sd"
    return f"{what} of {wording.count(len(result.values), 'seed')}"


def _named(result: GroupResult) -> Segment:
    """Return the name of a group, with a run of it for its swatch."""
    return Segment(clipped(result.name), run=result.members[0])


def group_phrase(ranking: Summary, groups: SeedGroups) -> str:
    """Return the best group and its mean in a few words; "" without groups."""
    results = ranked_groups(ranking, groups)
    if not results:
        return ""
    number = mean_text(results[0], group_decimals(results, ranking, 0))
    tag = clipped(ranking.metrics[0].tag, _MAX_LETTERS)
    return f"{clipped(results[0].name, _MAX_LETTERS)}, {tag} {number}"


def _cannot_tell(names: Sequence[str], others: int) -> str:
    """Return which of the other groups the noise between seeds does not tell from the best."""
    if len(names) == others > _MAX_NAMES:
        return f"none of the other {others:,} can be told apart from it"
    return f"{wording.listing(names, _MAX_NAMES)} cannot be told apart from it"
