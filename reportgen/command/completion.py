"""Completion in a shell: options, their values, formats, and the runs and tags of the logs."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from argcomplete.completers import ChoicesCompleter, FilesCompleter
from argcomplete.finders import CompletionFinder
from argcomplete.shell_integration import shellcode

from reportgen.command.parser import SHELLS, parser
from reportgen.errors import ReportgenError, UsageError
from reportgen.option_table.table import OPTIONS
from reportgen.outputs.formats import FORMATS

_MAX_LOG_SIZE = 50_000_000  # bytes that are read for the names of tags: a quarter of a second
Completer = Callable[..., Iterable[str]]


def script(shell: str) -> str:
    """Return what a shell must run so that it completes the command's words.

    Raises:
        UsageError: the shell is not known.
    """
    if shell not in SHELLS:
        raise UsageError(f"--completion {shell}: unknown shell; use {', '.join(SHELLS)}")
    return str(shellcode(["reportgen"], shell=shell))


def complete() -> None:
    """Answer the shell that asks by its environment, and end the process."""
    arguments = parser()
    completers = _completers()
    for action in arguments._actions:  # noqa: SLF001  # argparse has no other list
        if action.dest in completers:
            action.completer = completers[action.dest]  # type: ignore[attr-defined]
    CompletionFinder()(arguments, always_complete_options="long")


def _completers() -> Mapping[str, Completer]:
    """Return what completes the value of each option that is not a path."""
    by_choices: dict[str, Completer] = {
        option.name: ChoicesCompleter(dict.fromkeys(option.choices, ""))
        for option in OPTIONS
        if option.choices
    }
    return by_choices | {
        "output": _outputs,
        "runs": _runs,
        "baseline": _runs,
        "compare": _runs,
        "tags": _tags,
        "metric": _tags,
        "completion": lambda **_: SHELLS,
        "list": lambda **_: ("table", "json"),
    }


def _outputs(prefix: str, **_: object) -> list[str]:
    """Return formats and paths; a path after a format is completed too."""
    name, colon, path = prefix.partition(":")
    if colon and name in FORMATS:
        return [f"{name}:{file}" for file in FilesCompleter()(path)]
    return [*(f"{name}:" for name in FORMATS), *FilesCompleter()(prefix)]


def _runs(parsed_args: argparse.Namespace, **_: object) -> list[str]:
    return _names(parsed_args, "run")


def _tags(parsed_args: argparse.Namespace, **_: object) -> list[str]:
    return _names(parsed_args, "tag")


def _names(parsed_args: argparse.Namespace, noun: str) -> list[str]:
    """Return the names in the logs that the words so far name; none where reading takes long."""
    from reportgen.frames.read import read  # noqa: PLC0415  # pandas, for which a shell would wait

    logdirs = [Path(logdir) for logdir in getattr(parsed_args, "logdir", None) or ()]
    files = (file for logdir in logdirs for file in (logdir, *logdir.rglob("*")))
    with contextlib.suppress(OSError, ReportgenError):
        if logdirs and sum(file.stat().st_size for file in files) < _MAX_LOG_SIZE:
            if noun == "run":
                return [str(run) for run in read(*logdirs, kinds=()).runs["run"]]
            return read(*logdirs).tags()
    return []
