"""predictions*.csv and .parquet: the predictions of a model, a row for each example, as counts.

Columns `actual` and `predicted` (or y_true and y_pred, or label and prediction) name classes. A
column `score_<class>` holds the scores of that class; if there are two classes, a column `score`
holds the scores of the class that sorts last (1 of 0 and 1, spam of ham and spam). Scores may have
any scale; higher means more likely. A number at the end of the file's name is the step, else the
step is 0: `predictions_epoch_3.csv` is `predictions` at step 3.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.arrays import FloatArray
from reportgen.columns import Columns, Damage, LogFile
from reportgen.tables import prediction_counts, prediction_rows
from reportgen.tables.prediction_rows import Predictions

_NAME = re.compile(r"(predictions.*?)(?:[-_](?:(?:step|epoch)[-_]?)?(\d{1,18}))?\.(csv|parquet)")
_MAX_CURVES = 20  # classes that have a curve: the most frequent ones


def may_be(path: Path) -> bool:
    """Return whether a file may hold predictions, by its name."""
    return _NAME.fullmatch(path.name) is not None


def home(path: Path, root: Path) -> Path | None:  # noqa: ARG001  # as every source
    """Return the directory of the file, or None if it has no columns of classes.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        names = prediction_rows.column_names(path)
    except ValueError:  # reading it reports the reason
        return path.parent
    return None if prediction_rows.class_columns(names) is None else path.parent


def read(path: Path) -> LogFile:
    """Return a confusion matrix, and curves of each class that has scores.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is too large, or its columns hold no classes.
    """
    predictions = prediction_rows.read(path)
    stem, step = _stem_and_step(path.name)
    unknown: Counter[str] = Counter()
    columns = {
        "confusions": _columns(step, {f"{stem}/confusion_matrix": _matrix(predictions)}),
        "curves": _columns(step, _curves(stem, predictions, unknown)),
    }
    return LogFile(
        columns={kind: cells for kind, cells in columns.items() if cells},
        damage=[Damage(-1, "row", predictions.damaged, 0)] if predictions.damaged else [],
        unknown=unknown,
        events=len(predictions.actual),
        size=path.stat().st_size,
    )


def _stem_and_step(name: str) -> tuple[str, int]:
    """Return the first component of the tags, and the step, from the name of a file."""
    match = _NAME.fullmatch(name)
    stem, step = (match[1], int(match[2] or 0)) if match else (name, 0)
    return stem, step


def _columns(step: int, rows: dict[str, dict[str, Any]]) -> Columns:
    """Return columns of rows by tag; {} if there is no row."""
    keyed = [{"tag": tag, "step": step, "wall_time": np.nan} | row for tag, row in rows.items()]
    return {name: [row[name] for row in keyed] for name in keyed[0]} if keyed else {}


def _matrix(predictions: Predictions) -> dict[str, Any]:
    classes = predictions.classes
    matrix = prediction_counts.confusion(predictions.actual, predictions.predicted, len(classes))
    return {"matrix": matrix, "labels": classes}


def _curves(
    stem: str, predictions: Predictions, unknown: Counter[str]
) -> dict[str, dict[str, Any]]:
    """Return the curve of each class by tag; count the scores that are not in a curve."""
    scores = _scores_by_class(predictions, unknown)
    codes = {name: predictions.classes.index(name) for name in scores}
    frequency = {name: int((predictions.actual == code).sum()) for name, code in codes.items()}
    selected = set(sorted(scores, key=lambda name: -frequency[name])[:_MAX_CURVES])
    left_out = len(scores) - len(selected)
    if left_out:
        unknown[f"scores of all but the {_MAX_CURVES} most frequent classes"] += left_out
    curves = {}
    for name in filter(selected.__contains__, scores):
        finite = np.isfinite(scores[name])
        if not finite.all():
            unknown[f"scores of {name} that are not finite numbers"] += int((~finite).sum())
        if finite.any():
            positive = predictions.actual[finite] == codes[name]
            curves[f"{stem}/{name}"] = prediction_counts.curve(positive, scores[name][finite])
    return curves


def _scores_by_class(predictions: Predictions, unknown: Counter[str]) -> dict[str, FloatArray]:
    """Return scores by class; a column that names no class belongs to the last of two."""
    scores = {name: column for name, column in predictions.scores.items() if name}
    if "" in predictions.scores and not scores:
        if len(predictions.classes) == 2:
            return {predictions.classes[1]: predictions.scores[""]}
        unknown["scores of a class that is not named"] += len(predictions.actual)
    return scores
