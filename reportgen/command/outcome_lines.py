"""What the command says of checks, and the page that it opens."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from reportgen.command.command_options import QUIET
from reportgen.command.configuration import Configuration
from reportgen.command.terminal import print_failures, print_out, print_summary
from reportgen.option_table.table import BY_NAME
from reportgen.wording import printable

if TYPE_CHECKING:
    from reportgen.report.verdict import Verdict

FAILED_CHECK = 1  # the exit status


def tell_verdict(verdict: Verdict | None, holds: Configuration, messages: TextIO) -> None:
    """Print how the checks went.

    Args:
        verdict: of the report; None where nothing was checked or compared.
        holds: the options of the command.
        messages: where they are printed, but for what failed, which goes to stderr.
    """
    if verdict and holds.switch(BY_NAME["explain"]):
        for line in verdict.explanations:
            print_out(printable(line), messages)
    if verdict and verdict.results:
        print_failures(verdict, messages)
        if verdict.passed is False:
            print_summary(verdict, sys.stderr)
        elif not holds.switch(QUIET):
            print_summary(verdict, messages)


def opened(pages: Sequence[Path]) -> None:
    """Open the first page in a browser."""
    import webbrowser  # noqa: PLC0415  # seldom wanted

    webbrowser.open(pages[0].absolute().as_uri())
