"""The report by the command's words: configuration, one call of the pipeline, messages."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from reportgen.command.command_options import LOGDIR, OPEN, OUTPUT, QUIET, VERBOSE
from reportgen.command.configuration import Configuration, configuration
from reportgen.command.footer_command import footer_command
from reportgen.command.logdirs import expanded
from reportgen.command.outcome_lines import FAILED_CHECK, opened, tell_verdict
from reportgen.command.terminal import (
    messages_shown,
    print_error,
    print_findings,
    print_out,
)
from reportgen.command.watch_command import run_watch, watch_of
from reportgen.errors import UsageError
from reportgen.option_table.table import BY_NAME
from reportgen.wording import printable

if TYPE_CHECKING:
    from reportgen.pipeline import Done


def run_report(arguments: argparse.Namespace) -> int:
    """Write the report, or do what stands in its place, and return the exit status.

    Args:
        arguments: see `reportgen.command.parser.parse`.

    Raises:
        ReportgenError: see `reportgen.errors`; nothing is written then, or all but a mail sent.
    """
    holds = configuration(arguments, os.environ)
    if arguments.print_config:
        from reportgen.command.print_config import printed  # noqa: PLC0415  # loads pandas

        print_out(printed(holds), end="")
        return 0
    remarks = "" if holds.switch(QUIET) else " ".join(holds.remarks)
    if remarks and holds.switch(BY_NAME["strict"]):
        raise UsageError(f"--strict: {remarks}")
    if remarks:
        print_error(remarks)
    return _report(holds, arguments.list, has_output=bool(arguments.output))


def _report(holds: Configuration, listing: str | None, *, has_output: bool) -> int:
    """Write the report, or list what the logs hold, and return the exit status."""
    named = holds.texts(LOGDIR)
    watch = watch_of(holds)
    logdirs = list(named) if watch else expanded(named)
    options = holds.options(footer_command(named, holds))
    if options.cache_size is None:
        options = replace(options, cache_size=BY_NAME["cache_size"].default)
    if listing and watch:
        raise UsageError("--list: lists once; leave --watch out")
    if listing and has_output:
        raise UsageError("--list: writes no report; leave -o out")

    # After the arguments are parsed: --help need not wait a second for pandas and matplotlib.
    with _garbage_collection_paused():
        from reportgen.outputs import target  # noqa: PLC0415
        from reportgen.pipeline import generate, inventory_of  # noqa: PLC0415

    level = logging.ERROR if holds.switch(QUIET) else logging.WARNING
    with messages_shown(logging.DEBUG if holds.switch(VERBOSE) else level):
        if listing:
            print_out(inventory_of(logdirs, listing, options), end="")
            return 0
        outputs = holds.texts(OUTPUT) or (OUTPUT.default,)
        targets = [target.parse(output) for output in outputs]
        pages = [output.path for output in targets if output.format == "html" and output.is_file]
        if holds.switch(OPEN) and not pages:
            raise UsageError("--open: no page among the outputs; add -o report.html")
        if watch:
            return run_watch(holds, watch, logdirs, outputs, options)
        done = generate(logdirs, outputs, options)
    messages = sys.stderr if any(output.is_stdout for output in targets) else sys.stdout
    _tell(done, holds, messages)
    if holds.switch(OPEN):
        opened(pages)
    return FAILED_CHECK if done.verdict and done.verdict.passed is False else 0


def _tell(done: Done, holds: Configuration, messages: TextIO) -> None:
    """Print what was written, what the reader should know of it, and how the checks went."""
    if not holds.switch(QUIET):
        for line in done.written:
            print_out(printable(line), messages)
        for line in done.notes:
            print_error(line)
        print_findings(done.findings, messages)
    tell_verdict(done.verdict, holds, messages)


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Keep the garbage collector away from objects that are made inside, which stay to the end.

    It would visit all modules many times while they load, and once more at the exit; and its
    marks on them would make forks of this process (`reportgen.executor.forked`) copy their memory.
    """
    if "reportgen.pipeline" in sys.modules:  # the process is a caller's, and so is its garbage
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
