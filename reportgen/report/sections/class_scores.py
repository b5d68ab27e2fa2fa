"""Class scores: precision, recall, F1 and support of the classes of one confusion matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.fitted_names import narrow
from reportgen.report.table import Cell, Column, Table

_MAX_ROWS = 60
_MAX_LETTERS = 80  # of a name; the data of the matrix have all
_UNDEFINED = "\N{EN DASH}"


def table(title: str, run: str, matrix: FloatArray, labels: Sequence[str]) -> Table:
    """Return one row a class and two of averages; of very many classes those with the lowest F1.

    Args:
        title: its heading.
        run: name of the run.
        matrix: (k, k); rows actual, columns predicted.
        labels: k class names.
    """
    scores = matrices.scores(matrix)
    means = matrices.averages(scores)
    shown = scores
    if len(scores) > _MAX_ROWS:
        shown = scores.sort_values("F1", kind="stable", na_position="last").head(_MAX_ROWS)
    names = [labels[place] for place in shown.index]
    rows = [_row(name, values) for name, values in zip(names, shown.to_numpy(), strict=True)]
    rows += [
        _row(f"{name} average", values)
        for name, values in zip(means.index, means.to_numpy(), strict=True)
    ]
    columns = (Column("class"), *(Column(name, numeric=True) for name in scores.columns))
    note = " ".join(_notes(scores, len(shown)))
    return Table(
        title, columns, tuple(rows), note, foot=len(means), headed=True, wide=False, runs=(run,)
    )


def _row(name: str, values: FloatArray) -> tuple[Cell, ...]:
    *shares, support = values.tolist()
    return (
        Cell(narrow(name, _MAX_LETTERS)),
        *(score(value) for value in shares),
        Cell(wording.amount(support), support),
    )


def score(value: float, *, best: bool = False) -> Cell:
    """Return the cell of a score in three decimals; a dash if it is undefined.

    Args:
        value: the score.
        best: whether it is the best of its column.
    """
    return Cell(f"{value:.3f}" if np.isfinite(value) else _UNDEFINED, value, best=best)


def _notes(scores: pd.DataFrame, shown: int) -> Iterator[str]:
    """Yield sentences on averages, on scores that are undefined, and on classes not shown."""
    never_predicted = int(scores["precision"].isna().sum())
    never_met = int(scores["recall"].isna().sum())
    undefined = []
    if never_predicted:
        has = "has" if never_predicted == 1 else "have"
        undefined.append(f"{_classes(never_predicted)} never predicted and {has} no precision")
    if never_met:
        has = "has" if never_met == 1 else "have"
        undefined.append(f"{_classes(never_met)} never met and {has} no recall")
    yield "Of the averages, macro counts each class the same and weighted each example."
    if undefined:
        yield f"{'; '.join(undefined)} ({_UNDEFINED}); averages are of the others."
    if shown < len(scores):
        yield (
            f"The {shown} classes with the lowest F1 of {len(scores):,}; "
            "averages are of all of them, and the figure's data have all."
        )


def _classes(count: int) -> str:
    return f"{wording.count(count, 'class', 'classes')} {'was' if count == 1 else 'were'}"
