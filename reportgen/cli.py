"""The command line: arguments become Options, one call, and an exit status."""

from __future__ import annotations

import argparse
import gc
import io
import os
import shlex
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import Field, fields
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

from reportgen import __version__
from reportgen.errors import InternalError, OutputError, ReportgenError, UsageError
from reportgen.github_actions import errors, warnings
from reportgen.options import Options, option_name
from reportgen.outputs.formats import FORMATS
from reportgen.wording import clipped, count, printable

if TYPE_CHECKING:
    from reportgen.report.verdict import Verdict

_MAX_LISTED_FAILURES = 5
_OPTIONS = [option for option in fields(Options) if "help" in option.metadata]

# Exit statuses; those above 128 are 128 and the number of the signal, as shells have it.
_FAILED_CHECK, _REFUSED, _INTERNAL_ERROR, _INTERRUPTED = 1, 2, 70, 130


class _Parser(argparse.ArgumentParser):
    """Reports a wrong argument in one line, as every other error is reported."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


class _TerminatedError(BaseException):
    """The process got SIGTERM or SIGHUP, whose number is the argument."""


def parser() -> argparse.ArgumentParser:
    """Return the arguments of the command; one option for each documented field of `Options`."""
    arguments = _Parser(
        prog="reportgen",
        description="Turn training logs (TensorBoard event files) into one self-contained report.",
        epilog=f"Formats: {', '.join(FORMATS)}; by default the format of PATH's suffix. "
        "Exit status: 0 every output is written and sent; 1 the same, and a --check failed or "
        "cannot be decided; "
        "2 wrong usage, input or output; 70 an internal error; 130 interrupted; 143 terminated.",
    )
    arguments.add_argument("--version", action="version", version=f"reportgen {__version__}")
    arguments.add_argument(
        "logdirs",
        nargs="+",
        metavar="LOGDIR",
        help="directory with event files or tables of metrics at any depth, or one such file",
    )
    arguments.add_argument(
        "-o",
        "--output",
        action="append",
        dest="outputs",
        metavar="[FORMAT:]PATH",
        help="where to write; repeat for several (default: report.html)",
    )
    arguments.add_argument(
        "--list",
        nargs="?",
        const="table",
        choices=("table", "json"),
        help="write no report; list the runs and tags that the logs hold",
    )
    arguments.add_argument(
        "--verbose", action="store_true", help="show the traceback of an internal error"
    )
    for option in _OPTIONS:
        arguments.add_argument(option_name(option.name), **_argument(option))
    return arguments


def _argument(option: Field[Any]) -> dict[str, Any]:
    """Return how argparse reads an option: a switch, a text, or a text that may be repeated."""
    metadata = option.metadata
    help_ = metadata["help"].replace("%(default)s", metadata["default"])
    argument: dict[str, Any] = {"help": help_, "default": None}
    if not metadata["metavar"]:
        return argument | {"action": "store_true"}
    if metadata["repeat"]:
        argument |= {"action": "append"}
    if metadata["count"] > 1:
        argument |= {"nargs": metadata["count"]}
    return argument | {"metavar": metadata["metavar"]}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; errors go to stderr in one line."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        with _signals_raise():
            return _run(words)
    except ReportgenError as error:
        return _report(str(error), _REFUSED)
    except KeyboardInterrupt:
        return _report("interrupted; nothing was written", _INTERRUPTED)
    except _TerminatedError as error:
        return _report("terminated; nothing was written", 128 + error.args[0])
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  # whatever it is, it is an error of ours
        if "--verbose" in words:
            traceback.print_exception(error)
        return _report(_internal(error), _INTERNAL_ERROR)


def _print(text: str, end: str = "\n") -> None:
    """Print to stdout, with escapes for characters that it cannot show.

    Raises:
        OutputError: it cannot be written, as a file on a full disk.
    """
    try:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        print(text, end=end, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is left in it
        reason = error.strerror or "it cannot be written"
        raise OutputError(f"standard output: {reason}") from error


def _report(message: str, status: int) -> int:
    print(f"reportgen: {printable(' '.join(message.split()))}", file=sys.stderr)
    return status


def _internal(error: Exception) -> str:
    """Return a line on an error that is not the user's: where it was raised, and which it is."""
    root = Path(__file__).parent
    cause = error.__cause__ if isinstance(error, InternalError) else error
    frames = traceback.extract_tb(cause.__traceback__ if cause else None)
    places = [frame for frame in frames if Path(frame.filename).is_relative_to(root)]
    place = "reportgen"
    if places:
        module = Path(places[-1].filename).relative_to(root).with_suffix("")
        place = f"reportgen.{'.'.join(module.parts)}, line {places[-1].lineno}"
    kind = type(error).__name__
    reason = clipped(f"{kind}: {error}" if str(error) else kind, 200)
    return f"internal error in {place} ({reason}); please report it with what --verbose shows"


