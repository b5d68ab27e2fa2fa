"""`check-failed`: a check of the user did not pass, or could not be decided."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import FailedCheck, Observations
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits

NAME = "check-failed"


def search(observations: Observations, _: Limits) -> Iterator[Finding]:
    """Yield one finding a failed check and run."""
    for failed in observations.failed_checks:
        yield Finding(
            *(NAME, "error", failed.run, failed.run, failed.tag, failed.step, failed.step),
            f"The check {wording.clipped(failed.text)} {_outcome(failed)}.",
            figure="table",
            numbers={
                name: number
                for name, number in (("value", failed.value), ("limit", failed.limit))
                if math.isfinite(number)
            },
        )


def _outcome(failed: FailedCheck) -> str:
    if not failed.tag:  # a check of findings, or of no run at all
        return "did not pass"
    if math.isnan(failed.value):
        return "could not be decided: no finite value of it was logged"
    if math.isnan(failed.limit):
        return "could not be decided: its limit is not known"
    at = f" at step {wording.amount(failed.step)}" if failed.step >= 0 else ""
    return (
        f"failed: the value is {wording.number(failed.value)}{at}, the limit "
        f"{wording.number(failed.limit)}"
    )


RULE = Rule(NAME, "A check did not pass, or could not be decided.", search)
