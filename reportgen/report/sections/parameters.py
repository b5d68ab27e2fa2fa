"""Parameters: a table, and what they have to do with the metrics."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.report.model import Block, Cell, Column, Table


def blocks(hparams: pd.DataFrame) -> list[Block]:
    """The table of parameters.

    Args:
        hparams: the hparams frame.
    """
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
