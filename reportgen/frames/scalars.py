"""The frame of scalars, from the columns of many files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen.columns import LogFile
from reportgen.frames.experiment import frame
from reportgen.runs import Run


def scalars(runs: list[tuple[Run, list[LogFile]]]) -> pd.DataFrame:
    """The frame of scalars, column by column; takes the parts out of the files.

    Columns beside the documented ones, as sketches have them, are taken as well. The parts of a
    column are dropped as soon as they are joined: a large log is held once.
    """
    names = [run.name for run, _ in runs]
    files = [file for _, held in runs for file in held]
    sizes = [sum(sum(map(len, file.scalars["step"])) for file in held) for _, held in runs]
    if not sum(sizes):
        return frame("scalars")
    held = [name for name in files[0].scalars if name != "code"]
    columns = {
        "run": _runs(names, sizes),
        "tag": _tags(files),
        **{
            name: np.concatenate([part for file in files for part in file.scalars.pop(name)])
            for name in held
        },
    }
    return pd.DataFrame(columns, copy=False)


def _runs(names: list[str], sizes: list[int]) -> pd.Categorical[str]:
    """The column of runs: those that have rows, sorted."""
    logged = sorted(name for name, size in zip(names, sizes, strict=True) if size)
    places = {name: place for place, name in enumerate(logged)}
    codes = np.array([places.get(name, -1) for name in names], np.int32)
    return _categories(logged, np.repeat(codes, sizes))


def _categories(names: list[str], codes: NDArray[Any]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(codes, categories=pd.Index(names))


def _tags(files: list[LogFile]) -> pd.Categorical[str]:
    """The column of tags: those of all files that have rows, sorted."""
    names = sorted({tag for file in files for tag in _used(file)})
    places = {name: place for place, name in enumerate(names)}
    return _categories(names, np.concatenate(list(_translated(files, places))))


def _translated(files: list[LogFile], places: dict[str, int]) -> Iterator[NDArray[Any]]:
    for file in files:
        table = np.array([places.get(tag, -1) for tag in file.tags], np.int32)
        for part in file.scalars.pop("code"):
            yield table[part]


def _used(file: LogFile) -> Iterator[str]:
    used = np.zeros(len(file.tags), np.bool_)
    for part in file.scalars["code"]:
        used[part] = True
    return (tag for tag, use in zip(file.tags, used, strict=True) if use)
