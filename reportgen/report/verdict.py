"""The verdict: whether the checks passed, and what the runs come to, in sentences with numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reportgen import wording
from reportgen.analysis.summary import Summary
from reportgen.analysis.verdicts.outcomes import Outcome
from reportgen.report.best_run import Lead, lead
from reportgen.wording import clipped

_MOST = 5  # sentences
_FULL = 17  # digits, which tell any two values apart
_MET = {">=": "at least", "<=": "at most", ">": "above", "<": "below"}
_MISSED = {">=": "below", "<=": "above", ">": "not above", "<": "not below"}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check of one run, and the same as a sentence."""

    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a report comes to.

    Attributes:
        passed: whether every check passed; None where there are none, but a baseline.
        headline: how many checks passed or failed, a sentence; "" where there are none.
        lead: the best run; None where no run has a best value.
        sentences: one a failure, then one a check that passed, with numbers; only the first few.
        more: how many are left out, a sentence; "" where none is.
        results: of all checks, in their order.
    """

    passed: bool | None
    headline: str
    lead: Lead | None
    sentences: tuple[str, ...] = ()
    more: str = ""
    results: tuple[Result, ...] = ()

    @property
    def failures(self) -> tuple[str, ...]:
        """A sentence for each check and run that failed."""
        return tuple(one.sentence for one in self.results if not one.outcome.passed)


def verdict(ranking: Summary, outcomes: Sequence[Outcome]) -> Verdict | None:
    """The verdict; None where there is neither a check nor a baseline to compare with.

    Args:
        ranking: of the runs.
        outcomes: of the checks, in their order.
    """
    best = lead(ranking) if outcomes or ranking.baseline else None
    if not outcomes and not best:
        return None
    results = tuple(Result(one, _sentence(one)) for one in outcomes)
    checks = [list(found) for _, found in groupby(outcomes, key=lambda one: one.check)]
    passed = [found for found in checks if all(one.passed for one in found)]
    failed = [one.sentence for one in results if not one.outcome.passed]
    sentences = [*failed, *(_all_met(found) for found in passed)]
    return Verdict(
        passed=len(passed) == len(checks) if checks else None,
        headline=_headline(len(checks), len(checks) - len(passed)),
        lead=best,
        sentences=tuple(sentences[:_MOST]),
        more=_more(len(failed), len(sentences)),
        results=results,
    )


def _headline(checks: int, failed: int) -> str:
    if not checks:
        return ""
    if checks == 1:
        return f"The check {'failed' if failed else 'passed'}."
    if failed:
        return f"{failed:,} of {checks:,} checks failed."
    return "Both checks passed." if checks == 2 else f"All {checks:,} checks passed."


def _more(failed: int, told: int) -> str:
    """How much is not told, in one sentence."""
    left = max(0, failed - _MOST)
    parts = [
        wording.count(count, noun)
        for count, noun in ((left, "more failure"), (told - _MOST - left, "more passed check"))
        if count > 0
    ]
    return f"{' and '.join(parts)}: a JSON or JUnit output tells all." if parts else ""


def _sentence(one: Outcome) -> str:
    """What came of one check of one run."""
    tag, name = clipped(one.check.tag), clipped(one.run)
    if not one.run:
        but = " but the baseline" if one.kind else ""
        like = f"; did you mean {clipped(one.alike)}?" if one.alike else "."
        return f"{tag} was logged by no run{but}{like}"
    if not math.isfinite(one.value):
        if one.kind == "best":
            return f"{name}: {tag} has no finite value."
        return f"{name}: last {tag} is {wording.number(one.value)}, at step {one.step:,}."
    if not math.isfinite(one.limit):
        return f"{name}: {tag} cannot be compared, as the baseline has no finite value of it."
    value, limit = _apart(one)
    met = (_MET if one.passed else _MISSED)[one.check.op]
    return f"{name}: {one.kind} {tag} {value} at step {one.step:,} is {met} {limit}."


def _all_met(found: Sequence[Outcome]) -> str:
    """One sentence for a check that every run passed: the value that is nearest to its limit."""
    if len(found) == 1:
        return _sentence(found[0])
    nearest = min(found, key=lambda one: abs(one.value - one.limit))
    value, limit = _apart(nearest)
    runs = "both runs" if len(found) == 2 else f"all {len(found):,} runs"
    return (
        f"In {runs}, {nearest.kind} {clipped(nearest.check.tag)} is {_MET[nearest.check.op]} "
        f"{limit}; nearest is {clipped(nearest.run)} with {value} at step {nearest.step:,}."
    )


def _apart(one: Outcome) -> tuple[str, str]:
    """Value and limit, with as many digits as tell them apart where they differ in the check."""
    differ = one.passed == (one.check.op in {">", "<"})
    pairs = (
        (wording.number(one.value, digits), wording.number(one.limit, digits))
        for digits in range(4, _FULL + 1)
    )
    value, limit = next(pair for pair in pairs if pair[0] != pair[1] or not differ)
    return value, f"{limit} ({one.check.against})" if one.check.against else limit
