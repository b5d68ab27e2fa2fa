"""Confusions: the matrices of each tag, run after run, and how the runs compare by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.classification import confusion, confusion_change, confusion_steps
from reportgen.figures.classification.top_confusions import MOST_CLASSES
from reportgen.figures.classification.top_confusions import prepare as top_confusions
from reportgen.report.blocks import Block, FigureBlock, Notice
from reportgen.report.role import Role
from reportgen.report.sections import class_scores
from reportgen.report.table import Cell, Column, Table

_MIN_STEPS = 3  # for small matrices beside one another
_MIN_RUNS = 2  # for a table of them


@dataclass(frozen=True, slots=True)
class _Logged:
    """The matrices that one run logged under one tag.

    Attributes:
        rows: of the confusions frame, by step.
        matrix: the last one, without cells that are no counts, (k, k).
        labels: k class names.
    """

    tag: str
    run: str
    group: str
    split: str
    rows: pd.DataFrame
    matrix: FloatArray
    labels: tuple[str, ...]

    @property
    def logged_matrix(self) -> FloatArray:
        """The last matrix as logged, with cells that are no counts."""
        return np.asarray(self.rows["matrix"].iloc[-1], float)

    @property
    def step(self) -> int:
        """The step of the last matrix."""
        return int(self.rows["step"].iloc[-1])

    @property
    def accuracy(self) -> float:
        """The accuracy of the last matrix; NaN if it is empty."""
        return matrices.accuracy(self.matrix)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What a run's last matrix is compared with.

    Attributes:
        matrix: (k, k), of the same classes in the same order; None where there is none.
        description: what it is, as a part of a sentence.
        reason: why it is not the baseline's, a sentence without its full stop; "" if it is, or if
            there is no baseline.
    """

    matrix: FloatArray | None
    description: str
    reason: str = ""


def blocks(
    confusions: pd.DataFrame, runs: pd.DataFrame, by_run: Mapping[str, RunStyle], baseline: str
) -> list[Block]:
    """Return a table of each tag's runs, then the matrices of each run, the most accurate first.

    Args:
        confusions: the confusions frame.
        runs: the runs frame.
        by_run: the style of each run.
        baseline: the run group that others are compared with; "" for each run's first step.
    """
    content: list[Block] = []
    for _, rows in confusions.groupby("tag", sort=False, observed=True):
        ranked = _ranked(rows, runs)
        if len(ranked) >= _MIN_RUNS:
            content.append(_table(ranked, by_run))
        for logged in ranked:
            content += _matrix(logged, by_run[logged.run], ranked, baseline)
    return content


def _ranked(rows: pd.DataFrame, runs: pd.DataFrame) -> list[_Logged]:
    """Return the runs of one tag, the most accurate first, those with an empty matrix last."""
    names = (runs[name].astype(str) for name in ("run", "group", "split"))
    about = {run: (group, split) for run, group, split in zip(*names, strict=True)}
    ranked = []
    for run, of_run in rows.groupby("run", sort=False, observed=True):
        last = of_run.iloc[-1]
        matrix = matrices.cleaned(np.asarray(last["matrix"], float))
        labels = matrices.named(last["labels"], len(matrix))
        tag, name = str(last["tag"]), str(run)
        ranked.append(_Logged(tag, name, *about[name], of_run, matrix, labels))
    return sorted(ranked, key=lambda logged: -np.nan_to_num(logged.accuracy, nan=-1.0))


