"""Options as the words of a command line."""

from __future__ import annotations

import os
from collections.abc import Mapping

from reportgen.errors import UsageError
from reportgen.option_table.option import Option
from reportgen.option_table.table import BY_NAME


def words_of(option: Option, value: object) -> list[str]:
    """Return an option as it is written on the command line; nothing where it is not set."""
    if value is None or value is False:
        return []
    if value is True:
        return [option.flag]
    values = value if isinstance(value, list | tuple) else (value,)
    texts = [os.fspath(text) if isinstance(text, os.PathLike) else str(text) for text in values]
    if option.count > 1:
        return [option.flag, *texts]
    return [word for text in texts for word in _pair(option.flag, text)]


def _pair(flag: str, text: str) -> list[str]:
    """Return a flag and its value; joined where the value looks like an option."""
    return [f"{flag}={text}"] if text.startswith("-") and text != "-" else [flag, text]


def option_words(options: Mapping[str, object]) -> list[str]:
    """Return options by the names of `reportgen.Options` as the words of a command line.

    Raises:
        UsageError: there is no such option.
    """
    for name in options:
        if name not in BY_NAME:
            raise UsageError(f"{name}: no such option; see reportgen.Options")
    return [word for name, value in options.items() for word in words_of(BY_NAME[name], value)]
