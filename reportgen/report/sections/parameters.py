"""Parameters: a table, and how metrics depend on them."""

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
from reportgen.figures.curves.crowd_chart import MIN_RUNS
from reportgen.figures.hparams import importance_chart, mattered_chart, parallel, scatter
from reportgen.frames.experiment import Experiment
from reportgen.report.blocks import Block, FigureBlock, Notice
from reportgen.report.table import Cell, Column, Table

_MAX_CELLS = 1_000  # of the table of metrics


def blocks(experiment: Experiment, ranking: Summary, styles: Mapping[str, RunStyle]) -> list[Block]:
    """Return the table of parameters, the metrics logged with them, and figures that compare runs.

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
    """Return the table of parameters that differ and then figures, if there are runs to compare."""
    comparison = study(hparams, runs, ranking)
    if comparison is None or not comparison.parameters:
        return [_table(differing)] if len(differing) else []
    if len(comparison.groups) < FEWEST:
        return [_table(differing, f"Figures of parameters need {FEWEST} runs that have them.")]
    return [_table(differing), *_figures(comparison, styles)]


def mattered(
    experiment: Experiment, ranking: Summary, styles: Mapping[str, RunStyle]
) -> list[Block]:
    """Return the figures of what mattered in many runs; those of few stand with the parameters.

    Args:
        experiment: what was read.
        ranking: what the runs reached.
        styles: by run group.
    """
    comparison = study(experiment.hparams, experiment.runs, ranking)
    if comparison is None or not comparison.parameters or not _is_sweep(comparison):
        return []
    title = f"{comparison.metric} by parameter"
    return [
        FigureBlock("", mattered_chart.prepare(title, comparison, styles), wide=True),
        FigureBlock("", parallel.prepare("All parameters at once", comparison, styles), wide=True),
    ]


def _is_sweep(comparison: Study) -> bool:
    """Return whether there are so many runs that what their parameters did is a section."""
    return len(comparison.groups) >= MIN_RUNS and any(
        np.isfinite(parameter.importance.explained) for parameter in comparison.parameters
    )


def _figures(comparison: Study, styles: Mapping[str, RunStyle]) -> list[Block]:
    if _is_sweep(comparison):
        return []
    title = f"{comparison.metric} by parameter"
    weights = importance_chart.prepare(f"{title}, importance", comparison)
    return [
        FigureBlock("", parallel.prepare(title, comparison, styles)),
        Notice(weights) if isinstance(weights, str) else FigureBlock("", weights),
        FigureBlock("", scatter.prepare(f"{title}, one by one", comparison, styles)),
    ]


def _metrics(metrics: pd.DataFrame) -> list[Table]:
    """Return the metrics that the hparams plugin names, in a table; nothing without values."""
    reached = metrics[metrics["step"] >= 0]
    if reached.empty:
        return []
    names = reached["tag"].astype(str).str.cat(reached["group"].astype(str), sep=", ")
    rows = reached.assign(name=names.str.removesuffix(", "))
    hidden = len(rows) - _MAX_CELLS
    note = "The metrics that the logs name beside the parameters; the last value of each."
    if hidden > 0:
        note += f" {hidden:,} more values are not shown."
    table = _wide("Metrics of the parameters", "metric", rows.head(_MAX_CELLS), note)
    return [replace(table, headed=True)]


def _table(hparams: pd.DataFrame, note: str = "") -> Table:
    return _wide("Parameters", "parameter", hparams, note)


def _wide(title: str, heading: str, cells: pd.DataFrame, note: str) -> Table:
    """Return a table with a row for each name and a column for each run."""
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
