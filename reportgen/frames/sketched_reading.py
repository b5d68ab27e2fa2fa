"""Reads large logs in bounded memory, keeping only sketches of their scalars.

A report needs few rows of a series, see `reportgen.series.sketch`. So logs that would take
much memory as a frame are read into sketches, unless the report would differ: see `suits` and
`is_whole`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import partial

from reportgen.budget import floor_of_each
from reportgen.choices import RestartPolicy
from reportgen.events import event_file
from reportgen.events.scalar_records import Layouts
from reportgen.executor import make, run_all
from reportgen.frames.growing_logs import GrowingLogs
from reportgen.frames.logged_run import LoggedRun
from reportgen.frames.training_sessions import may_have_sessions
from reportgen.runs import Run
from reportgen.selection import Selection
from reportgen.series.sketches import Sketches
from reportgen.series.smoothing import Smoothing

LARGE = 1 << 28  # bytes of all event files; a frame of their scalars takes twice as many
_WIDEST_WINDOW = 100_000  # points of a smoothing window, which are held in memory for each series


def suits(runs: Sequence[Run], restarts: RestartPolicy, smoothing: Smoothing) -> bool:
    """Return whether logs are large, and sketches are all that a report needs of them.

    With the policy "step", later files of a run may void any row of the earlier ones; and ranks
    are compared row by row.
    """
    if restarts is RestartPolicy.STEP or any(run.rank >= 0 for run in runs):
        return False
    wide = smoothing.method == "window" and smoothing.parameter > _WIDEST_WINDOW
    return not wide and _size(runs) >= LARGE


def read(
    runs: Sequence[Run],
    kinds: frozenset[str] | None,
    tags: Selection,
    smoothing: Smoothing,
    executor: Executor | None = None,
    growing: GrowingLogs | None = None,
) -> list[LoggedRun]:
    """Read runs, one after the other or in parallel.

    Args:
        runs: what to read.
        kinds: see `reportgen.events.event_file.read`.
        tags: the same.
        smoothing: see `reportgen.series.smoothing`.
        executor: where runs are read; None for this process, or several if the logs are large.
        growing: what was read of them before; this process reads what is new.

    Raises:
        InputError: a file cannot be read.
    """
    if growing is not None:
        return growing.read_sketched(runs, kinds, tags, smoothing)
    if executor is None:
        with make(len(runs), _size(runs)) as executor:  # noqa: PLR1704
            return read(runs, kinds, tags, smoothing, executor)
    floor = floor_of_each(sum(len(run.files) for run in runs))
    return run_all(executor, partial(_read_run, kinds, tags, smoothing, floor), runs)


def is_whole(runs: Sequence[LoggedRun], restarts: RestartPolicy) -> bool:
    """Return whether the sketches of folded runs say all that a report needs.

    They do not if a session's START may void rows, if a run may have several sessions, if a run and
    its folded runs share a tag, whose rows are one series then, or if a chart joins tags step by
    step.
    """
    for run in runs:
        tags = [tag for member in _members(run) for tag in member.tags]
        if len(tags) > len(set(tags)) or _has_margin_chart(run) or may_have_sessions(run):
            return False
        if restarts is RestartPolicy.SESSION and _may_be_purged(run):
            return False
    return True


def _has_margin_chart(run: LoggedRun) -> bool:
    """Return whether a layout of the run asks for a band between two tags."""
    layouts = (file.columns.get("layouts", {}) for _, file in run.all_files())
    return any("margin" in columns.get("style", ()) for columns in layouts)


def _may_be_purged(run: LoggedRun) -> bool:
    """Return whether a START follows scalars, which it may void."""
    starts = [start for _, file in run.all_files() for start in file.starts]
    (_, first_file), *_ = run.files
    at_beginning = [start for start in first_file.starts if not start.rows.get("scalars", 0)]
    return bool(starts) and (bool(run.folded_runs) or len(at_beginning) < len(starts))


def _read_run(
    kinds: frozenset[str] | None, tags: Selection, smoothing: Smoothing, floor: int, run: Run
) -> LoggedRun:
    sketches, layouts = Sketches(smoothing), Layouts()
    files = []
    for path in run.files:
        files.append(event_file.read(path, kinds, layouts, tags, sketches.add, floor))
        sketches.end_file()
    sketches.hand_out(files)
    return LoggedRun(run, list(zip(run.files, files, strict=True)))


def _members(run: LoggedRun) -> Iterator[LoggedRun]:
    """Yield a run and all runs folded into it."""
    yield run
    for folded in run.folded_runs:
        yield from _members(folded)


def _size(runs: Sequence[Run]) -> int:
    return sum(path.stat().st_size for run in runs for path in run.files if path.exists())
