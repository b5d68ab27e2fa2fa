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
from dataclasses import dataclass, field
from functools import partial
from html import escape
from types import MappingProxyType

import numpy as np
import pandas as pd

_KEY = {"run": "category", "tag": "category", "step": "int64", "wall_time": "float64"}

COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        # One value each; NaN and infinities are kept as logged. session: which training of the
        # run's directory, 0, 1, ..., see `reportgen.frames.training_sessions`.
        "scalars": _KEY | {"value": "float64", "session": "int32"},
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
        # One row a mesh of a batch; index counts those logged together. vertices: float array
        # (n, 3); faces: int array (m, 3) of vertices; colors: array (n, 3), 0 to 255; both (0, 3)
        # where they were not logged. config: JSON for the drawing, or "".
        "meshes": _KEY
        | {"index": "int64"}
        | dict.fromkeys(("vertices", "faces", "colors", "config"), "object"),
        # One row a graph; its tag is "" where it was logged as the run's. format: "graph_def",
        # "meta_graph_def", "function" (traced) or "keras". nodes: tuple of
        # `reportgen.events.graph.Node` (name, op, inputs).
        "graphs": _KEY | {"format": "object", "nodes": "object"},
        # One row a set of points of the projector; wall_time is NaN, step 0 where not known.
        # points: float32 array (n, d). fields: tuple of names of the metadata's columns. metadata:
        # object array of str (n, fields). sprite: Path of the picture of all points, or None.
        "embeddings": _KEY | dict.fromkeys(("points", "fields", "metadata", "sprite"), "object"),
        # Charts of several tags that someone asked for, one row each. style: "multiline" (tags:
        # regular expressions, one line a tag that matches one) or "margin" (tags: value, lower and
        # upper of each band). origin: "custom_scalars", or "add_scalars" (tags: escaped names).
        "layouts": {"run": "category"}
        | dict.fromkeys(("category", "title", "style", "tags", "origin"), "object"),
        # What parameters are judged by: one row a metric and run with parameters. group: the
        # run's split that it is of, or "". value: the last; step: of it; NaN, -1 where it has none.
        "metrics": {
            "run": "category",
            "tag": "category",
            "group": "object",
            "step": "int64",
            "value": "float64",
        },
        # One row a README.md or notes.md; run: of whose directory, or that of its splits.
        "notes": {"run": "object", "file": "object", "text": "object"},
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
    """Return a frame of one kind with the documented columns, in order, and dtypes.

    Args:
        kind: a key of `COLUMNS`.
        columns: array-likes of equal length by column name; none for an empty frame.
    """
    columns_by_name = columns or {}
    if kind == "scalars" and "session" not in columns_by_name and "step" in columns_by_name:
        columns_by_name = {
            **columns_by_name,
            "session": np.zeros(pd.Series(columns_by_name["step"]).size, np.int32),
        }
    return pd.DataFrame(
        {
            name: pd.Series(columns_by_name.get(name, ()), dtype=dtype)
            for name, dtype in COLUMNS[kind].items()
        }
    )


@dataclass(frozen=True, slots=True, repr=False)
class Experiment:
    """What was read from one or several log directories: one frame a kind, see `COLUMNS`.

    Attributes:
        paths: the inputs as they were given.
        scalars, histograms, ...: one frame each, never None.
        sketched: whether `scalars` holds only some rows of each series, with the columns of
            `reportgen.series.sketch` beside the documented ones.
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
    meshes: pd.DataFrame = field(default_factory=partial(frame, "meshes"))
    graphs: pd.DataFrame = field(default_factory=partial(frame, "graphs"))
    embeddings: pd.DataFrame = field(default_factory=partial(frame, "embeddings"))
    layouts: pd.DataFrame = field(default_factory=partial(frame, "layouts"))
    metrics: pd.DataFrame = field(default_factory=partial(frame, "metrics"))
    notes: pd.DataFrame = field(default_factory=partial(frame, "notes"))
    sketched: bool = False

    def plain_scalars(self) -> pd.DataFrame:
        """Return the scalars without the caller's own columns, whatever these are called."""
        if self.sketched:
            return self.scalars
        optional = set() if "session" in self.scalars else {"session"}
        return self.scalars[[name for name in COLUMNS["scalars"] if name not in optional]]

    def tags(self) -> list[str]:
        """Return every tag, of all kinds of data, once."""
        kinds = [kind for kind, columns in COLUMNS.items() if "tag" in columns]
        tags = (tag for kind in kinds for tag in getattr(self, kind)["tag"].unique())
        return list(dict.fromkeys(map(str, tags)))

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each frame that has any, by kind."""
        rows = {kind: len(getattr(self, kind)) for kind in COLUMNS}
        return {kind: count for kind, count in rows.items() if count}

    def __repr__(self) -> str:
        """Return a line for each kind: its name and its number of rows."""
        counts = self.counts()
        width = max(map(len, counts), default=0)
        lines = [f"  {kind:{width}}  {count:>12,}" for kind, count in counts.items()]
        return "\n".join([f"Experiment of {', '.join(self.paths)}", *lines])

    def _repr_html_(self) -> str:
        """Return a table of the kinds and, for each, how many runs, tags and rows it holds."""
        rows = "".join(
            f"<tr><th scope=row>{kind}</th>"
            f"{_cell(_distinct(getattr(self, kind), 'run'))}"
            f"{_cell(_distinct(getattr(self, kind), 'tag'))}{_cell(count)}</tr>"
            for kind, count in self.counts().items()
        )
        return (
            f"<table><caption>Experiment of {escape(', '.join(self.paths))}</caption>"
            "<thead><tr><th>kind</th><th>runs</th><th>tags</th><th>rows</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


def _distinct(rows: pd.DataFrame, column: str) -> int | None:
    """Return how many different values a column has; None if there is no such column."""
    return int(rows[column].nunique()) if column in rows else None


def _cell(number: int | None) -> str:
    return f"<td>{'' if number is None else f'{number:,}'}</td>"
