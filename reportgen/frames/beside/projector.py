"""Embeddings of TensorBoard's projector, from the files beside a run's event files."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from google.protobuf import text_format
from numpy.typing import NDArray

from reportgen.arrays import AnyArray
from reportgen.boundary import Boundary, Skipped
from reportgen.events.messages import message
from reportgen.frames.health import KINDS, Row, of_skipped, row

CONFIG = "projector_config.pbtxt"
_STEP = re.compile(r"(?:^|/|_)0*(\d{1,18})(?:/|$)")  # 00002/tag (torch), tag_000002 (mxboard)


def read(run: str, directory: Path, boundary: Boundary) -> tuple[list[dict[str, Any]], list[Row]]:
    """Read the embeddings that a run's projector_config.pbtxt names.

    Args:
        run: its name.
        directory: where it is.
        boundary: what may be read.

    Returns:
        Rows of the frame of embeddings, and rows of health on what could not be read.
    """
    embeddings: list[dict[str, Any]] = []
    if reason := boundary.refusal(directory / CONFIG):
        return [], of_skipped([Skipped(directory / CONFIG, reason)])
    health_rows: list[Row] = []
    if not os.path.exists(f"{directory}/{CONFIG}"):  # noqa: PTH110  # far faster for many runs
        return embeddings, health_rows
    tables = _Tables({}, {})
    for entry in _entries(directory / CONFIG, run, health_rows):
        try:
            embeddings.append({"run": run} | _embedding(directory, boundary, entry, tables))
        except (OSError, ValueError) as error:
            name = entry.tensor_name or entry.tensor_path
            detail = f"embedding {name} ({error}): {KINDS['unknown']}"
            health_rows.append(row(run, "unknown", 1, detail))
    return embeddings, health_rows


def _entries(config: Path, run: str, health_rows: list[Row]) -> Iterator[Any]:
    """Yield the embeddings of a configuration; append to `health_rows` if it cannot be read."""
    try:
        text = config.read_text("utf-8")
        parsed = text_format.Parse(text, message("ProjectorConfig")(), allow_unknown_field=True)
    except FileNotFoundError:
        return
    except (OSError, ValueError, RecursionError, text_format.ParseError) as error:
        detail = f"{CONFIG} ({(str(error).splitlines() or [''])[0]}): {KINDS['unknown']}"
        health_rows.append(row(run, "unknown", 1, detail))
        return
    yield from parsed.embeddings


@dataclass(frozen=True, slots=True)
class _Tables:
    """The files of a configuration, each read once however often it is named."""

    points: dict[tuple[Path, tuple[int, ...]], NDArray[np.float32]]
    labels: dict[Path, tuple[tuple[str, ...], AnyArray]]

    def of_points(self, path: Path, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """Return the points of a file; see `_points`."""
        if (path, shape) not in self.points:
            self.points[path, shape] = _points(path, shape)
        return self.points[path, shape]

    def of_labels(self, path: Path) -> tuple[tuple[str, ...], AnyArray]:
        """Return the columns of a file; see `_metadata`."""
        if path not in self.labels:
            self.labels[path] = _metadata(path)
        return self.labels[path]


def _embedding(
    directory: Path,
    boundary: Boundary,
    entry: Any,  # noqa: ANN401
    tables: _Tables,
) -> dict[str, Any]:
    """Return a row of an embedding; raise ValueError or OSError if its files cannot be read."""
    if not entry.tensor_path:
        raise ValueError("its points are in a checkpoint, which is not read")
    points = tables.of_points(
        _inside(directory, boundary, entry.tensor_path), tuple(entry.tensor_shape)
    )
    labels = _inside(directory, boundary, entry.metadata_path) if entry.metadata_path else None
    fields, metadata = (
        tables.of_labels(labels) if labels else ((), np.empty((len(points), 0), object))
    )
    sprite = entry.sprite.image_path
    step = _STEP.search(Path(entry.tensor_path).parent.as_posix())
    return {
        "tag": entry.tensor_name,
        "step": int(step[1]) if step else 0,
        "wall_time": float("nan"),
        "points": points,
        "fields": fields,
        "metadata": metadata,
        "sprite": _inside(directory, boundary, sprite) if sprite else None,
    }


def _inside(directory: Path, boundary: Boundary, name: str) -> Path:
    """Return the path of a file of the run; raise ValueError if it may not be read."""
    path = Path(os.path.normpath(directory / name))
    if not path.is_relative_to(os.path.normpath(directory)):
        raise ValueError(f"{name} is outside of the run")
    if reason := boundary.refusal(path):
        raise ValueError(f"{name} {reason}")
    return path


def _points(path: Path, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return float32 (n, d), from tab-separated text, or raw if the name ends in "bytes"."""
    if path.name.endswith("bytes"):
        return np.fromfile(path, "<f4").reshape(shape)
    with warnings.catch_warnings():  # a file without lines holds no points
        warnings.simplefilter("ignore", UserWarning)
        return np.loadtxt(path, np.float32, delimiter="\t", ndmin=2)


def _metadata(path: Path) -> tuple[tuple[str, ...], AnyArray]:
    """Return names of columns, and cells (n, columns); a single column has no line of names."""
    lines = [line.split("\t") for line in path.read_text("utf-8", "replace").splitlines()]
    width = max(map(len, lines), default=0)
    if width * len(lines) > 4 * sum(map(len, lines)):
        raise ValueError(f"{path.name} is not a table")
    cells = np.empty((len(lines), width), object)
    for index, line in enumerate(lines):
        cells[index] = line + [""] * (width - len(line))
    if width < 2:
        return ("",) * width, cells
    return tuple(cells[0]), cells[1:]
