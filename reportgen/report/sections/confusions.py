"""Confusions: the matrices of each tag, run after run, and how the runs compare by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis import matrices
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.classification import confusion, confusion_change, confusion_steps
from reportgen.figures.classification.top_confusions import MOST_CLASSES
from reportgen.figures.classification.top_confusions import prepare as top_confusions
from reportgen.report.model import Block, Cell, Column, FigureBlock, Notice, Role, Table
from reportgen.report.sections import class_scores

_FEWEST_STEPS = 3  # for small matrices beside one another
_FEWEST_RUNS = 2  # for a table of them


@dataclass(frozen=True, slots=True)
class _Logged:
    """What one run logged under one tag: its rows by step, and the last matrix, cleaned."""

    tag: str
    run: str
    group: str
    split: str
    rows: pd.DataFrame
    matrix: matrices.Floats
    labels: tuple[str, ...]

    @property
    def given(self) -> matrices.Floats:
        """The last matrix as logged: what is no count is still in it."""
        return np.asarray(self.rows["matrix"].iloc[-1], float)

    @property
    def step(self) -> int:
        """Of the last matrix."""
        return int(self.rows["step"].iloc[-1])

    @property
    def accuracy(self) -> float:
        """Of the last matrix; NaN where it is empty."""
        return matrices.accuracy(self.matrix)


@dataclass(frozen=True, slots=True)
class _Before:
    """What a run's last matrix is compared with.

    Attributes:
        matrix: (k, k), of the same classes in the same order; None where there is none.
        told: what it is, as it stands in a sentence.
        reason: why it is not the baseline's, a sentence without its end; "" where none was asked
            for, or it is.
    """

    matrix: matrices.Floats | None
    told: str
    reason: str = ""


def blocks(
    confusions: pd.DataFrame, runs: pd.DataFrame, by_run: Mapping[str, RunStyle], baseline: str
) -> list[Block]:
    """Of each tag, a table of its runs; then the matrices of each run, the most accurate first.

    Args:
        confusions: the confusions frame.
        runs: the runs frame.
        by_run: the style of each run.
        baseline: the run group that others are compared with; "" for each run's first step.
    """
    found: list[Block] = []
    for _, rows in confusions.groupby("tag", sort=False, observed=True):
        known = _ranked(rows, runs)
        if len(known) >= _FEWEST_RUNS:
            found.append(_table(known, by_run))
        for one in known:
            found += _matrix(one, by_run[one.run], known, baseline)
    return found


def _ranked(rows: pd.DataFrame, runs: pd.DataFrame) -> list[_Logged]:
    """The runs of one tag, the most accurate first and those with an empty matrix last."""
    names = (runs[name].astype(str) for name in ("run", "group", "split"))
    about = {run: (group, split) for run, group, split in zip(*names, strict=True)}
    found = []
    for run, own in rows.groupby("run", sort=False, observed=True):
        last = own.iloc[-1]
        matrix = matrices.cleaned(np.asarray(last["matrix"], float))
        labels = matrices.named(last["labels"], len(matrix))
        tag, name = str(last["tag"]), str(run)
        found.append(_Logged(tag, name, *about[name], own, matrix, labels))
    return sorted(found, key=lambda one: -np.nan_to_num(one.accuracy, nan=-1.0))


def _table(known: list[_Logged], by_run: Mapping[str, RunStyle]) -> Table:
    """A row a run: accuracy and the averages over classes of its last matrix."""
    headings = ("step", "accuracy", "precision", "recall", "F1", "support")
    columns = (Column("run"), *(Column(name, numeric=True) for name in headings))
    best = np.nanmax([-1.0, *(one.accuracy for one in known)])
    rows = []
    for one in known:
        means = matrices.averages(matrices.scores(one.matrix)).to_numpy()[0].tolist()
        rows.append(
            (
                Cell(one.run, color=by_run[one.run].color, run=one.run),
                Cell(f"{one.step:,}", one.step),
                class_scores.score(one.accuracy, best=one.accuracy == best),
                *(class_scores.score(value) for value in means[:-1]),
                Cell(wording.amount(means[-1]), means[-1]),
            )
        )
    note = (
        "Each run's last matrix, the most accurate first; precision, recall and F1 are averages "
        "over the classes in which each class counts the same, without those where undefined."
    )
    title = f"{known[0].tag}, {wording.count(len(known), 'run')}"
    return Table(title, columns, tuple(rows), note, headed=True, tag=known[0].tag)


def _matrix(one: _Logged, style: RunStyle, known: list[_Logged], baseline: str) -> Iterator[Block]:
    """The last matrix, its classes' scores beside it, what changed, and some between."""
    name = f"{one.tag}, {one.run}"
    title = f"{name}, step {one.step:,}"
    drawn = len(one.labels) <= MOST_CLASSES
    chart = (
        confusion.prepare(title, one.given, one.labels)
        if drawn
        else top_confusions(title, one.given, one.labels, style)
    )
    role = Role.CONFUSION if drawn else Role.OTHER
    yield FigureBlock("", chart, runs=(one.run,), role=role, tag=one.tag, name=name)
    scores = class_scores.table(f"{name}, classes", one.run, one.matrix, one.labels)
    yield replace(scores, tag=one.tag)
    before = _before(one, known, baseline)
    if drawn:
        yield from _change(f"{name}, change", one, before)
    if drawn and len(one.rows) >= _FEWEST_STEPS:
        steps = confusion_steps.prepare(f"{name}, over steps", one.rows)
        yield FigureBlock("", steps, runs=(one.run,), tag=one.tag)
    if not drawn and before.matrix is not None:
        was, now = matrices.accuracy(before.matrix), one.accuracy
        yield Notice(
            f"{name}: accuracy {now:.1%}, and {was:.1%} of {before.told}; of more than "
            f"{MOST_CLASSES} classes no change is drawn."
        )


def _change(title: str, one: _Logged, before: _Before) -> Iterator[Block]:
    if before.matrix is not None:
        note = f"{before.reason}, so this is against the first step." if before.reason else ""
        chart = confusion_change.prepare(
            title, before.matrix, one.given, one.labels, before.told, note
        )
        yield FigureBlock("", chart, runs=(one.run,), tag=one.tag)
    elif before.reason:
        yield Notice(f"{title}: not drawn. {before.reason}, and there is no earlier step.")


def _before(one: _Logged, known: list[_Logged], baseline: str) -> _Before:
    """What a run is compared with: the baseline's last matrix, else its own first one.

    Of several runs of the baseline it is that of the same split.
    """
    reason = ""
    if baseline and one.group != baseline:
        found = [other for other in known if other.group == baseline]
        found.sort(key=lambda other: other.split != one.split)
        for other in found[:1]:
            matrix = matrices.aligned(other.matrix, other.labels, one.labels)
            if matrix is not None:
                return _Before(matrix, f"the baseline {other.run}, step {other.step:,}")
        has = "has other classes" if found else f"has no {one.tag}"
        reason = f"The baseline {baseline} {has}"
    alike = one.rows[[len(matrix) == len(one.matrix) for matrix in one.rows["matrix"]]]
    first = alike.iloc[0]
    if first["step"] == one.step:
        return _Before(None, "", reason)
    return _Before(np.asarray(first["matrix"], float), f"step {first['step']:,}", reason)
