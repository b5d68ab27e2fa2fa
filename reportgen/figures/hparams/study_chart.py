"""Study chart: what the charts of a study's parameters have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from reportgen.analysis.parameters import Parameter, Study
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.chart import Chart

MAX_PARAMETERS = 6  # with more, neither their names nor their panels fit


@dataclass(frozen=True, slots=True)
class StudyChart(Chart):
    """Runs of a study by the parameters that differ between them.

    Attributes:
        study: the parameters, and the value of the metric in each run group.
        styles: by run group.
    """

    study: Study
    styles: Mapping[str, RunStyle]

    def shown(self) -> tuple[Parameter, ...]:
        """Return the parameters that are drawn: those that explain most."""
        return self.study.parameters[:MAX_PARAMETERS]

    def data(self) -> pd.DataFrame:
        """Return the parameters that differ and the metric, a row a run."""
        columns: dict[str, object] = {"run": self.study.groups}
        columns |= {parameter.name: parameter.texts for parameter in self.study.parameters}
        return pd.DataFrame(columns | {self.study.metric: self.study.reached})
