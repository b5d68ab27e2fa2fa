"""The command line as the footer of a report shows it: what changes the report, and no more."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from reportgen.command.configuration import Configuration
from reportgen.option_table.option import Option
from reportgen.option_table.table import OPTIONS


def footer_command(logdirs: Sequence[str], configuration: Configuration) -> str:
    """Return the command line that makes the report, wherever its options were set.

    Where outputs go and how they are sent is no part of the report.
    """
    words = [
        word
        for option in OPTIONS
        if option.changes_report
        for word in _words(option, configuration.value(option))
    ]
    return shlex.join(["reportgen", *logdirs, *words])


def _words(option: Option, value: object) -> list[str]:
    """Return an option as it is written on the command line."""
    if value is None or value is False:
        return []
    if value is True:
        return [option.flag]
    values = value if isinstance(value, tuple) else (value,)
    if option.count > 1:
        return [option.flag, *map(str, values)]
    return [word for text in values for word in (option.flag, str(text))]
