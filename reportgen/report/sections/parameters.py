"""Parameters: a table, and what they have to do with the metrics."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis.importance import FEWEST
from reportgen.analysis.parameters import Study, study
from reportgen.analysis.summary import Summary
from reportgen.figures import importance, parallel, scatter
from reportgen.figures.style import RunStyle
from reportgen.report.model import Block, Cell, Column, FigureBlock, Notice, Table


def blocks(
    hparams: pd.DataFrame, runs: pd.DataFrame, ranking: Summary, styles: Mapping[str, RunStyle]
) -> list[Block]:
    """The table of parameters, and figures where there are runs enough to compare.

    Args:
        hparams: the hparams frame.
        runs: the runs frame.
        ranking: what the runs reached.
        styles: by run group.
    """
    if hparams.empty:
        return []
    found = study(hparams, runs, ranking)
    if found is None or not found.parameters:
        return [_table(hparams)]
    if len(found.groups) < FEWEST:
        return [_table(hparams, f"Figures of parameters need {FEWEST} runs that have them.")]
    return [_table(hparams), *_figures(found, styles)]


def _figures(found: Study, styles: Mapping[str, RunStyle]) -> list[Block]:
    title = f"{found.metric} by parameter"
    weights = importance.prepare(f"{title}, importance", found)
    return [
        FigureBlock("", parallel.prepare(title, found, styles)),
        Notice(weights) if isinstance(weights, str) else FigureBlock("", weights),
        FigureBlock("", scatter.prepare(f"{title}, one by one", found, styles)),
    ]


def _table(hparams: pd.DataFrame, note: str = "") -> Table:
    wide = hparams.drop_duplicates(["run", "name"], keep="last").pivot(  # noqa: PD010
        index="name", columns="run", values="value"
    )
    rows = tuple(
        (Cell(str(name)), *(_parameter(value) for value in values))
        for name, values in zip(wide.index, wide.to_numpy(), strict=True)
    )
    columns = (Column("parameter"), *(Column(str(run), numeric=True) for run in wide.columns))
    return Table("Parameters", columns, rows, note)


def _parameter(value: object) -> Cell:
    if isinstance(value, float):
        return Cell("" if np.isnan(value) else wording.number(value, 6), value)
    return Cell(str(value))
