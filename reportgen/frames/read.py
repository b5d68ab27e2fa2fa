"""Reading: log directories into an Experiment."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from reportgen import storage
from reportgen.choices import RestartPolicy, parse_choice
from reportgen.columns import LogFile
from reportgen.errors import InputError, UsageError
from reportgen.events import event_file
from reportgen.events.scalar_records import Layouts
from reportgen.executor import make
from reportgen.frames import dropping, health, sketched_reading
from reportgen.frames.beside import hparams_yaml, notes, projector
from reportgen.frames.confusions import labelled
from reportgen.frames.experiment import COLUMNS, Experiment
from reportgen.frames.folding import fold as folded
from reportgen.frames.gather import by_columns, by_rows, composed
from reportgen.frames.health import Row
from reportgen.frames.logged_run import Logged
from reportgen.frames.oddities import oddities
from reportgen.frames.restarts import purge
from reportgen.frames.scalars import scalars
from reportgen.frames.table_precedence import drop_duplicate_tags
from reportgen.runs import Run, find_runs, is_event_file
from reportgen.selection import Selection, no_match, selection
from reportgen.series.smoothing import Smoothing
from reportgen.tables import registry

_SUMMARIES = [kind for kind in COLUMNS if kind not in ("runs", "health")]
_COMPOSED = (
    "scalars",
    "confusions",
    "hparams",
    "metrics",
    "meshes",
    "layouts",
    "embeddings",
    "notes",
)
_GATHERED = [kind for kind in _SUMMARIES if kind not in _COMPOSED]


def read(
    *paths: str | os.PathLike[str],
    kinds: Collection[str] | None = None,
    executor: Executor | None = None,
    runs: str | Sequence[str] | Selection | None = None,
    tags: str | Sequence[str] | Selection | None = None,
    restarts: str = "session",
    fold: bool = True,
    sketched: Smoothing | None = None,
) -> Experiment:
    """Reads every event file and table (see `reportgen.tables.registry`) below the given paths.

    Args:
        paths: log directories, or single files; local, in an archive (.zip, .tar), or URLs
            that fsspec knows (s3://, gs://, ...), see `reportgen.storage`.
        kinds: names of the frames of summaries that are wanted; None for all. The others stay
            empty, large records that hold nothing else are passed over without a look at their
            checksums, and the frame of runs knows no steps and times of them.
        executor: where files are read; None for this process, or several where there is much.
        runs: names of the runs that are wanted: globs, or regular expressions between slashes,
            see `reportgen.selection`. Other runs' files are not opened.
        tags: the same for tags, as they are called in the frames.
        restarts: what a restarted run's later sessions make void: "session", "step" or
            "keep-all", see `reportgen.frames.restarts`.
        fold: whether what `add_scalars` and `add_hparams` wrote beside a run is put into it, see
            `reportgen.frames.folding`.
        sketched: how curves are smoothed, where a report over steps is all that is wanted: of
            large logs, the frame of scalars then holds only the rows that it needs, see
            `reportgen.frames.sketched_reading`. None for every scalar.

    Raises:
        UsageError: a kind, a pattern or a policy cannot be understood, or no run is selected.
        InputError: a path does not exist, cannot be read, holds no log, or is a file that is none.
        DependencyError: the driver for a URL is not installed.
    """
    if not paths:
        raise InputError("no log directory given; name at least one")
    wanted = None if kinds is None else _known(kinds)
    chosen, named = selection(runs), selection(tags)
    policy = parse_choice(RestartPolicy, restarts, "restarts")
    places = [storage.local(path, _is_log) for path in paths]
    every_run = find_runs(places, registry.home)
    found = dropping.worth_reading(every_run, chosen)
    source = _Source(found, wanted, named, executor, fold)
    logged = _sketched(source, policy, sketched) or _whole(source)
    logged = [one for one in logged if chosen(one.run.name)]
    if not logged:
        raise no_match("--runs", "run", chosen.patterns[0], (run.name for run in every_run))
    dropping.drop_tags(logged, named)
    purge(logged, policy)
    ill = health.of_files(logged)
    _refuse_other_files(ill, places)
    frames, beside = _frames(logged, wanted, named)
    return Experiment(
        paths=tuple(os.fspath(path) for path in paths),
        health=by_rows("health", ill + beside + oddities(frames)),
        **frames,
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """What to read, as `read` was asked to."""

    runs: Sequence[Run]
    kinds: frozenset[str] | None
    tags: Selection
    executor: Executor | None
    fold: bool


def _whole(source: _Source) -> list[Logged]:
    """Every scalar."""
    logged = _read(source.runs, source.kinds, source.tags, source.executor)
    drop_duplicate_tags(logged)
    return folded(logged) if source.fold else logged


def _sketched(
    source: _Source, restarts: RestartPolicy, smoothing: Smoothing | None
) -> list[Logged] | None:
    """Sketches of the scalars, where these are all that is needed."""
    if smoothing is None or not sketched_reading.suits(source.runs, restarts, smoothing):
        return None
    if any(registry.is_table(path) for run in source.runs for path in run.files):
        return None
    logged = sketched_reading.read(
        source.runs, source.kinds, source.tags, smoothing, source.executor
    )
    logged = folded(logged) if source.fold else logged
    return logged if sketched_reading.is_whole(logged, restarts) else None


def _frames(
    logged: list[Logged], wanted: frozenset[str] | None, tags: Selection
) -> tuple[dict[str, pd.DataFrame], list[Row]]:
    """Every frame but that of health, for which there are rows of files beside the logs."""
    plain = [(one.run, [file for _, file in one.every_file()]) for one in logged]
    frames = {kind: _gather(kind, plain) for kind in _GATHERED}
    frames["confusions"] = labelled(_gather("confusions", plain), frames["texts"])
    frames["texts"] = dropping.texts(frames["texts"], tags)
    frames["runs"] = by_rows("runs", (_run_row(run, files) for run, files in plain))
    frames["scalars"] = scalars(plain)  # last: it takes them out of the files
    more, beside = composed(logged, wanted, frames["scalars"])
    return frames | more, beside


def _read(
    runs: Sequence[Run], kinds: frozenset[str] | None, tags: Selection, executor: Executor | None
) -> list[Logged]:
    paths = [path for run in runs for path in run.files]
    if executor is None:
        size = sum(path.stat().st_size for path in paths if path.exists())
        with make(len(paths), size) as executor:  # noqa: PLR1704
            return _read(runs, kinds, tags, executor)
    task = partial(_file, kinds=kinds, layouts=Layouts(), tags=tags)
    files = iter(list(executor.map(task, paths)))
    return [Logged(run, [(path, next(files)) for path in run.files]) for run in runs]


def _file(path: Path, kinds: frozenset[str] | None, layouts: Layouts, tags: Selection) -> LogFile:
    if registry.is_table(path):
        return registry.read(path, kinds)
    return event_file.read(path, kinds, layouts, tags)


def _is_log(name: str) -> bool:
    """Whether a file may be one that is read: a log, or what writers leave beside one."""
    beside = name in (hparams_yaml.NAME, projector.CONFIG) or notes.is_note(name)
    return (
        is_event_file(name)
        or registry.may_be(name)
        or beside
        or name.endswith((".tsv", "bytes", "sprite.png"))
    )


def _known(kinds: Collection[str]) -> frozenset[str]:
    for kind in kinds:
        if kind not in _SUMMARIES:
            raise UsageError(f"{kind}: no kind of summary; use {', '.join(_SUMMARIES)}")
    return frozenset(kinds)


def _refuse_other_files(ill: list[dict[str, object]], paths: Sequence[Path]) -> None:
    """A file that was named by the user and holds no record is an error, not a finding."""
    named = {os.fspath(path) for path in paths}
    for row in ill:
        if row["file"] in named and row["kind"] == "not an event file":
            raise InputError(f"{row['file']}: is no event file; name one that a writer has left")
        if row["file"] in named and row["kind"] == "not a table":
            raise InputError(f"{row['file']}: {row['detail']}")


def _gather(kind: str, runs: list[tuple[Run, list[LogFile]]]) -> pd.DataFrame:
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
            if kind == "confusions":  # only tables know the names themselves
                columns["labels"] += held.get("labels", [()] * len(held["tag"]))
    return by_columns(kind, columns)


def _run_row(run: Run, files: list[LogFile]) -> dict[str, object]:
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


def _span(files: list[LogFile], column: str) -> list[Any]:
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
