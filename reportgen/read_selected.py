"""Reading of the runs and tags that the user wants; what matches nothing is refused."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Executor

from reportgen.cache.store import Store
from reportgen.frames.experiment import Experiment
from reportgen.frames.growing_logs import GrowingLogs
from reportgen.frames.read import read
from reportgen.selection import no_match
from reportgen.settings import Settings


def read_selected(
    paths: Sequence[str | os.PathLike[str]],
    settings: Settings,
    executor: Executor | None,
    *,
    sketched: bool = False,
    cache: Store | None = None,
    growing: GrowingLogs | None = None,
) -> Experiment:
    """Return what the logs hold of the runs and tags that the user wants.

    Args:
        paths: log directories or event files.
        settings: of the user.
        executor: what reads; None for forks of this process where there are many files.
        sketched: whether very large logs may be read in bounded memory.
        cache: of decoded event files; None for none.
        growing: what was read of the same logs before; None to read all.

    Raises:
        UsageError: a pattern for runs or tags matches nothing; the message says what there is.
        ReportgenError: see `reportgen.frames.read`.
    """
    experiment = read(
        *paths,
        runs=settings.runs,
        tags=settings.tags,
        restarts=settings.restarts,
        fold=settings.fold,
        sketched=settings.smoothing if sketched else None,
        follow_links=settings.follow_links,
        executor=executor,
        cache=cache,
        growing=growing,
    )
    for pattern in settings.runs.unmatched(map(str, experiment.runs["run"])):
        everything = read(
            *paths,
            kinds=(),
            fold=settings.fold,
            executor=executor,
            follow_links=settings.follow_links,
        )
        raise no_match("--runs", "run", pattern, map(str, everything.runs["run"]))
    for pattern in settings.tags.unmatched(experiment.tags()):
        everything = read(
            *paths,
            runs=settings.runs,
            fold=settings.fold,
            executor=executor,
            follow_links=settings.follow_links,
        )
        raise no_match("--tags", "tag", pattern, everything.tags())
    return experiment
