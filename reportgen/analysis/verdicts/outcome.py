"""What came of one check of one run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from reportgen.analysis.verdicts.checks import (
    Check,
    Statistic,
)

OutcomeWord = Literal["passed", "failed", "unknown", "warned", "skipped"]

Reason = Literal[
    "", "not logged", "not finite", "nothing to compare", "no baseline value", "no noise",
    "no findings", "findings",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one check of one run, or of one group where the limit is relative to noise.

    Attributes:
        run: the run or group; "" where there was none to try the check on, or where the check is
            of all runs.
        outcome: "passed", "failed", "unknown" (nothing tells), "warned" (failed or unknown, and
            the check ends in `or warn`) or "skipped" (not logged, and it ends in `or skip`).
        reason: why, where that is not the comparison of value and limit.
        kind: which statistic; "" for steps, duration and throughput.
        value, step: of the run, or the mean of the group's runs; NaN and -1 where there is none.
        limit: NaN where there is none.
        runs: how many runs the value is the mean of.
        baseline_runs: how many runs the limit is made from; 0 for a number.
        false_alarms: how often the limit is exceeded by chance; 0 where it is not about noise.
        findings: sentences of the findings that made the check fail.
    """

    check: Check
    run: str = ""
    outcome: OutcomeWord = "failed"
    reason: Reason = ""
    kind: Statistic | Literal[""] = ""
    value: float = math.nan
    step: int = -1
    limit: float = math.nan
    runs: int = 1
    baseline_runs: int = 0
    false_alarms: float = 0.0
    findings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the check passed; False where nobody can tell."""
        return self.outcome == "passed"
