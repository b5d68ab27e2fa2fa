"""Figures of classifiers for notebooks: see `public`, beside which they stand."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen.analysis import matrices
from reportgen.errors import InputError
from reportgen.figures.classification import (
    calibration,
    confusion_change,
    confusion_steps,
    curve_steps,
    roc,
)
from reportgen.figures.classification import confusion as matrix
from reportgen.figures.classification import (
    precision_recall as pr,
)
from reportgen.figures.classification import top_confusions as top
from reportgen.figures.notebook.frames import LOOK, drawn, last_of, require, styles_of, tag_of


def confusion_matrix(confusions: pd.DataFrame) -> Figure:
    """The last matrix: counts and row shares; beyond 20 classes in an order of likeness.

    Args:
        confusions: rows of the confusions frame of one run and tag.
    """
    last = last_of(confusions)
    return drawn(matrix.prepare(tag_of(confusions), last["matrix"], last["labels"]))


def most_confused(confusions: pd.DataFrame) -> Figure:
    """Of the last matrix, what is most often taken for what.

    Args:
        confusions: as for `confusion_matrix`.
    """
    last = last_of(confusions)
    return drawn(top.prepare(tag_of(confusions), last["matrix"], last["labels"], LOOK))


def confusion_difference(confusions: pd.DataFrame, baseline: pd.DataFrame | None = None) -> Figure:
    """The last matrix against the first, or against the last of another run.

    Args:
        confusions: as for `confusion_matrix`.
        baseline: the same of another run; None for the first step of this one.

    Raises:
        InputError: the two matrices have other classes.
    """
    last = last_of(confusions)
    before = confusions.iloc[0] if baseline is None else last_of(baseline)
    told = f"step {before['step']:,}" if baseline is None else "the baseline"
    labels = matrices.named(last["labels"], len(last["matrix"]))
    held = np.asarray(before["matrix"], float)
    own = matrices.aligned(held, matrices.named(before["labels"], len(held)), labels)
    if own is None:
        raise InputError(f"the matrix of {told} has other classes; compare alike ones")
    return drawn(confusion_change.prepare(tag_of(confusions), own, last["matrix"], labels, told))


def confusion_course(confusions: pd.DataFrame) -> Figure:
    """Up to six matrices over steps, small beside one another.

    Args:
        confusions: as for `confusion_matrix`.
    """
    require(confusions)
    return drawn(confusion_steps.prepare(tag_of(confusions), confusions))


def precision_recall(pr_curves: pd.DataFrame) -> Figure:
    """Precision against recall of each run's last step, with lines of equal F1.

    Args:
        pr_curves: rows of the curves frame of one tag.
    """
    require(pr_curves)
    return drawn(pr.prepare(tag_of(pr_curves), pr_curves, styles_of(pr_curves)))


def receiver_operating(pr_curves: pd.DataFrame) -> Figure:
    """True against false positive rate of each run's last step (ROC).

    Args:
        pr_curves: as for `precision_recall`.
    """
    require(pr_curves)
    return drawn(roc.prepare(tag_of(pr_curves), pr_curves, styles_of(pr_curves)))


def precision_recall_course(pr_curves: pd.DataFrame) -> Figure:
    """Precision against recall over steps: a panel a run, at most six, later steps stronger.

    Args:
        pr_curves: as for `precision_recall`; runs of fewer than three steps have no panel.

    Raises:
        InputError: no run has three steps.
    """
    return _course(pr_curves, "pr_steps")


def receiver_operating_course(pr_curves: pd.DataFrame) -> Figure:
    """True against false positive rate (ROC) over steps, as `precision_recall_course`.

    Args:
        pr_curves: as there.

    Raises:
        InputError: no run has three steps.
    """
    return _course(pr_curves, "roc_steps")


def reliability(pr_curves: pd.DataFrame) -> Figure:
    """Share of positives by score of each run's last step, with the expected calibration error.

    Args:
        pr_curves: as for `precision_recall`, with thresholds from 0 to 1.
    """
    require(pr_curves)
    return drawn(calibration.prepare(tag_of(pr_curves), pr_curves, styles_of(pr_curves)))


def _course(pr_curves: pd.DataFrame, kind: curve_steps.Kind) -> Figure:
    require(pr_curves)
    chart = curve_steps.prepare(tag_of(pr_curves), pr_curves, styles_of(pr_curves), kind)
    if not chart.panels:
        raise InputError(chart.caption())
    return drawn(chart)
