"""OpenMetrics: last and best value of every run and tag, and checks, for GitLab and Prometheus."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from reportgen.analysis.last_and_best import Ending
from reportgen.outputs.job import Files, Job
from reportgen.report.verdict import Result

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": " "})


def render(job: Job) -> Files:
    """Return one file, which ends in `# EOF` as the format requires."""
    verdict = job.report.verdict
    lines = [
        *_lines(job.report.endings),
        *_checked(verdict.results if verdict else ()),
    ]
    text = "\n".join([*lines, "# EOF"])
    return {job.target.path: f"{text}\n".encode("utf-8", "replace")}


def _lines(endings: tuple[Ending, ...]) -> Iterator[str]:
    yield "# TYPE reportgen_last gauge"
    yield "# HELP reportgen_last Last value of a scalar."
    for ending in endings:
        yield f"reportgen_last{_labels(run=ending.run, tag=ending.tag)} {_number(ending.last)}"
    yield "# TYPE reportgen_best gauge"
    yield "# HELP reportgen_best Best finite value of a scalar whose better direction is known."
    for ending in endings:
        if ending.best_step >= 0:
            yield f"reportgen_best{_labels(run=ending.run, tag=ending.tag)} {_number(ending.best)}"


def _checked(results: Sequence[Result]) -> Iterator[str]:
    """Yield 1 for each run that passed a check, 0 for each that failed it."""
    if results:
        yield "# TYPE reportgen_check gauge"
        yield "# HELP reportgen_check Whether a run passed a check."
    for result in results:
        labels = _labels(run=result.outcome.run, check=result.outcome.check.text)
        yield f"reportgen_check{labels} {int(result.outcome.passed)}"


def _labels(**labels: str) -> str:
    pairs = (f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels.items())
    return f"{{{','.join(pairs)}}}"


def _number(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "NaN" if math.isnan(value) else f"{'+' if value > 0 else '-'}Inf"
