"""Preflight: what can be found wrong with outputs is found before logs are read."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.errors import InputError, UsageError
from reportgen.outputs import target
from reportgen.outputs.job import Target
from reportgen.settings import Settings


def check(targets: Sequence[Target], settings: Settings) -> None:
    """Raise an error where an output cannot be written as asked; touch no file.

    Raises:
        OutputError, DependencyError: see `reportgen.outputs.target.check`.
        UsageError: a mail is to be sent or to carry a file, and no output is a mail.
        InputError: an attachment does not exist.
    """
    target.check(targets)
    has_mail = any(target.format == "email" for target in targets)
    for option, value in (
        ("--send-to", settings.delivery),
        ("--attach", settings.attachments),
    ):
        if value and not has_mail:
            raise UsageError(f"{option}: no mail among the outputs; add -o PATH.eml")
    for output in targets:
        if output.format == "email" and output.url and settings.delivery:
            raise UsageError(f"--send-to: {output.name} is no file; name a local path for the mail")
    outputs = {target.path.absolute() for target in targets}
    for path in settings.attachments:
        if path.absolute() not in outputs and not path.is_file():
            raise InputError(f"--attach {path}: no such file")
