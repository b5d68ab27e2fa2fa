"""Outcomes: which runs meet which checks, and by which values."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal, cast

import numpy as np

from reportgen import wording
from reportgen.analysis.verdicts.baseline import NO_BASELINE, Baseline
from reportgen.analysis.verdicts.checks import (
    BaselineLimit,
    Check,
    FindingCheck,
    NoiseLimit,
    NumberLimit,
    Statistic,
    ValueCheck,
)
from reportgen.analysis.verdicts.finding_counts import FindingLike, counted_findings
from reportgen.analysis.verdicts.noise_gate import gate, members_by_unit
from reportgen.analysis.verdicts.run_values import (
    RUN_FACTS,
    Measurement,
    RunFact,
    RunValues,
    Series,
    all_tags,
    measure,
)
from reportgen.errors import UsageError
from reportgen.selection import selection

OutcomeWord = Literal["passed", "failed", "unknown", "warned", "skipped"]
Reason = Literal[
    "", "not logged", "not finite", "nothing to compare", "no baseline value", "no noise",
    "no findings", "findings",
]  # fmt: skip

_MAX_TAGS = 10_000  # that are searched for one like another
_MAX_FRACTION = 1.5  # a tag with greater values is logged in percent or no fraction at all
_MEETS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


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


def outcomes(
    checks: Sequence[Check],
    runs: Sequence[RunValues],
    baseline: Baseline = NO_BASELINE,
    findings: Sequence[FindingLike] | None = None,
    false_alarms: float = 0.05,
) -> tuple[Outcome, ...]:
    """Return what comes of each check, run by run; at least one outcome a check.

    A check is tried on every run that its pattern matches, but on a run of the baseline only
    where its limit is a number.

    Args:
        checks: what is asked.
        runs: of the logs, in the order of the outcomes.
        baseline: what limits are relative to.
        findings: what the rules found; None where they were not applied, so that a check of them
            cannot be decided.
        false_alarms: how often a limit relative to noise may be exceeded by chance, by any of the
            candidates.

    Raises:
        UsageError: no run logged a tag, a pattern matches no run, or a check and what was logged
            do not fit together.
    """
    tried = [
        outcome
        for check in checks
        if isinstance(check, ValueCheck)
        for outcome in _tried(check, runs, baseline, false_alarms)
    ]
    results: list[Outcome] = []
    for check in checks:
        if isinstance(check, FindingCheck):
            results += _absences(check, runs, findings, tried)
        else:
            results += [outcome for outcome in tried if outcome.check == check]
    return tuple(results)


def _tried(
    check: ValueCheck, runs: Sequence[RunValues], baseline: Baseline, false_alarms: float
) -> Iterator[Outcome]:
    everyone = [*runs, *(run for run in baseline.runs if run.source)]
    fact = _fact(check, everyone)
    _refuse_misfits(check, everyone, fact)
    selected = matching_runs(check, runs)
    candidates = [
        run for run in selected if not (check.needs_baseline and run.name in baseline.names)
    ]
    if not candidates:
        yield _worded(Outcome(check, reason="nothing to compare"))
        return
    values = {run.name: _measured(check, run, fact) for run in candidates}
    bases = [_measured(check, run, fact) for run in baseline.runs] if check.needs_baseline else []
    if isinstance(check.limit, NoiseLimit):
        yield from _beside_noise(check, runs, candidates, baseline, fact, false_alarms)
        return
    finite = [base.value for base in bases if base and math.isfinite(base.value)]
    if isinstance(check.limit, BaselineLimit):
        limit = check.limit.of(math.fsum(finite) / len(finite)) if finite else math.nan
    else:
        limit = check.limit.number
    for run in candidates:
        measured_value = values[run.name]
        yield _compared(check, run.name, measured_value, limit, baseline_runs=len(finite))


def _compared(
    check: ValueCheck, run: str, measured: Measurement | None, limit: float, *, baseline_runs: int
) -> Outcome:
    """Return what comes of one value and one limit."""
    if measured is None:
        return _worded(Outcome(check, run, reason="not logged", limit=limit))
    outcome = Outcome(
        check, run, kind=measured.kind, value=measured.value, step=measured.step, limit=limit,
        baseline_runs=baseline_runs,
    )  # fmt: skip
    if not math.isfinite(measured.value):
        return _worded(replace(outcome, reason="not finite"))
    if not math.isfinite(limit):
        return _worded(replace(outcome, outcome="unknown", reason="no baseline value"))
    passed = meets(check.op, measured.value, limit)
    return _worded(replace(outcome, outcome="passed" if passed else "failed"))


def _beside_noise(
    check: ValueCheck,
    runs: Sequence[RunValues],
    candidates: Sequence[RunValues],
    baseline: Baseline,
    fact: RunFact | None,
    false_alarms: float,
) -> Iterator[Outcome]:
    """Yield an outcome for each group and lone run, and one for each run that did not log it."""
    sign = cast("NoiseLimit", check.limit).sign
    measured = {run: _measured(check, run, fact) for run in dict.fromkeys([*runs, *baseline.runs])}
    values = {run: measurement.value for run, measurement in measured.items() if measurement}
    units = members_by_unit([run for run in candidates if run in values])
    missing = [run for run in candidates if run not in values]
    share = false_alarms / max(1, len(units))
    for name, members in units.items():
        result = gate([values[run] for run in members], members, values, baseline, share)
        kinds = [measurement for run in members if (measurement := measured[run])]
        outcome = Outcome(
            check, name, kind=kinds[0].kind, value=result.value,
            step=kinds[0].step if len(members) == 1 else -1, runs=len(members),
            limit=result.base + sign * result.margin, baseline_runs=result.baseline_runs,
            false_alarms=share,
        )  # fmt: skip
        if not math.isfinite(result.value):
            yield _worded(replace(outcome, reason="not finite"))
        elif math.isnan(result.base):
            yield _worded(replace(outcome, outcome="unknown", reason="no baseline value"))
        elif math.isnan(result.margin):
            yield _worded(replace(outcome, outcome="unknown", reason="no noise"))
        else:
            passed = meets(check.op, outcome.value, outcome.limit)
            yield _worded(replace(outcome, outcome="passed" if passed else "failed"))
    for run in missing:
        yield _worded(Outcome(check, run.name, reason="not logged"))


def _worded(outcome: Outcome) -> Outcome:
    """Return an outcome as the end of its check wants it: `or warn`, `or skip`."""
    check = cast("ValueCheck", outcome.check)
    if check.otherwise == "skip" and outcome.reason == "not logged":
        return replace(outcome, outcome="skipped")
    if check.otherwise == "warn" and outcome.outcome in {"failed", "unknown"}:
        return replace(outcome, outcome="warned")
    return outcome


def matching_runs(check: Check, runs: Sequence[RunValues]) -> list[RunValues]:
    """Return the runs that a check is about, by their own name or that of their group.

    Raises:
        UsageError: there is none.
    """
    if not check.pattern:
        return list(runs)
    chosen = selection(check.pattern)
    selected = [
        run
        for run in runs
        if check.pattern in {run.name, run.seed_group}
        or chosen(run.name)
        or (run.seed_group and chosen(run.seed_group))
    ]
    if not selected:
        names = [name for run in runs for name in (run.seed_group, run.name) if name]
        raise UsageError(
            f"--check {wording.clipped(check.text, 200)}: no run matches "
            f"{wording.clipped(check.pattern)}{_suggested(check.pattern, names)}"
        )
    return selected


def _fact(check: ValueCheck, runs: Sequence[RunValues]) -> RunFact | None:
    """Return the fact of a run that a check is about; None where its tag was logged.

    Raises:
        UsageError: neither is it a fact, nor was it logged by any run.
    """
    if any(run.find(check.tag) for run in runs):
        return None
    if check.tag in RUN_FACTS:
        return check.tag
    tags = [*all_tags(runs)[:_MAX_TAGS], *RUN_FACTS]
    raise UsageError(
        f"--check {wording.clipped(check.text, 200)}: no run logged "
        f"{wording.clipped(check.tag)}{_suggested(check.tag, tags)}"
    )


def _suggested(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, 1)
    return f"; did you mean {wording.clipped(near[0])}?" if near else ""


def _refuse_misfits(check: ValueCheck, runs: Sequence[RunValues], fact: RunFact | None) -> None:
    """Raise UsageError where a check asks of a number what it cannot say."""
    text, tag = wording.clipped(check.text, 200), wording.clipped(check.tag)
    if fact and (check.statistic or check.points):
        raise UsageError(f"--check {text}: a run has one {tag}; leave out what is before it")
    limit = check.limit
    if not isinstance(limit, NoiseLimit) and limit.unit and fact != "duration":
        raise UsageError(f"--check {text}: {tag} is not counted in {limit.unit}")
    if not (isinstance(limit, NumberLimit) and limit.percent):
        return
    series = [logged for run in runs if (logged := run.find(check.tag))]
    largest = max((_largest(logged) for logged in series), default=math.inf)
    if fact or largest > _MAX_FRACTION:
        raise UsageError(
            f"--check {text}: {tag} reaches {wording.number(largest)}, so it is no fraction that "
            "a percentage could limit; write the number as it is logged"
        )


def _largest(series: Series) -> float:
    sizes = np.abs(series.logged[np.isfinite(series.logged)])
    stored = [abs(point.value) for point in series.stored.values() if math.isfinite(point.value)]
    return max([float(sizes.max(initial=0.0)), *stored])


def _measured(check: ValueCheck, run: RunValues, fact: RunFact | None) -> Measurement | None:
    """Return what a check asks of a run; None where the run did not log it."""
    if fact:
        value = run.facts[fact]
        return None if math.isnan(value) else Measurement("", value)
    series = run.find(check.tag)
    return measure(series, check.statistic, check.points, run.source) if series else None


def meets(op: str, value: float, limit: float) -> bool:
    """Return whether a finite value meets a finite limit.

    Most writers log 32 bits, which hold no 0.95 but 0.949999988: such a value is compared with
    the limit as 32 bits hold it.
    """
    if not (math.isfinite(value) and math.isfinite(limit)):
        return False
    with np.errstate(over="ignore"):
        if float(np.float32(value)) == value:
            limit = float(np.float32(limit))
    return bool(_MEETS[op](value, limit))


def _absences(
    check: FindingCheck,
    runs: Sequence[RunValues],
    findings: Sequence[FindingLike] | None,
    tried: Sequence[Outcome],
) -> Iterator[Outcome]:
    """Yield an outcome for each run in which something was found, or one where nothing was."""
    names: set[str] | None = None
    selected = matching_runs(check, runs)
    if check.pattern:
        names = {name for run in selected for name in (run.name, run.seed_group) if name}
    failed = {outcome.run: [outcome.check.text] for outcome in tried if outcome.outcome == "failed"}
    if check.rule == "check-failed":
        counts = {run: texts for run, texts in failed.items() if names is None or run in names}
    elif findings is None:
        yield Outcome(check, outcome="unknown", reason="no findings")
        return
    else:
        counts = counted_findings(check, findings, names)
    for run, sentences in counts.items():
        yield Outcome(check, run, reason="findings", findings=tuple(sentences))
    if not counts:
        yield Outcome(check, outcome="passed", runs=len(selected))
