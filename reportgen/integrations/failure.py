"""What ended a training, as notes for its report."""

from __future__ import annotations

import traceback
from pathlib import Path

from reportgen.wording import clipped, printable

_MAX_MESSAGE = 2_000  # characters
_MAX_PLACES = 4  # calls, the innermost last


def failure_notes(error: BaseException) -> str:
    """Return Markdown that says what ended a training and where.

    Messages may hold anything, and so stand in a fence. Files are named without their directories,
    which would tell who trained where.
    """
    if isinstance(error, KeyboardInterrupt):
        return "# The training was interrupted\nWhat it logged until then is below."
    kind = type(error).__name__
    lines = [f"{kind}: {clipped(str(error), _MAX_MESSAGE)}" if str(error) else kind]
    places = [
        place
        for place in traceback.extract_tb(error.__traceback__)
        if Path(place.filename).parent != Path(__file__).parent  # ours is not where it failed
    ][-_MAX_PLACES:]
    lines += [f"  in {place.name}, {Path(place.filename).name}:{place.lineno}" for place in places]
    text = "\n".join(printable(line) for line in lines)
    fence = "```" if "```" not in text else "~~~~"
    return (
        "# The training failed\n"
        "What it logged until then is below; the table says how far each run came.\n\n"
        f"{fence}text\n{text}\n{fence}"
    )
