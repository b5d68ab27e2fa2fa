"""`within-noise`: the two leading runs or groups differ by no more than their noise."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reportgen import wording
from reportgen.analysis.contest import Contender, Contest
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.analysis.groups.superiority import compare, seeds_needed, welch_margin
from reportgen.analysis.noise import CONFIDENT, difference_error

NAME = "within-noise"
_ERRORS = Threshold(
    "errors",
    CONFIDENT,
    "standard errors of the difference within which it may be noise",
    "95 % of a normal distribution; Student's t takes its place between groups of seeds",
)
_ROUNDING = 1e-6  # of a value, as logs hold values of 32 bits
_MAX_SEEDS = 100  # more are no advice


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding an experiment: of the two that lead its table."""
    for contest in observations.contests:
        if len(contest.contenders) < 2:
            continue
        first, second, *_ = contest.contenders
        margin = _margin(first, second, limits[_ERRORS.name])
        if 0 < margin >= abs(first.mean - second.mean):
            yield _finding(contest, first, second, margin)


def _margin(first: Contender, second: Contender, errors: float) -> float:
    """Return how far noise alone may part the two; NaN where their noise is not known."""
    if min(len(first.levels), len(second.levels)) > 1:
        return welch_margin(first.values, second.values) * errors / CONFIDENT
    if max(len(first.levels), len(second.levels)) > 1:
        return math.nan
    return errors * difference_error(first.levels[0], second.levels[0])


def _finding(contest: Contest, first: Contender, second: Contender, margin: float) -> Finding:
    sentence = (
        f"{wording.clipped(first.name)} and {wording.clipped(second.name)} cannot be told apart by "
        f"{wording.clipped(contest.tag)}: {_difference(first, second)}, and noise alone explains "
        f"up to {wording.number(margin, 2)}."
    )
    return Finding(
        *(NAME, "note", "", "", contest.tag, first.step, first.step, sentence),
        _advice(first, second),
        figure="table",
        numbers={"first": first.mean, "second": second.mean, "error": margin / CONFIDENT},
    )


def _difference(first: Contender, second: Contender) -> str:
    distance = abs(first.mean - second.mean)
    if distance <= _ROUNDING * abs(first.mean):
        return f"both reach {wording.number(first.mean)}"
    values = f"{wording.number(first.mean)} and {wording.number(second.mean)}"
    return f"{values} differ by {wording.number(distance, 2)}"


def _advice(first: Contender, second: Contender) -> str:
    if min(len(first.levels), len(second.levels)) > 1:
        comparison = compare(first.values, second.values, "up")
        needed = seeds_needed(comparison.difference, comparison.variance)
        if comparison.seeds < needed <= _MAX_SEEDS:
            return f"About {needed} seeds each would tell whether this difference is real."
    return "Repeat both with other seeds before you choose."


RULE = Rule(
    NAME, "The two leading runs or groups differ by no more than their noise.", search, (_ERRORS,)
)
