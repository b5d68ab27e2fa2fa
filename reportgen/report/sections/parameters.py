"""Parameters: a table, and what they have to do with the metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis.importance import FEWEST
from reportgen.analysis.parameters import Study, study
from reportgen.analysis.summary import Summary
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.hparams import importance_chart, parallel, scatter
from reportgen.frames.experiment import Experiment
from reportgen.report.model import Block, Cell, Column, FigureBlock, Notice, Table

_MOST_METRICS = 1_000  # cells


def blocks(experiment: Experiment, ranking: Summary, styles: Mapping[str, RunStyle]) -> list[Block]:
    """The table of parameters, what they led to, and figures where there are runs to compare.

    Args:
        experiment: what was read.
        ranking: what the runs reached.
        styles: by run group.
    """
    if experiment.hparams.empty:
        return []
    differing, shared = _split_by_difference(experiment.hparams)
    compared = _compared(experiment.hparams, differing, experiment.runs, ranking, styles)
    return [*compared[:1], *_metrics(experiment.metrics), *compared[1:], *_shared_table(shared)]


def _split_by_difference(hparams: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of parameters that differ between runs, and of those that all runs share.

    Of a single run, all parameters are in the first frame.
    """
    rows = hparams.drop_duplicates(["run", "name"], keep="last")
    runs = rows["run"].nunique()
    if runs < 2:
        return rows, rows[:0]
    texts = rows["value"].map(repr).groupby(rows["name"])
    is_shared = (texts.transform("nunique") == 1) & (texts.transform("size") == runs)
    return rows[~is_shared], rows[is_shared]


def _shared_table(shared: pd.DataFrame) -> list[Table]:
    """Return the table of parameters that all runs share; none if there are none."""
    if shared.empty:
        return []
    values = shared.drop_duplicates("name").sort_values("name")
    rows = tuple(
        (Cell(str(name)), _parameter(value))
        for name, value in zip(values["name"], values["value"], strict=True)
    )
    columns = (Column("parameter"), Column("value", numeric=True))
    return [Table("Parameters that all runs share", columns, rows, "")]


def _compared(
    hparams: pd.DataFrame,
    differing: pd.DataFrame,
    runs: pd.DataFrame,
    ranking: Summary,
    styles: Mapping[str, RunStyle],
) -> list[Block]:
    """The table of parameters that differ first."""
    found = study(hparams, runs, ranking)
    if found is None or not found.parameters:
        return [_table(differing)] if len(differing) else []
    if len(found.groups) < FEWEST:
        return [_table(differing, f"Figures of parameters need {FEWEST} runs that have them.")]
    return [_table(differing), *_figures(found, styles)]


def _figures(found: Study, styles: Mapping[str, RunStyle]) -> list[Block]:
    title = f"{found.metric} by parameter"
    weights = importance_chart.prepare(f"{title}, importance", found)
    return [
        FigureBlock("", parallel.prepare(title, found, styles)),
        Notice(weights) if isinstance(weights, str) else FigureBlock("", weights),
        FigureBlock("", scatter.prepare(f"{title}, one by one", found, styles)),
    ]


def _metrics(metrics: pd.DataFrame) -> list[Table]:
    """What the runs were logged to be judged by; none where nothing was reached."""
    known = metrics[metrics["step"] >= 0]
    if known.empty:
        return []
    names = known["tag"].astype(str).str.cat(known["group"].astype(str), sep=", ")
    rows = known.assign(name=names.str.removesuffix(", "))
    found = _wide("Metrics of the parameters", "metric", rows.head(_MOST_METRICS), _left(rows))
    return [replace(found, headed=True)]


def _left(rows: pd.DataFrame) -> str:
    left = len(rows) - _MOST_METRICS
    told = "What runs with parameters are judged by; the last value of each."
    return f"{told} {left:,} more are left out." if left > 0 else told


def _table(hparams: pd.DataFrame, note: str = "") -> Table:
    return _wide("Parameters", "parameter", hparams, note)


def _wide(title: str, heading: str, cells: pd.DataFrame, note: str) -> Table:
    """A row a name, a column a run."""
    wide = cells.drop_duplicates(["run", "name"], keep="last").pivot(  # noqa: PD010
        index="name", columns="run", values="value"
    )
    rows = tuple(
        (Cell(str(name)), *(_parameter(value) for value in values))
        for name, values in zip(wide.index, wide.to_numpy(), strict=True)
    )
    columns = (Column(heading), *(Column(str(run), numeric=True) for run in wide.columns))
    return Table(title, columns, rows, note)


def _parameter(value: object) -> Cell:
    if isinstance(value, float):
        return Cell("" if np.isnan(value) else wording.number(value, 6), value)
    return Cell(str(value))
