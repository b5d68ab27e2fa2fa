"""Figures of classifiers for notebooks, see `reportgen.figures.notebook.general`."""

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
from reportgen.figures.notebook.frames import LOOK, figure_of, require, styles_of, tag_of


def confusion_matrix(confusions: pd.DataFrame) -> Figure:
    """Draw the last matrix: counts and row shares; above 20 classes, similar classes side by side.

    Args:
        confusions: rows of the confusions frame of one run and tag.
    """
    last = _matrices(confusions).iloc[-1]
    return figure_of(matrix.prepare(tag_of(confusions), last["matrix"], last["labels"]))


def most_confused(confusions: pd.DataFrame) -> Figure:
    """Draw which classes the last matrix confuses most often.

    Args:
        confusions: as for `confusion_matrix`.
    """
    last = _matrices(confusions).iloc[-1]
    return figure_of(top.prepare(tag_of(confusions), last["matrix"], last["labels"], LOOK))


def confusion_difference(confusions: pd.DataFrame, baseline: pd.DataFrame | None = None) -> Figure:
    """Draw the last matrix minus the first, or minus the last of another run.

    Args:
        confusions: as for `confusion_matrix`.
        baseline: the same of another run; None for the first step of this one.

    Raises:
        InputError: the two matrices have other classes.
    """
    last = _matrices(confusions).iloc[-1]
    before = confusions.iloc[0] if baseline is None else _matrices(baseline).iloc[-1]
    reference = f"step {before['step']:,}" if baseline is None else "the baseline"
    labels = matrices.named(last["labels"], len(last["matrix"]))
    counts = np.asarray(before["matrix"], float)
    aligned = matrices.aligned(counts, matrices.named(before["labels"], len(counts)), labels)
    if aligned is None:
        raise InputError(
            f"the matrix of {reference} has other classes; compare matrices of the same classes"
        )
    return figure_of(
        confusion_change.prepare(tag_of(confusions), aligned, last["matrix"], labels, reference)
    )


def confusion_course(confusions: pd.DataFrame) -> Figure:
    """Draw up to six matrices over steps, small and side by side.

    Args:
        confusions: as for `confusion_matrix`.
    """
    _matrices(confusions)
    return figure_of(confusion_steps.prepare(tag_of(confusions), confusions))


def precision_recall(pr_curves: pd.DataFrame) -> Figure:
    """Draw precision against recall of each run's last step, with lines of equal F1.

    Args:
        pr_curves: rows of the curves frame of one tag.
    """
    _curves(pr_curves)
    return figure_of(pr.prepare(tag_of(pr_curves), pr_curves, styles_of(pr_curves)))


def receiver_operating(pr_curves: pd.DataFrame) -> Figure:
    """Draw the true against the false positive rate of each run's last step (ROC).

    Args:
        pr_curves: as for `precision_recall`.
    """
    _curves(pr_curves)
    return figure_of(roc.prepare(tag_of(pr_curves), pr_curves, styles_of(pr_curves)))


def precision_recall_course(pr_curves: pd.DataFrame) -> Figure:
    """Draw precision against recall over steps: a panel for each of at most six runs.

    Args:
        pr_curves: as for `precision_recall`; runs of fewer than three steps are left out.

    Raises:
        InputError: no run has three steps.
    """
    return _course(pr_curves, "pr_steps")


def receiver_operating_course(pr_curves: pd.DataFrame) -> Figure:
    """Draw the true against the false positive rate (ROC) over steps, a panel for each run.

    Args:
        pr_curves: as for `precision_recall_course`.

    Raises:
        InputError: no run has three steps.
    """
    return _course(pr_curves, "roc_steps")


def reliability(pr_curves: pd.DataFrame) -> Figure:
    """Draw the share of positives by score of each run's last step, and its calibration error.

    Args:
        pr_curves: as for `precision_recall`, with thresholds from 0 to 1.
    """
    _curves(pr_curves)
    return figure_of(calibration.prepare(tag_of(pr_curves), pr_curves, styles_of(pr_curves)))


def _course(pr_curves: pd.DataFrame, kind: curve_steps.Kind) -> Figure:
    _curves(pr_curves)
    chart = curve_steps.prepare(tag_of(pr_curves), pr_curves, styles_of(pr_curves), kind)
    if not chart.panels:
        raise InputError(chart.caption())
    return figure_of(chart)


def _matrices(confusions: pd.DataFrame) -> pd.DataFrame:
    return require(confusions, "confusions", ("matrix", "labels"), single=("run", "tag"))


def _curves(pr_curves: pd.DataFrame) -> pd.DataFrame:
    columns = ("thresholds", "tp", "fp", "tn", "fn", "precision", "recall")
    return require(pr_curves, "curves", columns, single=("tag",))
