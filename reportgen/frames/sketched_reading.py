"""Bounded reading: large logs for a report, of whose scalars only sketches are kept.

A report needs few rows of a series, see `reportgen.series.sketch`. So logs that would
take gigabytes as a frame are read with the memory of these. It is not done where a report would not
be the same: see `suits` and `is_whole`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import partial

from reportgen.choices import RestartPolicy
from reportgen.events import event_file
from reportgen.events.scalar_records import Layouts
from reportgen.executor import make
from reportgen.frames.logged_run import Logged
from reportgen.runs import Run
from reportgen.selection import Selection
from reportgen.series.sketches import Sketches
from reportgen.series.smoothing import Smoothing

LARGE = 1 << 30  # bytes of event files together; less is read whole in at most a few seconds
_WIDEST = 100_000  # points of a smoothing window, which are held for each series


def suits(runs: Sequence[Run], restarts: RestartPolicy, smoothing: Smoothing) -> bool:
    """Whether logs are large, and sketches are all that a report needs of them.

    The later files of a run may void any row of the earlier ones with the policy "step", and ranks
    are compared row by row.
    """
    if restarts is RestartPolicy.STEP or any(run.rank >= 0 for run in runs):
        return False
    return (
        not (smoothing.method == "window" and smoothing.parameter > _WIDEST)
        and _size(runs) >= LARGE
    )


def read(
    runs: Sequence[Run],
    kinds: frozenset[str] | None,
    tags: Selection,
    smoothing: Smoothing,
    executor: Executor | None = None,
) -> list[Logged]:
    """Reads runs, one after the other or side by side.

    Args:
        runs: what to read.
        kinds: see `reportgen.events.event_file.read`.
        tags: the same.
        smoothing: see `reportgen.series.smoothing`.
        executor: where runs are read; None for this process, or several where there is much.

    Raises:
        InputError: a file cannot be read.
    """
    if executor is None:
        with make(len(runs), _size(runs)) as executor:  # noqa: PLR1704
            return read(runs, kinds, tags, smoothing, executor)
    return list(executor.map(partial(_run, kinds, tags, smoothing), runs))


def is_whole(logged: Sequence[Logged], restarts: RestartPolicy) -> bool:
    """Whether the sketches of folded runs are all that there is to know of them.

    They are not where a session's START may void rows; where two of a run's parts have a tag in
    common, whose rows are one series then; and where a chart joins tags step by step.
    """
    for one in logged:
        tags = [tag for each in _parts(one) for tag in each.tags]
        if len(tags) > len(set(tags)) or _is_banded(one):
            return False
        if restarts is RestartPolicy.SESSION and _is_started(one):
            return False
    return True


def _is_banded(one: Logged) -> bool:
    """Whether its layout asks for bands between tags."""
    held = (file.columns.get("layouts", {}) for _, file in one.every_file())
    return any("margin" in layouts.get("style", ()) for layouts in held)


def _is_started(one: Logged) -> bool:
    """Whether it holds a START that may void scalars: any but before the first of all."""
    starts = [start for _, file in one.every_file() for start in file.starts]
    (_, first), *_ = one.files
    idle = [start for start in first.starts if not start.rows.get("scalars", 0)]
    return bool(starts) and (bool(one.parts) or len(idle) < len(starts))


def _run(kinds: frozenset[str] | None, tags: Selection, smoothing: Smoothing, run: Run) -> Logged:
    sketches, layouts = Sketches(smoothing), Layouts()
    files = []
    for path in run.files:
        files.append(event_file.read(path, kinds, layouts, tags, sketches.take))
        sketches.end_file()
    sketches.hand_out(files)
    return Logged(run, list(zip(run.files, files, strict=True)))


def _parts(one: Logged) -> Iterator[Logged]:
    yield one
    for part in one.parts:
        yield from _parts(part)


def _size(runs: Sequence[Run]) -> int:
    return sum(path.stat().st_size for run in runs for path in run.files if path.exists())
