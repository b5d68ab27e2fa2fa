"""A report when the program ends, for frameworks that do not tell a callback of a failure."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Callable

from reportgen.integrations.finish import quietly


class ReportAtExit:
    """Writes a report once: when the training has finished, or else when the program ends.

    Args:
        write: writes the report; its argument is what ended the training, None if it finished.
    """

    def __init__(self, write: Callable[[BaseException | None], object]) -> None:
        self._write = write
        self._is_due = False

    def begin(self) -> None:
        """Write the report when the program ends, unless `finish` is called before."""
        if not self._is_due:
            self._is_due = True
            atexit.register(self._at_exit)

    def finish(self, error: BaseException | None = None) -> None:
        """Write the report now."""
        self._is_due = False
        atexit.unregister(self._at_exit)
        quietly(lambda: self._write(error))

    def _at_exit(self) -> None:
        if self._is_due:
            # The interpreter keeps the exception that ended the program here.
            self.finish(getattr(sys, "last_value", None))
