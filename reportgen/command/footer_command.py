"""The command line as the footer of a report shows it: what changes the report, and no more."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from reportgen.command.configuration import Configuration
from reportgen.command.option_words import words_of
from reportgen.option_table.table import OPTIONS


def footer_command(logdirs: Sequence[str], configuration: Configuration) -> str:
    """Return the command line that makes the report, wherever its options were set.

    Where outputs go and how they are sent is no part of the report.
    """
    words = [
        word
        for option in OPTIONS
        if option.changes_report
        for word in words_of(option, configuration.value(option))
    ]
    return shlex.join(["reportgen", *logdirs, *words])
