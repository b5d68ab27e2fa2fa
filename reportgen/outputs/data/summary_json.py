"""JSON: the summary for machines; docs/summary-1.schema.json says what it holds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from reportgen import __version__
from reportgen.analysis.last_and_best import Ending
from reportgen.analysis.summary import KeyMetric, Reached, RunSummary, Summary
from reportgen.analysis.verdicts.run_values import Series
from reportgen.analysis.verdicts.stored_summary import TAIL
from reportgen.outputs.job import Files, Job
from reportgen.report.model import Report
from reportgen.report.verdict import Result

VERSION = 1  # raised when a reader of the old form would misread the new one

Fact = str | int | float | None
Value = Fact | list["Value"] | dict[str, "Value"]


def render(job: Job) -> Files:
    """One object, the same bytes for the same logs."""
    text = json.dumps(facts(job.report), indent=2, ensure_ascii=True, allow_nan=False)
    return {job.target.path: f"{text}\n".encode()}


def facts(report: Report) -> Mapping[str, Value]:
    """The summary as plain values."""
    ranking = report.ranking
    return {
        "version": VERSION,
        "generator": f"reportgen {__version__}",
        "title": report.title,
        "metrics": [_metric(key) for key in ranking.metrics],
        **_baseline(ranking),
        "runs": [_run(run, report) for run in ranking.runs],
        **_checks(report),
        "scalars": _scalars(report),
        "health": _health(report),
    }


def _metric(key: KeyMetric) -> Value:
    return {
        "tag": key.tag,
        "metric": key.metric,
        "split": key.split,
        "direction": key.direction or None,
    }


def _run(run: RunSummary, report: Report) -> Value:
    ranking = report.ranking
    facts = next((one.facts for one in report.run_values if one.name == run.group), {})
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
        "seconds": _known(run.seconds),
        **{str(name): _known(value) for name, value in facts.items()},
        "metrics": {key.tag: _reached(one, ranking, index) for index, (key, one) in reached if one},
    }


def _reached(one: Reached, ranking: Summary, index: int) -> Value:
    told: dict[str, Value] = {
        "best": _known(one.best),
        "best_step": _step(one.best_step),
        "last": _number(one.last),
    }
    if ranking.baseline:
        told["vs_baseline"] = _known(one.best - ranking.base(index))
    return told


def _baseline(ranking: Summary) -> dict[str, Value]:
    return {"baseline": ranking.baseline} if ranking.baseline else {}


def _checks(report: Report) -> dict[str, Value]:
    """Whether the checks passed, and each of them by run; absent without any."""
    if not report.verdict or report.verdict.passed is None:
        return {}
    results: list[Value] = [_result(one) for one in report.verdict.results]
    return {"passed": report.verdict.passed, "checks": results}


def _result(one: Result) -> Value:
    found = one.outcome
    return {
        "check": found.check.text,
        "run": found.run or None,
        "passed": found.passed,
        "outcome": found.outcome,
        "value": _number(found.value) if found.run else None,
        "step": _step(found.step),
        "limit": _known(found.limit),
        "detail": one.sentence,
    }


def _scalars(report: Report) -> list[Value]:
    series = {(one.directory, one.tag): one for run in report.run_values for one in run.series}
    return [_ending(one, series[one.run, one.tag]) for one in report.endings]


def _ending(one: Ending, series: Series) -> Value:
    least, most = (series.statistic(kind) for kind in ("min", "max"))
    tail = slice(-TAIL, None)
    return {
        "run": one.run,
        "tag": one.tag,
        "direction": one.direction or None,
        "points": one.points,
        "best": _known(one.best),
        "best_step": _step(one.best_step),
        "last": _number(one.last),
        "last_step": one.last_step,
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


def _known(value: float) -> Value:
    return None if math.isnan(value) else _number(value)


def _step(step: int) -> Value:
    return step if step >= 0 else None


def _number(value: float) -> Value:
    """JSON has no word for what is not finite; a string keeps it apart from what is missing."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
