"""A Hugging Face callback that writes a report when `train` ends."""

from __future__ import annotations

import os
from typing import Any

from transformers import TrainerCallback

from reportgen.integrations.at_exit import ReportAtExit
from reportgen.integrations.finish import DEADLINE, write_report


class ReportCallback(TrainerCallback):  # type: ignore[misc,unused-ignore]  # it has no types
    """Writes a report when `train` ends, or, where it fails, when the program ends.

    Args:
        outputs: `[FORMAT:]PATH` each; by default report.html.
        logdir: where the logs are; by default the trainer's `logging_dir`, else its `output_dir`.
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
        self._logdir = logdir
        self._report = ReportAtExit(
            lambda error: write_report(self._logdir or ".", outputs, error, deadline, options)
        )

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ANN401, ARG002  # as the trainer has it
        """Make sure of a report, whatever happens."""
        if state.is_world_process_zero:
            logging_dir = getattr(args, "logging_dir", None)
            self._logdir = self._logdir or logging_dir or args.output_dir
            self._report.begin()

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ANN401, ARG002  # as the trainer has it
        """Write the report."""
        if state.is_world_process_zero:
            self._report.finish()
