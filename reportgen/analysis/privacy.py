"""Leaves out where something was trained and by whom: hosts, users, absolute paths.

What is left out is what the logs say in values, texts and file names. Names of runs and tags stay:
a report cannot be read without them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

import numpy as np
import pandas as pd

from reportgen.analysis.secrets import MASK
from reportgen.arrays import AnyArray
from reportgen.frames.experiment import Experiment

# Of at least two parts, so that "5/s", "a/b" and "and/or" are none; nor is what follows "://".
_UNIX_PATH = re.compile(r"(?<![\w.:/~-])(?:file://)?(?:~[\w.-]*)?/(?:[\w.@+~%=,-]+/)+[\w.@+~%=,-]*")
_WINDOWS_PATH = re.compile(r"(?<!\w)(?:[A-Za-z]:|\\\\[\w.$-]+)\\(?:[^\s\\/:*?\"<>|]+\\)*[^\s\\/]*")
# Writers put the host between the time and the number of the process.
_EVENT_FILE = re.compile(r"(tfevents\.\d{1,18})\.[^\s/]+")
_PERSONAL = re.compile(
    r"(?:^|[./_-])(?:user|user_?name|login|author|host|host_?name|node_?name|machine|e?mail)$",
    re.IGNORECASE,
)


def redacted(text: str) -> str:
    """Return a text in which only the last part of absolute paths is left, and no host."""
    if "/" in text:
        text = _UNIX_PATH.sub(lambda match: f"…/{match[0].rstrip('/').rpartition('/')[2]}", text)
    if "\\" in text:
        text = _WINDOWS_PATH.sub(lambda match: f"…\\{match[0].rpartition(chr(92))[2]}", text)
    return _EVENT_FILE.sub(r"\1", text) if "tfevents" in text else text


def is_personal(name: str) -> bool:
    """Return whether a parameter's name says that its value is a user or a host."""
    return bool(_PERSONAL.search(name))


def without_private(experiment: Experiment) -> Experiment:
    """Return an experiment without hosts, users and absolute paths."""
    hparams, texts, notes, health = (
        experiment.hparams,
        experiment.texts,
        experiment.notes,
        experiment.health,
    )
    values = [
        MASK if is_personal(str(name)) else _value(value)
        for name, value in zip(hparams["name"], hparams["value"], strict=True)
    ]
    return replace(
        experiment,
        paths=tuple(redacted(path) for path in experiment.paths),
        hparams=hparams.assign(value=pd.Series(values, hparams.index, object)),
        texts=texts.assign(text=_cells([_array(text) for text in texts["text"]])),
        notes=notes.assign(text=[redacted(text) for text in notes["text"]]),
        runs=experiment.runs.assign(path=[_name(path) for path in experiment.runs["path"]]),
        health=health.assign(
            file=[redacted(_name(file)) for file in health["file"]],
            detail=[redacted(detail) for detail in health["detail"]],
        ),
    )


def has_private(experiment: Experiment) -> bool:
    """Return whether parameters, texts or notes hold what `without_private` leaves out."""
    hparams = experiment.hparams
    return (
        any(map(is_personal, map(str, hparams["name"].unique())))
        or any(_value(value) != value for value in hparams["value"] if isinstance(value, str))
        or any(redacted(text) != text for text in experiment.notes["text"])
        or any(
            redacted(str(text)) != str(text)
            for rows in experiment.texts["text"]
            for text in rows.flat
        )
    )


def _value(value: object) -> object:
    return redacted(value) if isinstance(value, str) else value


def _array(texts: AnyArray) -> AnyArray:
    return np.array([redacted(str(text)) for text in texts.flat], object).reshape(texts.shape)


def _cells(arrays: list[AnyArray]) -> AnyArray:
    """Return arrays as cells; pandas would make a matrix of arrays of the same shape."""
    cells = np.empty(len(arrays), object)
    for place, array in enumerate(arrays):
        cells[place] = array
    return cells


def _name(path: object) -> str:
    """Return the last part of a path, on whatever system it was written."""
    return PurePath(str(path).replace("\\", "/")).name
