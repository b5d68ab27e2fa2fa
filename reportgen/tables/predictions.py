"""predictions*.csv and .parquet: what a model predicted, one row an example, into counts.

Columns `actual` and `predicted` (or y_true and y_pred, or label and prediction) name classes. A
column `score_<class>` holds the scores of that class; where there are two classes, a column `score`
holds those of the one that sorts last (1 of 0 and 1, spam of ham and spam). Scores may be of any
scale; higher means more of the class. A number at the end of the name is the step, else it is 0:
`predictions_epoch_3.csv` is `predictions` at step 3.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.columns import Columns, Damage, LogFile
from reportgen.tables import prediction_counts, prediction_rows
from reportgen.tables.prediction_rows import Predictions

_NAME = re.compile(r"(predictions.*?)(?:[-_](?:(?:step|epoch)[-_]?)?(\d{1,18}))?\.(csv|parquet)")
_MOST_CURVES = 20  # classes, those with most rows


def may_be(name: str) -> bool:
    """Whether a file may be one, by its name."""
    return _NAME.fullmatch(name) is not None


def is_one(path: Path) -> bool:
    """Whether a file of such a name is one, by its columns.

    Raises:
        OSError: it cannot be read.
    """
    try:
        names = prediction_rows.columns(path)
    except ValueError:  # its reading tells why
        return True
    return prediction_rows.pair(names) is not None


def read(path: Path) -> LogFile:
    """What a file holds: a confusion matrix, and curves of each class that has scores.

    Raises:
        OSError: it cannot be read.
        ValueError: it is too large, or its columns hold no classes.
    """
    found = prediction_rows.read(path)
    stem, step = _tag(path.name)
    unknown: Counter[str] = Counter()
    columns = {
        "confusions": _rows(step, {f"{stem}/confusion_matrix": _matrix(found)}),
        "curves": _rows(step, _curves(stem, found, unknown)),
    }
    none: dict[str, list[Any]] = {name: [] for name in ("code", "step", "wall_time", "value")}
    return LogFile(
        scalars=none,
        columns={kind: held for kind, held in columns.items() if held},
        damage=[Damage(-1, "row", found.damaged, 0)] if found.damaged else [],
        unknown=unknown,
        events=len(found.actual),
        size=path.stat().st_size,
    )


def _tag(name: str) -> tuple[str, int]:
    """The first part of the tags, and the step."""
    match = _NAME.fullmatch(name)
    stem, step = (match[1], int(match[2] or 0)) if match else (name, 0)
    return stem, step


def _rows(step: int, rows: dict[str, dict[str, Any]]) -> Columns:
    """Columns of rows by tag; none where there is no row."""
    keyed = [{"tag": tag, "step": step, "wall_time": np.nan} | row for tag, row in rows.items()]
    return {name: [row[name] for row in keyed] for name in keyed[0]} if keyed else {}


def _matrix(found: Predictions) -> dict[str, Any]:
    matrix = prediction_counts.confusion(found.actual, found.predicted, len(found.classes))
    return {"matrix": matrix, "labels": found.classes}


def _curves(stem: str, found: Predictions, unknown: Counter[str]) -> dict[str, dict[str, Any]]:
    """By tag; what there is no curve of is counted."""
    scores = _by_class(found, unknown)
    met = {name: int((found.actual == found.classes.index(name)).sum()) for name in scores}
    chosen = set(sorted(scores, key=lambda name: -met[name])[:_MOST_CURVES])
    if len(chosen) < len(scores):
        unknown[f"scores of all but the {_MOST_CURVES} commonest classes"] += len(scores) - len(
            chosen
        )
    curves = {}
    for name in filter(chosen.__contains__, scores):
        known = np.isfinite(scores[name])
        if not known.all():
            unknown[f"scores of {name} that are no numbers"] += int((~known).sum())
        if not known.any():
            continue
        positive = found.actual[known] == found.classes.index(name)
        curves[f"{stem}/{name}"] = prediction_counts.curve(positive, scores[name][known])
    return curves


def _by_class(found: Predictions, unknown: Counter[str]) -> dict[str, prediction_counts.Floats]:
    """The scores of each class; those of a column that does not say its class are of the last."""
    scores = {name: column for name, column in found.scores.items() if name}
    if "" in found.scores and not scores:
        if len(found.classes) == 2:
            return {found.classes[1]: found.scores[""]}
        unknown["scores whose class is not told"] += len(found.actual)
    return scores
