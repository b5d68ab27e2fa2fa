"""Outcomes: which runs meet which checks, and by which values."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from reportgen.analysis.verdicts.baseline import NO_BASELINE, Baseline
from reportgen.analysis.verdicts.check_targets import checked_fact, matching_runs, refuse_misfits
from reportgen.analysis.verdicts.checks import (
    BaselineLimit,
    Check,
    FindingCheck,
    NoiseLimit,
    ValueCheck,
)
from reportgen.analysis.verdicts.finding_counts import FindingLike, counted_findings
from reportgen.analysis.verdicts.noise_gate import gate, members_by_unit
from reportgen.analysis.verdicts.outcome import Outcome
from reportgen.analysis.verdicts.run_values import (
    Measurement,
    RunFact,
    RunValues,
    measure,
)

_MEETS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


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
    fact = checked_fact(check, everyone)
    refuse_misfits(check, everyone, fact)
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
