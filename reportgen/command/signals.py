"""Signals that stop the command become exceptions, so that temporary files are removed."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TerminatedError(BaseException):
    """The process got SIGTERM or SIGHUP, whose number is the argument."""


@contextmanager
def signals_raise() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into a `TerminatedError` inside; only in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    process = os.getpid()

    def terminate(number: int, _frame: FrameType | None) -> None:
        if os.getpid() != process:  # a worker that was forked has nothing to clean up
            os._exit(128 + number)
        raise TerminatedError(number)

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    handlers = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in names}
    # nohup has SIGHUP ignored.
    handlers = {number: old for number, old in handlers.items() if old is not signal.SIG_IGN}
    for number in handlers:
        signal.signal(number, terminate)
    try:
        yield
    finally:
        for number, old in handlers.items():
            signal.signal(number, old or signal.SIG_DFL)
