"""The interface of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations
from reportgen.analysis.findings.thresholds import Limits, Threshold


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        name: what users call it.
        meaning: what its findings say, in one line.
        search: yields the findings in all runs, by the thresholds of this rule.
        thresholds: what the user can set.
        is_on: whether it is applied where the user does not say.
    """

    name: str
    meaning: str
    search: Callable[[Observations, Limits], Iterable[Finding]]
    thresholds: tuple[Threshold, ...] = ()
    is_on: bool = True
