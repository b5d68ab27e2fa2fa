"""Checks: what can be found wrong before a long reading, found before it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.analysis.verdicts.checks import parse_checks
from reportgen.errors import InputError, UsageError
from reportgen.options import Options
from reportgen.outputs import target, urls
from reportgen.outputs.job import Target
from reportgen.outputs.mail import smtp
from reportgen.report.shrink import parse_size
from reportgen.selection import selection


def check(targets: Sequence[Target], options: Options) -> None:
    """Finds out whether outputs can be written and sent as asked; touches nothing.

    Raises:
        ReportgenError: see `target.check`, `urls.check`, `smtp.check`, `parse_size`, `parse_checks`
            and `selection`; a mail is to be sent or to carry something and is none of the outputs;
            an attachment does not exist.
    """
    target.check(targets)
    urls.check(options)
    smtp.check(options)
    parse_size(options.max_size)
    parse_checks(options.check, options.baseline)
    selection(options.baseline)
    mails = any(one.format == "email" for one in targets)
    for name, given in (("--send-to", options.send_to), ("--attach", options.attach)):
        if given and not mails:
            raise UsageError(f"{name}: no mail among the outputs; add -o PATH.eml")
    made = {one.path.absolute() for one in targets}
    for path in map(Path, options.attach):
        if path.absolute() not in made and not path.is_file():
            raise InputError(f"--attach {path}: no such file")
