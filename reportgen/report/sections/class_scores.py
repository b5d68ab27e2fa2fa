"""Class scores: precision, recall, F1 and support of the classes of one confusion matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.figures.canvas.fitted_names import narrow
from reportgen.report.model import Cell, Column, Table

_MOST = 60  # rows
_LONGEST = 80  # letters of a name; the data of the matrix have all
_UNDEFINED = "\N{EN DASH}"


def table(title: str, run: str, matrix: matrices.Floats, labels: Sequence[str]) -> Table:
    """A row a class, and two of averages; of very many classes those with the lowest F1.

    Args:
        title: its heading.
        run: name of the run.
        matrix: (k, k); rows actual, columns predicted.
        labels: k class names.
    """
    scores = matrices.scores(matrix)
    means = matrices.averages(scores)
    shown = scores
    if len(scores) > _MOST:
        shown = scores.sort_values("F1", kind="stable", na_position="last").head(_MOST)
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


def _row(name: str, values: matrices.Floats) -> tuple[Cell, ...]:
    *shares, support = values.tolist()
    return (
        Cell(narrow(name, _LONGEST)),
        *(score(value) for value in shares),
        Cell(wording.amount(support), support),
    )


def score(value: float, *, best: bool = False) -> Cell:
    """A score in three decimals, whether the best of its column; a dash where it is undefined."""
    return Cell(f"{value:.3f}" if np.isfinite(value) else _UNDEFINED, value, best=best)


def _notes(scores: pd.DataFrame, shown: int) -> Iterator[str]:
    """What is undefined, and what is left out."""
    unpredicted, unmet = int(scores["precision"].isna().sum()), int(scores["recall"].isna().sum())
    told = []
    if unpredicted:
        told.append(f"{_classes(unpredicted)} never predicted and {_has(unpredicted)} no precision")
    if unmet:
        told.append(f"{_classes(unmet)} never met and {_has(unmet)} no recall")
    yield "Of the averages, macro counts each class the same and weighted each example."
    if told:
        yield f"{'; '.join(told)} ({_UNDEFINED}); averages are of the others."
    if shown < len(scores):
        yield (
            f"The {shown} classes with the lowest F1 of {len(scores):,}; "
            "averages are of all of them, and the figure's data have all."
        )


def _classes(many: int) -> str:
    return f"{wording.count(many, 'class', 'classes')} {'was' if many == 1 else 'were'}"


def _has(many: int) -> str:
    return "has" if many == 1 else "have"
