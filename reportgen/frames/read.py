"""Reads log directories into an Experiment."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from reportgen import storage
from reportgen.boundary import Boundary, Skipped
from reportgen.cache.store import Store
from reportgen.choices import RestartPolicy, parse_choice
from reportgen.columns import LogFile
from reportgen.errors import InputError, UsageError
from reportgen.frames import dropping, health, sketched_reading
from reportgen.frames.beside import notes, projector, settings_files
from reportgen.frames.confusions import labelled
from reportgen.frames.experiment import COLUMNS, Experiment
from reportgen.frames.file_order import in_time_order
from reportgen.frames.folding import fold as folded
from reportgen.frames.gather import by_columns, by_rows, composed
from reportgen.frames.growing_logs import GrowingLogs
from reportgen.frames.health import Row
from reportgen.frames.logged_run import LoggedRun
from reportgen.frames.oddities import oddities
from reportgen.frames.read_files import read_files
from reportgen.frames.restarts import purge
from reportgen.frames.run_rows import run_row
from reportgen.frames.scalars import scalars
from reportgen.frames.table_precedence import drop_duplicate_tags
from reportgen.frames.training_sessions import number_sessions
from reportgen.frames.unreadable import refuse_other_files, refuse_unreadable
from reportgen.runs import Run, TableFinder, find_runs, is_event_file
from reportgen.selection import Selection, no_match, selection
from reportgen.series.history import is_sketched
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
    follow_links: bool = False,
    cache: Store | None = None,
    growing: GrowingLogs | None = None,
) -> Experiment:
    """Read every event file and table (see `reportgen.tables.registry`) below the given paths.

    Args:
        paths: log directories, or single files; local, in an archive (.zip, .tar), or URLs
            that fsspec knows (s3://, gs://, ...), see `reportgen.storage`.
        kinds: names of the frames of summaries to fill; None for all. The others stay empty,
            large records that hold nothing else are skipped without checking their checksums, and
            their steps and times do not count in the frame of runs.
        executor: where files are read; None for this process, or several if the logs are large.
        runs: names of runs to read: globs, or regular expressions between slashes, see
            `reportgen.selection`. Other runs' files are not opened.
        tags: the same for tags, by their names in the frames.
        restarts: what the later sessions of a restarted run make void: "session", "step" or
            "keep-all", see `reportgen.frames.restarts`.
        fold: whether to fold what `add_scalars` and `add_hparams` wrote beside a run into it, see
            `reportgen.frames.folding`.
        sketched: how curves are smoothed, if only a report over steps is wanted: the scalars frame
            of large logs then holds only the rows that such a report needs, see
            `reportgen.frames.sketched_reading`. None for every scalar.
        follow_links: whether links that lead out of the log directories are read; else they are
            skipped, and the frame of health says so.
        cache: of decoded event files; None for none. Copies of logs from an archive or a URL are
            new each time, so they are not put there.
        growing: what was read of the same logs before, with the same arguments, while they grew;
            only what is new is read. None to read all.

    Raises:
        UsageError: a kind, a pattern or a policy cannot be understood, or no run is selected.
        InputError: a path does not exist, cannot be read, or holds no log.
        DependencyError: the driver for a URL is not installed.
    """
    if not paths:
        raise InputError("no log directory given; name at least one")
    wanted = None if kinds is None else _checked_kinds(kinds)
    run_selection, tag_selection = selection(runs), selection(tags)
    policy = parse_choice(RestartPolicy, restarts, "restarts")
    skipped: list[Skipped] = []
    local_paths = [storage.local(path, may_be_log, skipped) for path in paths]
    boundary = Boundary.around(local_paths, follow_links=follow_links)
    tables = TableFinder(registry.may_be, registry.home)
    existing_runs = find_runs(local_paths, tables, boundary, skipped)
    runs_to_read = dropping.runs_to_read(existing_runs, run_selection)
    are_copies = any(local != Path(path) for local, path in zip(local_paths, paths, strict=True))
    source = _Source(
        *([*map(in_time_order, runs_to_read)], wanted, tag_selection, executor, fold),
        None if are_copies else cache,
        growing,
    )
    logged = _read_sketched(source, policy, sketched) or _read_whole(source)
    logged = [run for run in logged if run_selection(run.run.name)]
    if not logged:
        names = (run.name for run in existing_runs)
        raise no_match("--runs", "run", run_selection.patterns[0], names)
    dropping.drop_tags(logged, tag_selection)
    purge(logged, policy)
    number_sessions(logged)
    health_of_files = health.of_skipped(skipped) + health.of_files(logged)
    refuse_unreadable(logged)
    refuse_other_files(health_of_files, local_paths)
    frames, health_of_side_files = _frames(logged, wanted, tag_selection, boundary)
    return Experiment(
        paths=tuple(os.fspath(path) for path in paths),
        health=by_rows("health", health_of_files + health_of_side_files + oddities(frames)),
        sketched=is_sketched(frames["scalars"]),
        **frames,
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """What to read, and how; see `read`."""

    runs: Sequence[Run]
    kinds: frozenset[str] | None
    tags: Selection
    executor: Executor | None
    fold: bool
    cache: Store | None
    growing: GrowingLogs | None


def _read_whole(source: _Source) -> list[LoggedRun]:
    """Read every scalar."""
    logged = read_files(
        *(source.runs, source.kinds, source.tags, source.executor, source.cache, source.growing)
    )
    drop_duplicate_tags(logged)
    return folded(logged) if source.fold else logged


def _read_sketched(
    source: _Source, restarts: RestartPolicy, smoothing: Smoothing | None
) -> list[LoggedRun] | None:
    """Read sketches of the scalars; return None if a report needs every scalar."""
    if smoothing is None or not sketched_reading.suits(source.runs, restarts, smoothing):
        return None
    if any(registry.may_be(path) for run in source.runs for path in run.files):
        return None
    logged = sketched_reading.read(
        *(source.runs, source.kinds, source.tags, smoothing, source.executor, source.growing)
    )
    logged = folded(logged) if source.fold else logged
    return logged if sketched_reading.is_whole(logged, restarts) else None


def _frames(
    logged: list[LoggedRun], wanted: frozenset[str] | None, tags: Selection, boundary: Boundary
) -> tuple[dict[str, pd.DataFrame], list[Row]]:
    """Return every frame but that of health, and rows of health on the files beside the logs."""
    runs = [(run.run, [file for _, file in run.all_files()]) for run in logged]
    frames = {kind: _gather(kind, runs) for kind in _GATHERED}
    frames["confusions"] = labelled(_gather("confusions", runs), frames["texts"])
    frames["texts"] = dropping.selected_texts(frames["texts"], tags)
    frames["runs"] = by_rows("runs", (run_row(run, files) for run, files in runs))
    frames["scalars"] = scalars(runs)  # last, because it takes the arrays out of the files
    composed_frames, health_of_side_files = composed(logged, wanted, frames["scalars"], boundary)
    return frames | composed_frames, health_of_side_files


def may_be_log(path: str) -> bool:
    """Return whether a file may be a log, or one that writers leave beside a log."""
    name = Path(path).name
    is_side_file = name in {*settings_files.NAMES, projector.CONFIG} or notes.is_note(name)
    return (
        is_event_file(name)
        or registry.may_be(Path(path))
        or is_side_file
        or name.endswith((".tsv", "bytes", "sprite.png"))
    )


def _checked_kinds(kinds: Collection[str]) -> frozenset[str]:
    """Return the kinds; raise UsageError if one does not exist."""
    for kind in kinds:
        if kind not in _SUMMARIES:
            raise UsageError(f"{kind}: not a kind of summary; use {', '.join(_SUMMARIES)}")
    return frozenset(kinds)


def _gather(kind: str, runs: list[tuple[Run, list[LogFile]]]) -> pd.DataFrame:
    """Return the frame of a kind whose columns the files hold as they are."""
    columns: dict[str, Any] = {name: [] for name in COLUMNS[kind]}
    for run, files in runs:
        for file in files:
            file_columns = file.columns.get(kind)
            if file_columns is None:
                continue
            rows = len(file_columns["tag"])
            columns["run"] += [run.name] * rows
            for name in columns.keys() - {"run", "labels"}:
                columns[name] += file_columns[name]
            if kind == "confusions":  # only tables contain the names of classes
                columns["labels"] += file_columns.get("labels", [()] * rows)
    return by_columns(kind, columns)
