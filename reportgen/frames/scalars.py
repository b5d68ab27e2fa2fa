"""The frame of scalars, from the columns of many files."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from reportgen.arrays import AnyArray
from reportgen.columns import LogFile
from reportgen.frames.experiment import frame
from reportgen.runs import Run


def scalars(runs: list[tuple[Run, list[LogFile]]]) -> pd.DataFrame:
    """Return the frame of scalars, taking the arrays out of the files.

    Columns of sketches beside the documented ones are taken as well. Each column's arrays are
    dropped as soon as they are joined, so that a large log is held only once.
    """
    run_names = [run.name for run, _ in runs]
    files = [file for _, run_files in runs for file in run_files]
    sizes = [sum(sum(map(len, file.scalars["step"])) for file in files) for _, files in runs]
    if not sum(sizes):
        return frame("scalars")
    numbers = [name for name in files[0].scalars if name != "code"]
    columns = {
        "run": _run_column(run_names, sizes),
        "tag": _tag_column(files),
        **{
            name: np.concatenate([array for file in files for array in file.scalars.pop(name)])
            for name in numbers
        },
    }
    return pd.DataFrame(columns, copy=False)


def _run_column(names: list[str], sizes: list[int]) -> pd.Categorical[str]:
    """Return the column of runs; its categories are the runs with rows, sorted."""
    with_rows = sorted(name for name, size in zip(names, sizes, strict=True) if size)
    code_of_name = {name: code for code, name in enumerate(with_rows)}
    codes = np.array([code_of_name.get(name, -1) for name in names], np.int32)
    return _categorical(with_rows, np.repeat(codes, sizes))


def _categorical(names: list[str], codes: AnyArray) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(codes, categories=pd.Index(names))


def _tag_column(files: list[LogFile]) -> pd.Categorical[str]:
    """Return the column of tags; its categories are the tags with rows, sorted."""
    names = sorted({tag for file in files for tag in _used_tags(file)})
    code_of_name = {name: code for code, name in enumerate(names)}
    return _categorical(names, np.concatenate(list(_translated(files, code_of_name))))


def _translated(files: list[LogFile], code_of_name: dict[str, int]) -> Iterator[AnyArray]:
    """Yield the tags of all rows as codes of the whole frame, removing each file's own codes."""
    for file in files:
        table = np.array([code_of_name.get(tag, -1) for tag in file.tags], np.int32)
        for codes in file.scalars.pop("code"):
            yield table[codes]


def _used_tags(file: LogFile) -> Iterator[str]:
    """Yield the tags that have rows."""
    is_used = np.zeros(len(file.tags), np.bool_)
    for codes in file.scalars["code"]:
        is_used[codes] = True
    return (tag for tag, used in zip(file.tags, is_used, strict=True) if used)
