"""trainer_state.json: the log of Hugging Face's Trainer, saved with its checkpoints.

`log_history` is a list of objects with the step, the epoch and the metrics logged there. The state
of a checkpoint has all that was logged before it, so that the last checkpoint is enough for the
directory that they are in. If the Trainer has also written event files, in `runs/` there, the
event files are read instead.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from reportgen.columns import LogFile
from reportgen.runs import is_event_file
from reportgen.tables.scalar_rows import ScalarCollector, parse_step

_NAME = "trainer_state.json"
_MAX_SIZE = 1 << 25  # bytes; as Python objects, JSON takes many times as much
_CHECKPOINT = re.compile(r"checkpoint-(\d{1,18})")


def may_be(path: Path) -> bool:
    """Return whether a file may be the state of a Trainer, by its name."""
    return path.name == _NAME


def home(path: Path, root: Path) -> Path | None:
    """Return the directory of the checkpoints, to whose run a state belongs.

    Args:
        path: the file.
        root: the directory below which logs are searched.

    Returns:
        None if other files below `root` hold the same: event files, or a later state.
    """
    checkpoint = _CHECKPOINT.fullmatch(path.parent.name)
    output = path.parent.parent if checkpoint else path.parent
    if not output.is_relative_to(root):
        return path.parent
    has_events = any(is_event_file(file.name) for file in output.glob("runs/*/*tfevents*"))
    outdated = checkpoint is not None and _has_later_state(output, int(checkpoint[1]))
    return None if has_events or outdated else output


def _has_later_state(output: Path, step: int) -> bool:
    """Return whether a directory has a later state than the checkpoint of this step."""
    checkpoints = (_CHECKPOINT.fullmatch(file.parent.name) for file in output.glob(f"*/{_NAME}"))
    later = any(match and int(match[1]) > step for match in checkpoints)
    return later or (output / _NAME).is_file()


def read(path: Path) -> LogFile:
    """Return the content of a file.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is too large, or has no log history.
    """
    size = path.stat().st_size
    if size > _MAX_SIZE:
        raise ValueError(f"it is larger than {_MAX_SIZE >> 20} MiB")
    scalars = ScalarCollector()
    for entry in _log_history(path):
        step = parse_step(entry.get("step")) if isinstance(entry, dict) else None
        if step is None:
            scalars.damaged += 1
            continue
        scalars.rows += 1
        for tag, cell in entry.items():
            if tag != "step":
                scalars.add(tag, step, cell)
    return scalars.file(size)


def _log_history(path: Path) -> list[Any]:
    try:
        state = json.loads(path.read_text("utf-8-sig", "replace"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    history = state.get("log_history") if isinstance(state, dict) else None
    if not isinstance(history, list):
        raise ValueError("it has no list log_history")  # noqa: TRY004  # a value, not an argument
    return history
