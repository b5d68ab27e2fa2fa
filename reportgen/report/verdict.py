"""The verdict: whether the checks passed, and what the runs come to, in sentences with numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reportgen import wording
from reportgen.analysis.summary import Summary
from reportgen.analysis.verdicts.check_sentences import (
    check_sentence,
    explanation,
    passed_sentence,
)
from reportgen.analysis.verdicts.outcome import Outcome, OutcomeWord
from reportgen.report.best_run import Lead, lead

_MAX_SENTENCES = 5
# The outcomes of one check from bad to good: the first that a run has is the check's.
_ORDER: tuple[OutcomeWord, ...] = ("failed", "unknown", "warned", "passed", "skipped")

# How runs that did not pass are counted, and what their sentences begin with, in order.
_NOUNS: tuple[tuple[OutcomeWord, str, str], ...] = (
    ("failed", "failure", ""),
    ("unknown", "undecided check", ""),
    ("warned", "warning", "Warning: "),
)
_SINGLE: dict[OutcomeWord, str] = {
    "failed": "failed",
    "unknown": "cannot be decided",
    "warned": "gives a warning",
    "passed": "passed",
    "skipped": "was skipped",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check of one run, and the same as a sentence."""

    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A line on a check: its outcome in a word, and the sentence with the numbers."""

    outcome: OutcomeWord
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a report comes to.

    Attributes:
        passed: whether every check passed, or may not pass: a warning, a run that was skipped,
            and, where the user allows it, a check that nobody can decide. None where there are no
            checks, but a baseline.
        headline: how many checks passed, failed or are unknown, a sentence; "" where there are
            none.
        lead: the best run; None where no run has a best value.
        lines: one a failure, then one a check that nobody can decide, a warning, a check that
            passed, with numbers; only the first few.
        more: how many are left out, a sentence; "" where none is.
        results: of all checks, in their order.
        allow_unknown: whether a check that nobody can decide is no failure.
        counts: how many checks had each outcome.
    """

    passed: bool | None
    headline: str
    lead: Lead | None
    lines: tuple[CheckLine, ...] = ()
    more: str = ""
    results: tuple[Result, ...] = ()
    allow_unknown: bool = False
    counts: Mapping[OutcomeWord, int] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the lines."""
        return tuple(line.sentence for line in self.lines)

    @property
    def failures(self) -> tuple[str, ...]:
        """A sentence for each check and run that failed, or that nobody can decide."""
        bad = {"failed"} if self.allow_unknown else {"failed", "unknown"}
        return tuple(result.sentence for result in self.results if result.outcome.outcome in bad)

    @property
    def explanations(self) -> tuple[str, ...]:
        """A line for each check and run: the outcome, and what was compared with what."""
        return tuple(explanation(result.outcome) for result in self.results)


def verdict(
    ranking: Summary, outcomes: Sequence[Outcome], *, allow_unknown: bool = False
) -> Verdict | None:
    """Return the verdict; None where there is neither a check nor a baseline to compare with.

    Args:
        ranking: of the runs.
        outcomes: of the checks, in their order.
        allow_unknown: whether a check that nobody can decide is no failure.
    """
    best = lead(ranking) if outcomes or ranking.baseline else None
    if not outcomes and not best:
        return None
    results = tuple(Result(outcome, check_sentence(outcome)) for outcome in outcomes)
    checks = [list(group) for _, group in groupby(outcomes, key=lambda outcome: outcome.check)]
    worst = [min((outcome.outcome for outcome in group), key=_ORDER.index) for group in checks]
    sentences = _sentences(results, checks, worst)
    failing = {"failed"} if allow_unknown else {"failed", "unknown"}
    return Verdict(
        passed=failing.isdisjoint(worst) if checks else None,
        headline=_headline(worst),
        lead=best,
        lines=tuple(CheckLine(word, text) for word, _, text in sentences[:_MAX_SENTENCES]),
        more=_more(sentences),
        results=results,
        allow_unknown=allow_unknown,
        counts=Counter(worst),
    )


def _sentences(
    results: Sequence[Result], checks: Sequence[Sequence[Outcome]], worst: Sequence[OutcomeWord]
) -> list[tuple[OutcomeWord, str, str]]:
    """Return a sentence for each run that did not pass, and for each check that all passed.

    Returns:
        The outcome, what it is called where sentences are counted, and the sentence.
    """
    sentences: list[tuple[OutcomeWord, str, str]] = [
        (outcome, noun, f"{prefix}{result.sentence}")
        for outcome, noun, prefix in _NOUNS
        for result in results
        if result.outcome.outcome == outcome
    ]
    for outcomes, word in zip(checks, worst, strict=True):
        if word in {"passed", "skipped"}:
            passed = [outcome for outcome in outcomes if outcome.passed] or outcomes
            sentences.append((word, f"{word} check", passed_sentence(passed)))
    return sentences


def _headline(worst: Sequence[OutcomeWord]) -> str:
    """Return how many checks failed, cannot be decided, or passed."""
    count = len(worst)
    if count < 2:
        return f"The check {_SINGLE[worst[0]]}." if count else ""
    failed, unknown, warned = map(worst.count, ("failed", "unknown", "warned"))
    bad = [f"{failed:,} failed"] * bool(failed)
    bad += [f"{unknown:,} cannot be decided"] * bool(unknown)
    bad += [f"{warned:,} {'give' if warned > 1 else 'gives'} a warning"] * bool(warned)
    if len(bad) > 1:
        return f"Of {count:,} checks, {wording.listing(bad)}."
    if bad:
        number, words = bad[0].split(" ", 1)
        return f"{number} of {count:,} checks {words}."
    return "Both checks passed." if count == 2 else f"All {count:,} checks passed."


def _more(sentences: Sequence[tuple[OutcomeWord, str, str]]) -> str:
    """Return how many sentences are left out, by what they are; "" where none is."""
    hidden = Counter(noun for _, noun, _ in sentences[_MAX_SENTENCES:])
    counts = [wording.count(count, f"more {noun}") for noun, count in hidden.items()]
    return f"{wording.listing(counts, 4)}: a JSON or JUnit output has them all." if counts else ""
