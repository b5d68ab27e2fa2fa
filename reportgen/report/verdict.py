"""The verdict: whether the checks passed, and how the best run did, in sentences with numbers."""

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

_MAX_SENTENCES = 5
_ALL_DIGITS = 17  # which distinguish any two values
_MET = {">=": "at least", "<=": "at most", ">": "above", "<": "below"}
_MISSED = {">=": "below", "<=": "above", ">": "not above", "<": "not below"}


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one check of one run, and the same as a sentence."""

    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a report's checks.

    Attributes:
        passed: whether every check passed; None if there are none, but a baseline.
        headline: how many checks passed or failed, a sentence; "" where there are none.
        lead: the best run; None if no run has a best value.
        sentences: one for each failure, then one for each check that passed; the first five.
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
        return tuple(result.sentence for result in self.results if not result.outcome.passed)


def verdict(ranking: Summary, outcomes: Sequence[Outcome]) -> Verdict | None:
    """Return the verdict; None without checks and without a baseline to compare with.

    Args:
        ranking: of the runs.
        outcomes: of the checks, in their order.
    """
    best = lead(ranking) if outcomes or ranking.baseline else None
    if not outcomes and not best:
        return None
    results = tuple(Result(outcome, _sentence(outcome)) for outcome in outcomes)
    checks = [list(runs) for _, runs in groupby(outcomes, key=lambda outcome: outcome.check)]
    passed = [runs for runs in checks if all(outcome.passed for outcome in runs)]
    failed = [result.sentence for result in results if not result.outcome.passed]
    sentences = [*failed, *(_all_met(runs) for runs in passed)]
    return Verdict(
        passed=len(passed) == len(checks) if checks else None,
        headline=_headline(len(checks), len(checks) - len(passed)),
        lead=best,
        sentences=tuple(sentences[:_MAX_SENTENCES]),
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


def _more(failed: int, sentences: int) -> str:
    """Return how many failures and passed checks are left out, in one sentence."""
    left = max(0, failed - _MAX_SENTENCES)
    parts = [
        wording.count(count, noun)
        for count, noun in (
            (left, "more failure"),
            (sentences - _MAX_SENTENCES - left, "more passed check"),
        )
        if count > 0
    ]
    return f"{' and '.join(parts)}: a JSON or JUnit output tells all." if parts else ""


def _sentence(outcome: Outcome) -> str:
    """Return the outcome of one check of one run as a sentence."""
    tag, name = clipped(outcome.check.tag), clipped(outcome.run)
    if not outcome.run:
        but = " but the baseline" if outcome.kind else ""
        like = f"; did you mean {clipped(outcome.alike)}?" if outcome.alike else "."
        return f"{tag} was logged by no run{but}{like}"
    if not math.isfinite(outcome.value):
        if outcome.kind == "best":
            return f"{name}: {tag} has no finite value."
        return f"{name}: last {tag} is {wording.number(outcome.value)}, at step {outcome.step:,}."
    if not math.isfinite(outcome.limit):
        return f"{name}: {tag} cannot be compared, as the baseline has no finite value of it."
    value, limit = _apart(outcome)
    met = (_MET if outcome.passed else _MISSED)[outcome.check.op]
    return f"{name}: {outcome.kind} {tag} {value} at step {outcome.step:,} is {met} {limit}."


def _all_met(outcomes: Sequence[Outcome]) -> str:
    """Return a sentence for a check that every run passed, with the value nearest to its limit."""
    if len(outcomes) == 1:
        return _sentence(outcomes[0])
    nearest = min(outcomes, key=lambda outcome: abs(outcome.value - outcome.limit))
    value, limit = _apart(nearest)
    runs = "both runs" if len(outcomes) == 2 else f"all {len(outcomes):,} runs"
    return (
        f"In {runs}, {nearest.kind} {clipped(nearest.check.tag)} is {_MET[nearest.check.op]} "
        f"{limit}; nearest is {clipped(nearest.run)} with {value} at step {nearest.step:,}."
    )


def _apart(outcome: Outcome) -> tuple[str, str]:
    """Return value and limit, with as many digits as distinguish them if the check does."""
    differ = outcome.passed == (outcome.check.op in {">", "<"})
    pairs = (
        (wording.number(outcome.value, digits), wording.number(outcome.limit, digits))
        for digits in range(4, _ALL_DIGITS + 1)
    )
    value, limit = next(pair for pair in pairs if pair[0] != pair[1] or not differ)
    return value, f"{limit} ({outcome.check.against})" if outcome.check.against else limit
