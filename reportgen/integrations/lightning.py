"""A Lightning callback that writes a report when `fit` ends, also by an exception."""

from __future__ import annotations

import os
from typing import Any

from lightning.pytorch.callbacks import Callback

from reportgen.integrations.finish import DEADLINE, quietly, write_report


class ReportCallback(Callback):  # type: ignore[misc,unused-ignore]  # it has no types
    """Writes a report when `fit` ends, also by an exception.

    Args:
        outputs: `[FORMAT:]PATH` each; by default report.html.
        logdir: where the logs are; by default the directory of the trainer's logger.
        deadline: seconds after which the report is given up.
        options: as of `reportgen.Options`.
    """

    def __init__(
        self,
        *outputs: str | os.PathLike[str],
        logdir: str | os.PathLike[str] | None = None,
        deadline: float = DEADLINE,
        **options: object,
    ) -> None:
        self._outputs = outputs
        self._logdir = logdir
        self._deadline = deadline
        self._options = options

    def on_fit_end(self, trainer: Any, pl_module: Any) -> None:  # noqa: ANN401, ARG002  # as Lightning has it
        """Write the report."""
        self._write(trainer, None)

    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:  # noqa: ANN401, ARG002  # as Lightning has it
        """Write the report, with what ended the training."""
        self._write(trainer, exception)

    def _write(self, trainer: Any, error: BaseException | None) -> None:  # noqa: ANN401  # as Lightning has it
        if not trainer.is_global_zero:
            return
        for logger in trainer.loggers:
            quietly(logger.save)  # what it has not yet written
        logdir = self._logdir or trainer.log_dir or trainer.default_root_dir
        quietly(lambda: write_report(logdir, self._outputs, error, self._deadline, self._options))
