"""OpenMetrics: the last and the best value of every run and tag, for GitLab and Prometheus."""

from __future__ import annotations

import math
from collections.abc import Iterator

from reportgen.analysis.endings import Ending, endings
from reportgen.outputs.job import Files, Job

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": " "})


def render(job: Job) -> Files:
    """Text that ends in `# EOF`, as the format wants."""
    text = "\n".join(_lines(endings(job.report.experiment.scalars)))
    return {job.target.path: f"{text}\n".encode("utf-8", "replace")}


def _lines(reached: tuple[Ending, ...]) -> Iterator[str]:
    yield "# TYPE reportgen_last gauge"
    yield "# HELP reportgen_last Last value of a scalar."
    for one in reached:
        yield f"reportgen_last{_labels(one)} {_number(one.last)}"
    yield "# TYPE reportgen_best gauge"
    yield "# HELP reportgen_best Best finite value of a scalar whose better direction is known."
    for one in reached:
        if one.best_step >= 0:
            yield f"reportgen_best{_labels(one)} {_number(one.best)}"
    yield "# EOF"


def _labels(one: Ending) -> str:
    run, tag = (name.translate(_ESCAPES) for name in (one.run, one.tag))
    return f'{{run="{run}",tag="{tag}"}}'


def _number(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "NaN" if math.isnan(value) else f"{'+' if value > 0 else '-'}Inf"
