"""Where work runs: in this process, or spread over processes; one `concurrent.futures.Executor`."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from threading import active_count
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Bytes of input from which processes pay: what they cost to start, and to hand their results
# back, is a quarter of a second of reading. Threads never do: reading is many short numpy calls,
# which wait for each other.
_MUCH = 1 << 28


class InProcess(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Runs a call; an exception of its own is kept for whoever asks for the result."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # that is what a Future is for
            future.set_exception(error)
        return future


def make(count: int, size: int) -> Executor:
    """An executor for so many calls over so many bytes of input together."""
    workers = min(count, os.cpu_count() or 1)
    return ProcessPoolExecutor(workers) if workers > 1 and size >= _MUCH else InProcess()


def forked(count: int) -> Executor:
    """An executor for so many calls in copies of this process, which need not import anything.

    Where a process cannot be copied safely, because of its system or of other threads, this one.
    """
    workers = min(count, os.cpu_count() or 1)
    if workers < 2 or active_count() > 1 or "fork" not in get_all_start_methods():
        return InProcess()
    return ProcessPoolExecutor(workers, mp_context=get_context("fork"))
