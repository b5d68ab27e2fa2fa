"""JSON: the summary for programs; docs/summary-1.schema.json describes it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from reportgen import __version__, wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.last_and_best import Ending
from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.analysis.verdicts.run_values import Series
from reportgen.analysis.verdicts.stored_summary import TAIL
from reportgen.outputs.job import Files, Job
from reportgen.report.facts import commit_of
from reportgen.report.model import Report
from reportgen.report.statements import Statement
from reportgen.report.verdict import Result

VERSION = 1  # to be raised when a reader of the old format would misread the new one

Fact = str | int | float | None
Value = Fact | list["Value"] | dict[str, "Value"]


def render(job: Job) -> Files:
    """Return one object, the same bytes for the same logs."""
    text = json.dumps(facts(job.report), indent=2, ensure_ascii=True, allow_nan=False)
    return {job.target.path: f"{text}\n".encode()}


def facts(report: Report) -> Mapping[str, Value]:
    """Return the summary as plain values."""
    ranking = report.ranking
    return {
        "version": VERSION,
        "generator": f"reportgen {__version__}",
        "title": report.title,
        **_origin(report),
        "metrics": [_metric(key) for key in ranking.all_metrics],
        **_baseline(ranking),
        "runs": [
            _run(run, summary, report)
            for summary in (ranking, *ranking.others)
            for row in summary.runs
            for run in row.members
        ],
        **_checks(report),
        "findings": [_finding(finding) for finding in report.findings],
        "statements": [_statement(said) for said in report.statements if not said.rule],
        "scalars": _scalars(report),
        "health": _health(report),
    }


def _origin(report: Report) -> dict[str, Value]:
    """Return commit, first and last wall time of the runs; null for what the logs do not say."""
    runs = report.experiment.runs
    moments = runs["first_wall_time"].min(), runs["last_wall_time"].max()
    started, ended = (wording.timestamp(float(moment)) or None for moment in moments)
    return {"commit": commit_of(report.experiment) or None, "started": started, "ended": ended}


def _statement(said: Statement) -> Value:
    return {
        "sentence": said.text,
        "run": said.run or None,
        "tag": said.tag or None,
        "step": _step(said.first_step),
        "end_step": _step(said.last_step),
    }


def _metric(key: KeyMetric) -> Value:
    return {
        "tag": key.tag,
        "metric": key.metric,
        "split": key.split,
        "direction": key.direction or None,
    }


def _run(run: RunSummary, ranking: Summary, report: Report) -> Value:
    facts = next((values.facts for values in report.run_values if values.name == run.group), {})
    directories = report.experiment.runs[report.experiment.runs["group"] == run.group]
    reached = enumerate(zip(ranking.metrics, run.reached, strict=True))
    return {
        "run": run.group,
        "group": report.seed_groups.by_run.get(run.group),
        "directories": [
            {"run": str(name), "split": str(split)}
            for name, split in zip(directories["run"], directories["split"], strict=True)
        ],
        "last_step": _step(run.last_step),
        "seconds": _or_null(run.seconds),
        **{str(name): _or_null(value) for name, value in facts.items()},
        "metrics": {
            key.tag: _reached(value, ranking, index) for index, (key, value) in reached if value
        },
    }


def _reached(reached: Reached, ranking: Summary, index: int) -> Value:
    values: dict[str, Value] = {
        "value": _or_null(reached.value),
        "value_kind": reached.ranked.kind or None,
        "best": _or_null(reached.best),
        "best_step": _step(reached.best_step),
        "last": _number(reached.last),
    }
    if ranking.baseline:
        values["vs_baseline"] = _or_null(reached.value - ranking.base(index))
    return values


def _baseline(ranking: Summary) -> dict[str, Value]:
    return {"baseline": ranking.baseline} if ranking.baseline else {}


def _checks(report: Report) -> dict[str, Value]:
    """Return whether the checks passed, and each by run; nothing without checks."""
    if not report.verdict or report.verdict.passed is None:
        return {}
    results: list[Value] = [_result(result) for result in report.verdict.results]
    return {"passed": report.verdict.passed, "checks": results}


def _result(result: Result) -> Value:
    outcome = result.outcome
    return {
        "check": outcome.check.text,
        "run": outcome.run or None,
        "passed": outcome.passed,
        "outcome": outcome.outcome,
        "value": _number(outcome.value) if outcome.run else None,
        "step": _step(outcome.step),
        "limit": _or_null(outcome.limit),
        "detail": result.sentence,
    }


def _finding(finding: Finding) -> Value:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "run": finding.run or None,
        "tag": finding.tag or None,
        "step": _step(finding.step),
        "end_step": _step(finding.end_step),
        "sentence": finding.sentence,
        "numbers": {name: _or_null(number) for name, number in finding.numbers.items()},
    }


def _scalars(report: Report) -> list[Value]:
    all_series = {
        (series.directory, series.tag): series for run in report.run_values for series in run.series
    }
    return [_ending(ending, all_series.get((ending.run, ending.tag))) for ending in report.endings]


def _ending(ending: Ending, series: Series | None) -> Value:
    return {
        "run": ending.run,
        "tag": ending.tag,
        "direction": ending.direction or None,
        "points": ending.points,
        "best": _or_null(ending.best),
        "best_step": _step(ending.best_step),
        "last": _number(ending.last),
        "last_step": ending.last_step,
        **(_stored(series) if series else {}),
    }


def _stored(series: Series) -> dict[str, Value]:
    """Return what a later report needs of a series that is its baseline."""
    least, most = (series.statistic(kind) for kind in ("min", "max"))
    tail = slice(-TAIL, None)
    return {
        "min": _number(least.value),
        "min_step": least.step,
        "max": _number(most.value),
        "max_step": most.step,
        "tail": {
            "steps": series.steps[tail].tolist(),
            "values": [_number(value) for value in series.logged[tail].tolist()],
        },
    }


def _health(report: Report) -> list[Value]:
    frame = report.experiment.health
    columns = ("run", "file", "kind", "records", "detail")
    return [
        {
            name: int(value) if name == "records" else str(value)
            for name, value in zip(columns, row, strict=True)
        }
        for row in frame[list(columns)].itertuples(index=False)
    ]


def _or_null(value: float) -> Value:
    """Return a number, or null for NaN, which stands for a value that does not exist."""
    return None if math.isnan(value) else _number(value)


def _step(step: int) -> Value:
    return step if step >= 0 else None


def _number(value: float) -> Value:
    """Return a number; as a string if it is not finite, which JSON has no number for."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
