"""A Markdown file that the user names: notes, or a template."""

from __future__ import annotations

import sys
from pathlib import Path

from reportgen.errors import InputError


def read_markdown(path: str) -> str:
    """Return the text of a Markdown file, or of standard input for "-"; "" where path is "".

    Raises:
        InputError: the file cannot be read, or is not UTF-8.
    """
    if not path:
        return ""
    if path == "-":
        return sys.stdin.read()
    try:
        return Path(path).read_text("utf-8")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise InputError(f"{path}: {reason}; name a Markdown file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8; name a Markdown file") from error
