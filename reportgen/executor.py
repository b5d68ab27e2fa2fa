"""Where work runs: in this process, in threads or in processes, behind one Executor interface."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from threading import active_count
from typing import Literal, ParamSpec, TypeVar, cast

from reportgen import wording
from reportgen.errors import UsageError

_LOGGER = logging.getLogger("reportgen")

P = ParamSpec("P")
T = TypeVar("T")

# Bytes of input from which processes are faster: starting them and sending their results back
# costs as much as a quarter of a second of reading. Threads do not help: reading is many short
# numpy calls, which wait for each other.
_MIN_BYTES_FOR_PROCESSES = 1 << 28
_MAX_WORKERS = 1_000

Kind = Literal["processes", "threads", "inline"]


class InProcess(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a call; its exception is raised when the result is asked for."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # a Future holds any exception
            future.set_exception(error)
        return future


@dataclass(frozen=True, slots=True)
class Workers:
    """What runs the work, as the user asked for it.

    Attributes:
        kind: "processes", "threads", or "inline" for this process alone.
        count: how many of them.
    """

    kind: Kind
    count: int = 1

    def start(self) -> Executor:
        """Return a new executor; the caller shuts it down."""
        if self.kind == "processes":
            return ProcessPoolExecutor(self.count)
        return ThreadPoolExecutor(self.count) if self.kind == "threads" else InProcess()


def parse_workers(text: str) -> Workers:
    """Return the workers that a text such as "processes://4" names.

    Args:
        text: "inline", or processes://N or threads://N; without N, as many as there are cores.

    Raises:
        UsageError: the text is none of these.
    """
    if text == "inline":
        return Workers("inline")
    match = re.fullmatch(r"(processes|threads)(?:://(\d{0,4}))?", text)
    count = int(match[2] or os.cpu_count() or 1) if match else 0
    if match and 1 <= count <= _MAX_WORKERS:
        return Workers(cast("Kind", match[1]), count)
    raise UsageError(
        f"--executor {wording.clipped(text)}: unknown executor; "
        f"use processes://N, threads://N (N from 1 to {_MAX_WORKERS:,}) or inline"
    )


def parse_jobs(text: str) -> Workers:
    """Return as many processes as a text says.

    Raises:
        UsageError: the text is no such number.
    """
    if re.fullmatch(r"[0-9]{1,4}", text) and 1 <= int(text) <= _MAX_WORKERS:
        return Workers("processes", int(text))
    raise UsageError(f"--jobs {wording.clipped(text)}: write a number from 1 to {_MAX_WORKERS:,}")


def run_all(
    executor: Executor, function: Callable[..., T], *arguments: Iterable[object]
) -> list[T]:
    """Return the results of calls in order.

    If a worker is killed, as systems do when memory is short, the calls that are not done are run
    in this process, and a warning says so.

    Args:
        executor: what runs the calls.
        function: what is called.
        arguments: one iterable for each of its arguments, of equal length.
    """
    calls = list(zip(*arguments, strict=True))
    futures: list[Future[T]] = []
    with suppress(BrokenExecutor):  # the calls that it does not accept are run here
        futures += [executor.submit(function, *call) for call in calls]
    results: list[T] = []
    is_broken = False
    for index, call in enumerate(calls):
        try:
            results.append(futures[index].result())
        except (BrokenExecutor, IndexError) as error:
            if index < len(futures) and not isinstance(error, BrokenExecutor):
                raise
            if not is_broken:
                _LOGGER.warning("a worker process was killed (is memory short?); going on without")
            is_broken = True
            results.append(function(*call))
    return results


def make(count: int, size: int) -> Executor:
    """Return an executor for `count` calls that read `size` bytes of input together."""
    workers = min(count, os.cpu_count() or 1)
    if workers > 1 and size >= _MIN_BYTES_FOR_PROCESSES:
        return ProcessPoolExecutor(workers)
    return InProcess()


def forked(count: int) -> Executor:
    """Return an executor for `count` calls in forks of this process, which need not import modules.

    Where a process cannot be forked safely, because of its system or of other threads, the calls
    run in this process.
    """
    workers = min(count, os.cpu_count() or 1)
    if workers < 2 or active_count() > 1 or "fork" not in get_all_start_methods():
        return InProcess()
    return ProcessPoolExecutor(workers, mp_context=get_context("fork"))
