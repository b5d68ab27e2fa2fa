"""A Keras callback that writes a report when `fit` ends."""

from __future__ import annotations

import os
from typing import Any

from keras.callbacks import Callback

from reportgen.integrations.at_exit import ReportAtExit
from reportgen.integrations.finish import DEADLINE, is_first_process, write_report


class ReportCallback(Callback):  # type: ignore[misc,unused-ignore]  # keras has no types
    """Writes a report when `fit` ends, or, where it fails, when the program ends.

    Put it after the `TensorBoard` callback, so that the logs are complete when it reads them.

    Args:
        logdir: of the `TensorBoard` callback.
        outputs: `[FORMAT:]PATH` each; by default report.html.
        deadline: seconds after which the report is given up.
        options: as of `reportgen.Options`.
    """

    def __init__(
        self,
        logdir: str | os.PathLike[str],
        *outputs: str | os.PathLike[str],
        deadline: float = DEADLINE,
        **options: object,
    ) -> None:
        super().__init__()
        self._report = ReportAtExit(
            lambda error: write_report(logdir, outputs, error, deadline, options)
        )

    def on_train_begin(self, logs: Any = None) -> None:  # noqa: ANN401, ARG002  # as Keras has it
        """Make sure of a report, whatever happens."""
        if is_first_process(os.environ):
            self._report.begin()

    def on_train_end(self, logs: Any = None) -> None:  # noqa: ANN401, ARG002  # as Keras has it
        """Write the report."""
        if is_first_process(os.environ):
            self._report.finish()