def _table(ranked: list[_Logged], by_run: Mapping[str, RunStyle]) -> Table:
    """Return a row a run: accuracy and the averages over classes of its last matrix."""
    headings = ("step", "accuracy", "precision", "recall", "F1", "support")
    columns = (Column("run"), *(Column(name, numeric=True) for name in headings))
    best = np.nanmax([-1.0, *(logged.accuracy for logged in ranked)])
    rows = []
    for logged in ranked:
        means = matrices.averages(matrices.scores(logged.matrix)).to_numpy()[0].tolist()
        rows.append(
            (
                Cell(logged.run, color=by_run[logged.run].color, run=logged.run),
                Cell(f"{logged.step:,}", logged.step),
                class_scores.score(logged.accuracy, best=logged.accuracy == best),
                *(class_scores.score(value) for value in means[:-1]),
                Cell(wording.amount(means[-1]), means[-1]),
            )
        )
    note = (
        "Each run's last matrix, the most accurate first; precision, recall and F1 are averages "
        "over the classes in which each class counts the same, without those where undefined."
    )
    title = f"{ranked[0].tag}, {wording.count(len(ranked), 'run')}"
    return Table(title, columns, tuple(rows), note, headed=True, tag=ranked[0].tag)


def _matrix(
    logged: _Logged, style: RunStyle, ranked: list[_Logged], baseline: str
) -> Iterator[Block]:
    """Yield the last matrix, the scores of its classes, what changed, and some matrices between."""
    name = f"{logged.tag}, {logged.run}"
    title = f"{name}, step {logged.step:,}"
    drawn = len(logged.labels) <= MOST_CLASSES
    chart = (
        confusion.prepare(title, logged.logged_matrix, logged.labels)
        if drawn
        else top_confusions(title, logged.logged_matrix, logged.labels, style)
    )
    role = Role.CONFUSION if drawn else Role.OTHER
    yield FigureBlock("", chart, runs=(logged.run,), role=role, tag=logged.tag, name=name)
    scores = class_scores.table(f"{name}, classes", logged.run, logged.matrix, logged.labels)
    yield replace(scores, tag=logged.tag)
    before = _comparison(logged, ranked, baseline)
    if drawn:
        yield from _change(f"{name}, change", logged, before)
    if drawn and len(logged.rows) >= _MIN_STEPS:
        steps = confusion_steps.prepare(f"{name}, over steps", logged.rows)
        yield FigureBlock("", steps, runs=(logged.run,), tag=logged.tag)
    if not drawn and before.matrix is not None:
        was, now = matrices.accuracy(before.matrix), logged.accuracy
        yield Notice(
            f"{name}: accuracy {now:.1%}, and {was:.1%} of {before.description}; of more than "
            f"{MOST_CLASSES} classes no change is drawn."
        )


def _change(title: str, logged: _Logged, before: _Comparison) -> Iterator[Block]:
    if before.matrix is not None:
        note = f"{before.reason}, so this is against the first step." if before.reason else ""
        chart = confusion_change.prepare(
            title, before.matrix, logged.logged_matrix, logged.labels, before.description, note
        )
        yield FigureBlock("", chart, runs=(logged.run,), tag=logged.tag)
    elif before.reason:
        yield Notice(f"{title}: not drawn. {before.reason}, and there is no earlier step.")


def _comparison(logged: _Logged, ranked: list[_Logged], baseline: str) -> _Comparison:
    """Return what a run is compared with: the baseline's last matrix, else its own first logged.

    If the baseline has several runs, it is that of the same split.
    """
    reason = ""
    if baseline and logged.group != baseline:
        others = [other for other in ranked if other.group == baseline]
        others.sort(key=lambda other: other.split != logged.split)
        for other in others[:1]:
            matrix = matrices.aligned(other.matrix, other.labels, logged.labels)
            if matrix is not None:
                return _Comparison(matrix, f"the baseline {other.run}, step {other.step:,}")
        has = "has other classes" if others else f"has no {logged.tag}"
        reason = f"The baseline {baseline} {has}"
    same_size = logged.rows[[len(matrix) == len(logged.matrix) for matrix in logged.rows["matrix"]]]
    first = same_size.iloc[0]
    if first["step"] == logged.step:
        return _Comparison(None, "", reason)
    return _Comparison(np.asarray(first["matrix"], float), f"step {first['step']:,}", reason)
