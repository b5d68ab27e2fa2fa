"""Reading: log directories into an Experiment."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen import storage
from reportgen.errors import InputError, UsageError
from reportgen.events import event_file
from reportgen.events.event_file import EventFile
from reportgen.events.logdir import Run, find_runs, is_event_file
from reportgen.events.scalars import Layouts
from reportgen.events.select import selection
from reportgen.frames import embeddings, health, hparams_yaml, select
from reportgen.frames.confusions import labelled
from reportgen.frames.experiment import COLUMNS, Experiment, frame
from reportgen.frames.folding import fold as folded
from reportgen.frames.gather import by_columns, by_rows, composed
from reportgen.frames.logged import Logged
from reportgen.frames.oddities import oddities
from reportgen.frames.restarts import purge

_SUMMARIES = [kind for kind in COLUMNS if kind not in ("runs", "health")]
_COMPOSED = ("scalars", "confusions", "hparams", "metrics", "meshes", "layouts", "embeddings")
_GATHERED = [kind for kind in _SUMMARIES if kind not in _COMPOSED]


def read(
    *paths: str | os.PathLike[str],
    kinds: Collection[str] | None = None,
    runs: str | Sequence[str] | None = None,
    tags: str | Sequence[str] | None = None,
    restarts: str = "session",
    fold: bool = True,
) -> Experiment:
    """Reads every event file below the given paths.

    Args:
        paths: log directories, or single event files; local, in an archive (.zip, .tar), or URLs
            that fsspec knows (s3://, gs://, ...), see `reportgen.storage`.
        kinds: names of the frames of summaries that are wanted; None for all. The others stay
            empty, large records that hold nothing else are passed over without a look at their
            checksums, and the frame of runs knows no steps and times of them.
        runs: names of the runs that are wanted: globs, or regular expressions between slashes,
            see `reportgen.events.select`. Other runs' files are not opened.
        tags: the same for tags, as they are called in the frames.
        restarts: what a restarted run's later sessions make void: "session", "step" or
            "keep-all", see `reportgen.frames.restarts`.
        fold: whether what `add_scalars` and `add_hparams` wrote beside a run is put into it, see
            `reportgen.frames.folding`.

    Raises:
        UsageError: a kind, a pattern or a policy cannot be understood, or no run is selected.
        InputError: a path does not exist, cannot be read, holds no event file, or is a file that
            is no event file.
        DependencyError: the driver for a URL is not installed.
    """
    if not paths:
        raise InputError("no log directory given; name at least one")
    wanted = None if kinds is None else _known(kinds)
    chosen, named = selection(runs), selection(tags)
    places = [storage.local(path, _is_log) for path in paths]
    layouts = Layouts()
    logged = [
        Logged(run, [(path, event_file.read(path, wanted, layouts, named)) for path in run.files])
        for run in select.worth_reading(find_runs(places), chosen)
    ]
    logged = [one for one in (folded(logged) if fold else logged) if chosen(one.run.name)]
    if not logged:
        raise UsageError(f"no run is called {runs}; leave the selection out to see all")
    select.drop_tags(logged, named)
    purge(logged, restarts)
    ill = health.of_files(logged)
    _refuse_other_files(ill, places)
    plain = [(one.run, [file for _, file in one.every_file()]) for one in logged]
    frames = {kind: _gather(kind, plain) for kind in _GATHERED}
    confusions = labelled(_gather("confusions", plain), frames["texts"])
    frames["texts"] = select.texts(frames["texts"], named)
    runs_frame = by_rows("runs", (_run_row(run, files) for run, files in plain))
    frames |= {"scalars": _scalars(plain), "confusions": confusions}
    more, beside = composed(logged, wanted, frames["scalars"])
    frames |= more
    return Experiment(
        paths=tuple(os.fspath(path) for path in paths),
        runs=runs_frame,
        health=by_rows("health", ill + beside + oddities(frames)),
        **frames,
    )


def _is_log(name: str) -> bool:
    """Whether a file is one that is read: an event file, or what writers leave beside one."""
    beside = name in (hparams_yaml.NAME, embeddings.CONFIG)
    return is_event_file(name) or beside or name.endswith((".tsv", "bytes", "sprite.png"))


def _known(kinds: Collection[str]) -> frozenset[str]:
    for kind in kinds:
        if kind not in _SUMMARIES:
            raise UsageError(f"{kind}: no kind of summary; use {', '.join(_SUMMARIES)}")
    return frozenset(kinds)


def _refuse_other_files(ill: list[dict[str, object]], paths: Sequence[Path]) -> None:
    """A file that was named by the user and holds no record is an error, not a finding."""
    named = {os.fspath(path) for path in paths}
    for row in ill:
        if row["kind"] == "not an event file" and row["file"] in named:
            raise InputError(f"{row['file']}: is no event file; name one that a writer has left")


def _gather(kind: str, runs: list[tuple[Run, list[EventFile]]]) -> pd.DataFrame:
    """One frame of the columns that all files hold for this kind."""
    columns: dict[str, Any] = {name: [] for name in COLUMNS[kind]}
    for run, files in runs:
        for file in files:
            held = file.columns.get(kind)
            if held is None:
                continue
            columns["run"] += [run.name] * len(held["tag"])
            for name in columns.keys() - {"run", "labels"}:
                columns[name] += held[name]
    if kind == "confusions":
        columns["labels"] = [()] * len(columns["tag"])
    return by_columns(kind, columns)


def _scalars(runs: list[tuple[Run, list[EventFile]]]) -> pd.DataFrame:
    """The frame of scalars, column by column; takes the parts out of the files.

    The parts of a column are dropped as soon as they are joined: a large log is held once.
    """
    names = [run.name for run, _ in runs]
    files = [file for _, held in runs for file in held]
    sizes = [sum(sum(map(len, file.scalars["step"])) for file in held) for _, held in runs]
    if not sum(sizes):
        return frame("scalars")
    columns = {
        "run": _runs(names, sizes),
        "tag": _tags(files),
        **{
            name: np.concatenate([part for file in files for part in file.scalars.pop(name)])
            for name in ("step", "wall_time", "value")
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


def _tags(files: list[EventFile]) -> pd.Categorical[str]:
    """The column of tags: those of all files that have rows, sorted."""
    names = sorted({tag for file in files for tag in _used(file)})
    places = {name: place for place, name in enumerate(names)}
    return _categories(names, np.concatenate(list(_translated(files, places))))


def _translated(files: list[EventFile], places: dict[str, int]) -> Iterator[NDArray[Any]]:
    for file in files:
        table = np.array([places.get(tag, -1) for tag in file.tags], np.int32)
        for part in file.scalars.pop("code"):
            yield table[part]


def _used(file: EventFile) -> Iterator[str]:
    used = np.zeros(len(file.tags), np.bool_)
    for part in file.scalars["code"]:
        used[part] = True
    return (tag for tag, use in zip(file.tags, used, strict=True) if use)


def _run_row(run: Run, files: list[EventFile]) -> dict[str, object]:
    steps, times = _span(files, "step"), _span(files, "wall_time")
    statuses = [
        status for file in files for status in file.columns.get("status", {}).get("status", [])
    ]
    return {
        "run": run.name,
        "group": run.group,
        "split": run.split,
        "rank": run.rank,
        "path": str(run.files[0].parent),
        "files": len(files),
        "events": sum(file.events for file in files),
        "bytes": sum(file.size for file in files),
        "first_step": min(steps, default=-1),
        "last_step": max(steps, default=-1),
        "first_wall_time": min(times, default=float("nan")),
        "last_wall_time": max(times, default=float("nan")),
        "status": statuses[-1] if statuses else "",
    }


def _span(files: list[EventFile], column: str) -> list[Any]:
    """The extremes of a column in each kind of summaries that carry a step of their own.

    A wall time that is not above 0 was not logged.
    """
    parts = [part for file in files for part in file.scalars[column]]
    parts += [
        np.array(columns[column])
        for file in files
        for kind, columns in file.columns.items()
        if kind not in ("hparams", "status")
    ]
    if column == "wall_time":
        parts = [part[part > 0] for part in parts]
    return [end.item() for part in parts if len(part) for end in (part.min(), part.max())]
