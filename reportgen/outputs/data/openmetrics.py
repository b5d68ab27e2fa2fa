"""OpenMetrics: last and best value of every run and tag, and checks, for GitLab and Prometheus."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from reportgen.analysis.last_and_best import Ending
from reportgen.outputs.job import Files, Job
from reportgen.report.verdict import Result

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": " "})


def render(job: Job) -> Files:
    """Text that ends in `# EOF`, as the format wants."""
    told = job.report.verdict
    lines = [
        *_lines(job.report.endings),
        *_checked(told.results if told else ()),
    ]
    text = "\n".join([*lines, "# EOF"])
    return {job.target.path: f"{text}\n".encode("utf-8", "replace")}


def _lines(reached: tuple[Ending, ...]) -> Iterator[str]:
    yield "# TYPE reportgen_last gauge"
    yield "# HELP reportgen_last Last value of a scalar."
    for one in reached:
        yield f"reportgen_last{_labels(run=one.run, tag=one.tag)} {_number(one.last)}"
    yield "# TYPE reportgen_best gauge"
    yield "# HELP reportgen_best Best finite value of a scalar whose better direction is known."
    for one in reached:
        if one.best_step >= 0:
            yield f"reportgen_best{_labels(run=one.run, tag=one.tag)} {_number(one.best)}"


def _checked(results: Sequence[Result]) -> Iterator[str]:
    """1 where a check passed, 0 where it failed."""
    if results:
        yield "# TYPE reportgen_check gauge"
        yield "# HELP reportgen_check Whether a run passed a check."
    for one in results:
        labels = _labels(run=one.outcome.run, check=one.outcome.check.text)
        yield f"reportgen_check{labels} {int(one.outcome.passed)}"


def _labels(**labels: str) -> str:
    told = (f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels.items())
    return f"{{{','.join(told)}}}"


def _number(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "NaN" if math.isnan(value) else f"{'+' if value > 0 else '-'}Inf"
