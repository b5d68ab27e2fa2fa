"""The strip on which a table shows the ranked values of all runs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from reportgen.analysis.reached import Reached
from reportgen.analysis.summary import Summary
from reportgen.report.digits import fixed
from reportgen.report.table import Strip


def ranked_value(reached: Reached, ranking: Summary) -> float:
    """Return the value that ranks a run, or its last where no way is better."""
    return reached.value if ranking.metrics[0].direction else reached.last


def ranked_step(reached: Reached | None) -> int:
    """Return the step of the value that ranks; -1 where it is the level at the end."""
    return -1 if reached is None or reached.ranked.at_end else reached.ranked.step


def ranked_strip(ranking: Summary, places: int) -> Strip | None:
    """Return all ranked values on one axis; None without two different ones."""
    cells = (row.reached[0] for row in ranking.runs)
    all_values = [ranked_value(reached, ranking) for reached in cells if reached]
    values = sorted(value for value in all_values if math.isfinite(value))
    if len(values) < 2 or values[0] == values[-1]:
        return None
    return Strip(tuple(values), float(np.median(values)), _axis_labels(values, places))


def _axis_labels(values: Sequence[float], places: int) -> tuple[str, str]:
    return fixed(values[0], places), fixed(values[-1], places)
