"""The command: words become options, one call, messages and an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from reportgen.command.parser import parse
from reportgen.command.signals import TerminatedError, signals_raise
from reportgen.command.terminal import print_error, print_out
from reportgen.errors import InternalError, ReportgenError
from reportgen.wording import clipped

# Exit statuses; those above 128 are 128 and the number of the signal, as shells have it.
_REFUSED, _INTERNAL_ERROR, _INTERRUPTED = 2, 70, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; errors go to stderr in one line."""
    words = list(sys.argv[1:] if argv is None else argv)
    if "_ARGCOMPLETE" in os.environ:  # a shell asks what may stand here
        from reportgen.command.completion import complete  # noqa: PLC0415  # only then

        complete()
    try:
        with signals_raise():
            return _run(words)
    except ReportgenError as error:
        return _stopped(str(error), _REFUSED)
    except KeyboardInterrupt:
        return _stopped("interrupted; nothing was written", _INTERRUPTED)
    except TerminatedError as error:
        return _stopped("terminated; nothing was written", 128 + error.args[0])
    except Exception as error:  # noqa: BLE001  # whatever it is, it is an error of ours
        return _unforeseen(error, is_verbose=bool({"-v", "--verbose"} & {*words}))


def _unforeseen(error: Exception, *, is_verbose: bool) -> int:
    """Tell of an error that is not the user's, and return the exit status."""
    if isinstance(error.__context__, KeyboardInterrupt):  # libraries clean up, and fail at it
        return _stopped("interrupted; nothing was written", _INTERRUPTED)
    if is_verbose:
        traceback.print_exception(error)
    return _stopped(_internal(error), _INTERNAL_ERROR)


def _stopped(message: str, status: int) -> int:
    print_error(message)
    return status


def _internal(error: Exception) -> str:
    """Return a line on an error that is not the user's: where it was raised, and which it is."""
    root = Path(__file__).parents[1]
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
    if words[:1] == ["history"]:
        from reportgen.history.command import run  # noqa: PLC0415  # loads pandas

        return run(words[1:], print_out, print_error)
    arguments = parse(words)
    if arguments.completion:
        from reportgen.command.completion import script  # noqa: PLC0415  # seldom wanted

        print_out(script(arguments.completion), end="")
        return 0
    # After the words are parsed: --help need not wait for the rest.
    from reportgen.command.report_command import run_report  # noqa: PLC0415

    return run_report(arguments)
