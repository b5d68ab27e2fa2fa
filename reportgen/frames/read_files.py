"""Reads the files of runs whole: tables alone, small event files together, in several processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import groupby
from pathlib import Path

from reportgen.budget import floor_of_each
from reportgen.cache.store import Store
from reportgen.columns import LogFile
from reportgen.events import cached_reading, small_files
from reportgen.events.scalar_records import Layouts
from reportgen.executor import make, run_all
from reportgen.frames.growing_logs import GrowingLogs
from reportgen.frames.logged_run import LoggedRun
from reportgen.runs import Run
from reportgen.selection import Selection
from reportgen.tables import registry


def read_files(
    runs: Sequence[Run],
    kinds: frozenset[str] | None,
    tags: Selection,
    executor: Executor | None,
    cache: Store | None,
    growing: GrowingLogs | None = None,
) -> list[LoggedRun]:
    """Read all files of the runs, one after the other or in parallel.

    Args:
        runs: what to read.
        kinds: see `reportgen.events.event_file.read`.
        tags: the same.
        executor: where files are read; None for this process, or several if the logs are large.
        cache: of decoded event files; None for none.
        growing: what was read of them before; this process reads what is new.
    """
    if growing is not None:
        return growing.read_whole(runs, kinds, tags)
    paths = [path for run in runs for path in run.files]
    if executor is None:
        size = sum(path.stat().st_size for path in paths if path.exists())
        with make(len(paths), size) as executor:  # noqa: PLR1704
            return read_files(runs, kinds, tags, executor, cache)
    floor = floor_of_each(len(paths))
    task = partial(_read_group, kinds=kinds, layouts=Layouts(), tags=tags, floor=floor, cache=cache)
    groups = run_all(executor, task, list(_groups(paths)))
    files = iter([file for group in groups for file in group])
    return [LoggedRun(run, [(path, next(files)) for path in run.files]) for run in runs]


def _groups(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield the paths in order, each table alone, small event files together."""
    for is_table, neighbours in groupby(paths, registry.may_be):
        if is_table:
            yield from ([path] for path in neighbours)
        else:
            yield from small_files.groups(list(neighbours))


def _read_group(
    paths: Sequence[Path],
    kinds: frozenset[str] | None,
    layouts: Layouts,
    tags: Selection,
    floor: int,
    cache: Store | None,
) -> list[LogFile]:
    if registry.may_be(paths[0]):
        return [registry.read(paths[0], kinds, floor)]
    return cached_reading.read(paths, kinds, layouts, tags, floor, cache)
