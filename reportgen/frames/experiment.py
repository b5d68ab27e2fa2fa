"""Experiment: everything that was logged, as one tidy pandas frame a kind.

Every frame that holds summaries starts with the same four columns:

    run        category  name of the run: its directory below the log directory, "/" between parts
    tag        category  the tag as the log has it
    step       int64     global step
    wall_time  float64   seconds since the epoch

Rows stand in the order in which they were logged, run by run (runs in natural order:
run_2 before run_10). A kind that the log does not hold is a frame with these columns and no rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

_KEY = {"run": "category", "tag": "category", "step": "int64", "wall_time": "float64"}

COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        # One value each; NaN and infinities are kept as logged.
        "scalars": _KEY | {"value": "float64"},
        # left, right, count: float64 arrays (k,), bins in order and empty outer bins kept.
        # min, max, num, sum, sum_squares: exact where the log has them (TF1 encoding), else NaN.
        "histograms": _KEY
        | {
            "left": "object",
            "right": "object",
            "count": "object",
            "min": "float64",
            "max": "float64",
            "num": "float64",
            "sum": "float64",
            "sum_squares": "float64",
        },
        # One row an image; index counts those logged together. width and height as the log says
        # (0: it does not). blob: a Blob; its bytes are the encoded picture.
        "images": _KEY
        | {
            "index": "int64",
            "width": "int64",
            "height": "int64",
            "format": "object",  # "png", "jpeg", "gif" or "" (unknown), by the blob's first bytes
            "blob": "object",
        },
        "audio": _KEY
        | {"index": "int64", "sample_rate": "float64", "label": "object", "blob": "object"},
        # text: object array of str with the tensor's shape; () is one text, (r, c) a table.
        "texts": _KEY | {"text": "object"},
        # One row a curve; thresholds, tp, fp, tn, fn, precision, recall: float64 arrays (t,).
        "curves": _KEY
        | dict.fromkeys(
            ("thresholds", "tp", "fp", "tn", "fn", "precision", "recall"),
            "object",
        ),
        # matrix: float64 array (k, k), rows actual, columns predicted. labels: tuple of k str.
        "confusions": _KEY | {"matrix": "object", "labels": "object"},
        # Any other numeric or string tensor: array of its shape.
        "tensors": _KEY | {"plugin": "object", "tensor": "object"},
        # One row a parameter; value: bool, float or str.
        "hparams": {"run": "category", "name": "object", "value": "object"},
        # One row a run. group: the run that train/validation siblings belong to, else
        # the run itself. split: "train", "validation", "test" or "". rank: -1 where it is none.
        # status: "success", "failure", "running" or "" (not logged).
        # first/last_wall_time: NaN and first/last_step: -1 where the run holds no summary.
        "runs": {
            "run": "object",
            "group": "object",
            "split": "object",
            "rank": "int64",
            "path": "object",
            "files": "int64",
            "events": "int64",
            "bytes": "int64",
            "first_step": "int64",
            "last_step": "int64",
            "first_wall_time": "float64",
            "last_wall_time": "float64",
            "status": "object",
        },
        # One row a thing worth knowing. kind: see KINDS in reportgen.frames.health. records: how
        # many were lost or concerned; offset, bytes: where in the file, how much (-1, 0: no place).
        "health": {
            "run": "object",
            "file": "object",
            "offset": "int64",
            "kind": "object",
            "records": "int64",
            "bytes": "int64",
            "detail": "object",
        },
    }
)


def frame(kind: str, columns: Mapping[str, object] | None = None) -> pd.DataFrame:
    """A frame of one kind with the documented columns, in order and of the documented dtypes.

    Args:
        kind: a key of `COLUMNS`.
        columns: array-likes of equal length by column name; none for an empty frame.
    """
    given = columns or {}
    return pd.DataFrame(
        {name: pd.Series(given.get(name, ()), dtype=dtype) for name, dtype in COLUMNS[kind].items()}
    )


@dataclass(frozen=True, slots=True)
class Experiment:
    """What was read from one or several log directories: one frame a kind, see `COLUMNS`.

    Attributes:
        paths: the inputs as they were given.
        scalars, histograms, ...: one frame each, never None.
    """

    paths: tuple[str, ...]
    scalars: pd.DataFrame
    histograms: pd.DataFrame
    images: pd.DataFrame
    audio: pd.DataFrame
    texts: pd.DataFrame
    curves: pd.DataFrame
    confusions: pd.DataFrame
    tensors: pd.DataFrame
    hparams: pd.DataFrame
    runs: pd.DataFrame
    health: pd.DataFrame