def _run(words: Sequence[str]) -> int:
    arguments = parser().parse_args(words)
    values: dict[str, Any] = {
        option.name: tuple(value) if isinstance(value, list) else value
        for option in _OPTIONS
        for value in [getattr(arguments, option.name)]
    }
    command = shlex.join(["reportgen", *arguments.logdirs, *_report_words(values)])
    options = Options(**values, command=command)

    # After the arguments are parsed: --help need not wait a second for pandas and matplotlib.
    with _garbage_collection_paused():
        from reportgen.pipeline import generate, inventory_of  # noqa: PLC0415

    with _messages_shown(verbose=arguments.verbose):
        if arguments.list:
            _print(inventory_of(arguments.logdirs, arguments.list, options), end="")
            return 0
        done = generate(arguments.logdirs, arguments.outputs or ["report.html"], options)
    for line in done.written:
        _print(line)
    for line in done.notes:
        print(f"reportgen: {line}", file=sys.stderr)
    _tell(done.findings)
    if arguments.explain and done.verdict:
        for line in done.verdict.explanations:
            print(printable(line))
    return _status(done.verdict)


@contextmanager
def _messages_shown(*, verbose: bool) -> Iterator[None]:
    """Print the package's warnings to stderr inside, and tracebacks if `verbose`."""
    import logging  # noqa: PLC0415  # `--help` does without

    logger, handler = logging.getLogger("reportgen"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("reportgen: %(message)s"))
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG if verbose else logging.WARNING)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def _tell(findings: Sequence[str]) -> None:
    """Print the gravest finding whole, and all of them for GitHub where it runs."""
    if not findings:
        return
    hidden = len(findings) - 1
    rest = f" And {count(hidden, 'more finding')}." if hidden else ""
    print(f"reportgen: {printable(' '.join(findings[0].split()))}{rest}", file=sys.stderr)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in warnings(findings):
            print(line)


def _status(verdict: Verdict | None) -> int:
    """Return the exit status; print failed checks in one line, and for GitHub where it runs."""
    if verdict is None or verdict.passed is not False:
        return 0
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in errors(verdict.failures):
            print(line)
    listed = verdict.failures[:_MAX_LISTED_FAILURES]
    hidden = len(verdict.failures) - len(listed)
    rest = f" And {hidden:,} more." if hidden else ""
    return _report(f"{verdict.headline} {' '.join(listed)}{rest}", _FAILED_CHECK)


@contextmanager
def _signals_raise() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into an exception inside, so that temporary files are removed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    process = os.getpid()

    def terminate(number: int, _frame: FrameType | None) -> None:
        if os.getpid() != process:  # a worker that was forked has nothing to clean up
            os._exit(128 + number)
        raise _TerminatedError(number)

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    handlers = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in names}
    # nohup has SIGHUP ignored.
    handlers = {number: old for number, old in handlers.items() if old is not signal.SIG_IGN}
    for number in handlers:
        signal.signal(number, terminate)
    try:
        yield
    finally:
        for number, old in handlers.items():
            signal.signal(number, old or signal.SIG_DFL)


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


def _report_words(values: dict[str, Any]) -> list[str]:
    """Return the options that are set and change the report, as words of a command line.

    Where outputs go and how they are sent is no part of the report.
    """
    return [
        word
        for option in _OPTIONS
        if option.metadata["report"] and values[option.name] is not None
        for word in _words(option, values[option.name])
    ]


def _words(option: Field[Any], value: object) -> list[str]:
    """Return an option as it is written on the command line."""
    name = option_name(option.name)
    if value is True:
        return [name]
    values = value if isinstance(value, tuple) else (value,)
    if option.metadata["count"] > 1:
        return [name, *map(str, values)]
    return [word for text in values for word in (name, str(text))]
