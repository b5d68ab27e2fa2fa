"""Outcomes in words: one sentence an outcome, with its numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportgen import wording
from reportgen.analysis.verdicts.checks import NoiseLimit, ValueCheck
from reportgen.analysis.verdicts.outcome import Outcome
from reportgen.wording import clipped

_ALL_DIGITS = 17  # which tell any two values apart
_MET = {">=": "at least", "<=": "at most", ">": "above", "<": "below"}
_MISSED = {">=": "below", "<=": "above", ">": "not above", "<": "not below"}


def check_sentence(outcome: Outcome) -> str:
    """Return what came of one check of one run or group."""
    check, name = outcome.check, clipped(outcome.run)
    if not isinstance(check, ValueCheck):
        return _finding_sentence(outcome)
    if outcome.reason:
        return _sentence_without_comparison(outcome, check)
    value, limit = _apart(outcome, check)
    met = (_MET if outcome.passed else _MISSED)[check.op]
    return f"{name}: {_measured(outcome, check)} {value}{_at(outcome)} is {met} {limit}."


def _sentence_without_comparison(outcome: Outcome, check: ValueCheck) -> str:
    """Return why a value could not be compared with a limit."""
    tag, name, measured = clipped(check.tag), clipped(outcome.run), _measured(outcome, check)
    value = _amount(check, outcome.value, 4)
    finite = f"{measured} is {value}{',' * (outcome.step >= 0)}{_at(outcome)}"
    if outcome.kind == "best":
        finite = f"{tag} has no finite value"
    skipped = "; skipped" * (outcome.outcome == "skipped")
    return {
        "nothing to compare": f"{tag}: there is no run but the baseline to compare.",
        "not logged": f"{name}: {tag} was not logged{skipped}.",
        "not finite": f"{name}: {finite}.",
        "no baseline value": (
            f"{name}: cannot tell whether {measured} {value} is good enough, as the baseline has "
            "no finite value of it."
        ),
        "no noise": (
            f"{name}: cannot tell whether {measured} {value} differs from the baseline by more "
            "than chance, as no two runs differ only in their seed; add such runs to the baseline."
        ),
    }[outcome.reason]


def passed_sentence(outcomes: Sequence[Outcome]) -> str:
    """Return one sentence for a check that every run passed: the value nearest to its limit."""
    first = outcomes[0]
    if len(outcomes) == 1 or not isinstance(first.check, ValueCheck):
        return check_sentence(first)
    nearest = min(outcomes, key=lambda outcome: abs(outcome.value - outcome.limit))
    check = first.check
    value, limit = _apart(nearest, check)
    noun = "group" if isinstance(check.limit, NoiseLimit) else "run"
    everywhere = f"both {noun}s" if len(outcomes) == 2 else f"all {len(outcomes):,} {noun}s"
    return (
        f"In {everywhere}, {_measured(nearest, check)} is {_MET[check.op]} {limit}; nearest is "
        f"{clipped(nearest.run)} with {value}{_at(nearest)}."
    )


def explanation(outcome: Outcome) -> str:
    """Return what was compared with what, in one line: the check, then the sentence."""
    return f"{clipped(outcome.check.text, 200)}: {outcome.outcome}. {check_sentence(outcome)}"


def _finding_sentence(outcome: Outcome) -> str:
    if outcome.reason == "no findings":
        return f"{clipped(outcome.check.text)}: cannot tell, as no rules were applied."
    if not outcome.findings:
        asked = outcome.check.text[:1].upper() + outcome.check.text[1:]
        runs = "" if outcome.check.pattern else f" in {wording.count(outcome.runs, 'run')}"
        return f"{clipped(asked)}{runs}."
    first, left = outcome.findings[0], len(outcome.findings) - 1
    rest = f" And {left:,} more." if left else ""
    name = f"{clipped(outcome.run)}: " if outcome.run else ""
    return f"{name}{clipped(first, 200)}{rest}"


def _measured(outcome: Outcome, check: ValueCheck) -> str:
    """Name what was measured: "mean of the last 10 val/loss", "duration"."""
    what = f"{outcome.kind} {clipped(check.tag)}" if outcome.kind else clipped(check.tag)
    if outcome.kind and check.points:
        what = f"{outcome.kind} of the last {check.points:,} {clipped(check.tag)}"
    return f"{what}, the mean of {outcome.runs:,} runs," if outcome.runs > 1 else what


def _at(outcome: Outcome) -> str:
    return f" at step {outcome.step:,}" if outcome.step >= 0 else ""


def _apart(outcome: Outcome, check: ValueCheck) -> tuple[str, str]:
    """Return value and limit, with enough digits to tell them apart where the check does."""
    differ = outcome.passed == (check.op in {">", "<"})
    pairs = (
        (_amount(check, outcome.value, digits), _amount(check, outcome.limit, digits))
        for digits in range(4, _ALL_DIGITS + 1)
    )
    value, limit = next(
        (pair for pair in pairs if pair[0] != pair[1] or not differ),
        (repr(outcome.value), repr(outcome.limit)),
    )
    return value, f"{limit} ({_relation(outcome, check)})" if check.against else limit


def _relation(outcome: Outcome, check: ValueCheck) -> str:
    """Return what the limit is made from: "baseline + noise: 3 runs, 5% false alarms"."""
    runs = wording.count(outcome.baseline_runs, "run")
    if outcome.false_alarms:
        rate = wording.number(outcome.false_alarms * 100, 2)
        return f"{check.against}: {runs}, {rate}% false alarms"
    mean = f", the mean of {runs}" if outcome.baseline_runs > 1 else ""
    return f"{check.against}{mean}"


def _amount(check: ValueCheck, value: float, digits: int) -> str:
    """Return a value as text: a duration in its units, a number of steps with commas."""
    if not math.isfinite(value) or check.tag != "duration" or digits > 4:
        return wording.number(value, digits)
    has_unit = not isinstance(check.limit, NoiseLimit) and check.limit.unit
    return wording.duration(value) if has_unit and value >= 0 else wording.number(value, digits)
