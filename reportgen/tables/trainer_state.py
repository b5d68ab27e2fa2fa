"""trainer_state.json: what Hugging Face's Trainer logged, saved with its checkpoints.

`log_history` is a list of objects, each with the step, the epoch and the metrics logged there. Each
checkpoint has all that was logged before it, so the last one stands for the directory that they are
in. Where the Trainer has also written event files, in `runs/` there, these stand for all.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from reportgen.columns import LogFile
from reportgen.runs import is_event_file
from reportgen.tables.scalar_rows import Collected, whole

NAME = "trainer_state.json"
_LARGEST = 1 << 25  # bytes; as JSON is read, it takes many times that
_CHECKPOINT = re.compile(r"checkpoint-(\d{1,18})")


def home(path: Path, root: Path) -> Path | None:
    """The directory whose run a file tells of: that in which the checkpoints are.

    Args:
        path: the file.
        root: below which logs are looked for.

    Returns:
        None where other files below root hold the same: event files, or a later state.
    """
    own = _CHECKPOINT.fullmatch(path.parent.name)
    output = path.parent.parent if own else path.parent
    if not output.is_relative_to(root):
        return path.parent
    logged = any(is_event_file(other.name) for other in output.glob("runs/*/*tfevents*"))
    return None if logged or (own and _is_early(output, int(own[1]))) else output


def _is_early(output: Path, step: int) -> bool:
    """Whether a directory holds a later state than the checkpoint of this step."""
    others = (_CHECKPOINT.fullmatch(other.parent.name) for other in output.glob(f"*/{NAME}"))
    later = any(other and int(other[1]) > step for other in others)
    return later or (output / NAME).is_file()


def read(path: Path) -> LogFile:
    """What a file holds.

    Raises:
        OSError: it cannot be read.
        ValueError: it is too large, or no such table.
    """
    size = path.stat().st_size
    if size > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST >> 20} MiB")
    found = Collected()
    for entry in _history(path):
        step = whole(entry.get("step")) if isinstance(entry, dict) else None
        if step is None:
            found.damaged += 1
            continue
        found.rows += 1
        for tag, cell in entry.items():
            if tag != "step":
                found.add(tag, step, cell)
    return found.file(size)


def _history(path: Path) -> list[Any]:
    try:
        state = json.loads(path.read_text("utf-8-sig", "replace"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    history = state.get("log_history") if isinstance(state, dict) else None
    if not isinstance(history, list):
        raise ValueError("it has no list log_history")  # noqa: TRY004  # of what was read
    return history
