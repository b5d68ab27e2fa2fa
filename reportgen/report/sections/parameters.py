"""Parameters: a table, and what they have to do with the metrics."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis.summary import Summary
from reportgen.analysis.trials import Trials, trials
from reportgen.figures import importance, parallel
from reportgen.figures import parameters as scatter
from reportgen.figures.style import RunStyle
from reportgen.report.model import Block, Cell, Column, FigureBlock, Table


def blocks(
    hparams: pd.DataFrame, runs: pd.DataFrame, ranking: Summary, styles: Mapping[str, RunStyle]
) -> list[Block]:
    """What parameters have to do with the first metric where there are enough runs, and a table.

    Args:
        hparams: the hparams frame.
        runs: the runs frame.
        ranking: its first metric is the one that is compared.
        styles: by run group.
    """
    return [*_figures(trials(hparams, runs, ranking), styles), *_table(hparams)]


def _figures(compared: Trials | None, styles: Mapping[str, RunStyle]) -> list[Block]:
    if compared is None:
        return []
    found: list[Block] = [
        FigureBlock("", parallel.prepare(compared, styles)),
        FigureBlock("", scatter.prepare(compared, styles)),
    ]
    if len(compared.groups) >= importance.FEWEST:
        found.append(FigureBlock("", importance.prepare(compared)))
    return found


def _table(hparams: pd.DataFrame) -> list[Block]:
    if hparams.empty:
        return []
    wide = hparams.drop_duplicates(["run", "name"], keep="last").pivot(  # noqa: PD010
        index="name", columns="run", values="value"
    )
    rows = tuple(
        (Cell(str(name)), *(_parameter(value) for value in values))
        for name, values in zip(wide.index, wide.to_numpy(), strict=True)
    )
    columns = (Column("parameter"), *(Column(str(run), numeric=True) for run in wide.columns))
    return [Table("Parameters", columns, rows)]


def _parameter(value: object) -> Cell:
    if isinstance(value, float):
        return Cell("" if np.isnan(value) else wording.number(value, 6), value)
    return Cell(str(value))
