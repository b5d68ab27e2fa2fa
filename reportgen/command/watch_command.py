"""The report by the command's words, again whenever its logs have changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen.command.command_options import OPEN, QUIET, UNTIL, UNTIL_IDLE, WATCH
from reportgen.command.configuration import Configuration
from reportgen.command.logdirs import expanded
from reportgen.command.outcome_lines import FAILED_CHECK, opened, tell_verdict
from reportgen.command.signals import TerminatedError
from reportgen.command.terminal import print_error, print_out
from reportgen.errors import InputError, ReportgenError, UsageError
from reportgen.option_numbers import parse_duration
from reportgen.options import Options
from reportgen.wording import count, printable

if TYPE_CHECKING:
    from reportgen.pipeline import Done
    from reportgen.watching.follower import Follower, Round

_LONGEST_WAIT = 1.0  # seconds; a longer sleep is cut, so that a changed clock does no harm


@dataclass(slots=True)
class Watch:
    """When it looks, and when it stops.

    Attributes:
        interval: seconds between two looks.
        idle: seconds without anything new after which it stops; None for never.
    """

    interval: float
    idle: float | None = None


def watch_of(holds: Configuration) -> Watch | None:
    """Return how logs are watched; None where they are read once.

    Raises:
        UsageError: a time cannot be understood, or an option needs --watch.
    """
    texts = {option.name: str(holds.value(option) or "") for option in (WATCH, UNTIL_IDLE, UNTIL)}
    if not texts["watch"]:
        for option in (UNTIL_IDLE, UNTIL):
            if texts[option.name]:
                raise UsageError(f"{option.flag}: nothing is watched; add --watch 30s")
        return None
    idle = texts["until_idle"]
    return Watch(
        parse_duration(texts["watch"], WATCH.flag),
        parse_duration(idle, UNTIL_IDLE.flag) if idle else None,
    )


def run_watch(
    holds: Configuration, watch: Watch, logdirs: Sequence[str], outputs: Sequence[str], how: Options
) -> int:
    """Make reports until something ends it, and return the exit status of the last one.

    Args:
        holds: the options of the command.
        watch: when to look and to stop.
        logdirs: as the user names them.
        outputs: likewise.
        how: the options of the report.

    Raises:
        ReportgenError: an option cannot be understood, or there was no report at all.
    """
    from reportgen.watching.follower import Follower  # noqa: PLC0415  # loads pandas

    if not logdirs or not all(logdir.strip() for logdir in logdirs):
        expanded(logdirs)  # refuses them
    for logdir in logdirs:
        if "://" in logdir or logdir.endswith((".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz")):
            raise UsageError(f"--watch: {logdir} is no directory on this machine; it cannot grow")
    follower = Follower(outputs, how, str(holds.value(UNTIL) or ""))
    rounds = _Rounds(holds, follower, lambda: expanded(logdirs))
    try:
        rounds.follow(watch)
    except (KeyboardInterrupt, TerminatedError):
        if rounds.last is None:
            raise
    if rounds.last is None:
        raise rounds.error or InputError(f"{', '.join(logdirs)}: no report was made")
    verdict = rounds.last.verdict
    tell_verdict(verdict, holds, sys.stdout)
    return FAILED_CHECK if verdict and verdict.passed is False else 0


class _Rounds:
    """Looks at logs again and again, and prints a line where something came.

    Attributes:
        last: what the last report came to; None before the first one.
        error: why there is no report yet, or no new one.
    """

    def __init__(
        self, holds: Configuration, follower: Follower, paths: Callable[[], list[str]]
    ) -> None:
        self.last: Done | None = None
        self.error: ReportgenError | None = None
        self._holds, self._follower, self._paths = holds, follower, paths
        self._told = ""

    def follow(self, watch: Watch) -> None:
        """Look until nothing was new for long enough, or the check that ends it is passed."""
        changed = time.monotonic()
        while True:
            news = self._look()
            if news is not None:
                changed = time.monotonic()
            if news is not None and news.is_reached:
                self._finish()
                return
            waited = time.monotonic() - changed
            if watch.idle is not None and waited >= watch.idle:
                self._finish()
                return
            rest = (
                watch.interval if watch.idle is None else min(watch.interval, watch.idle - waited)
            )
            _sleep(rest)

    def _look(self, *, finished: bool = False) -> Round | None:
        """Make the report if something is new, and tell of it."""
        try:
            news = self._follower.look(self._paths(), finished=finished)
        except ReportgenError as error:
            self.error = error
            self._tell_once(f"{error} (watching goes on)")
            return None
        if news is not None:
            self._tell(news)
        return news

    def _finish(self) -> None:
        """Tell of records that will never be whole."""
        if self.last is not None and self._follower.has_unfinished_record:
            self._look(finished=True)

    def _tell(self, news: Round) -> None:
        is_first, self.last, self.error = self.last is None, news.done, None
        if news.until_problem:
            self._tell_once(news.until_problem)
        if not self._holds.switch(QUIET):
            print_out(printable(f"{datetime.now():%H:%M:%S}  {_line(news)}"))  # noqa: DTZ005  # the user's clock
            for note in news.done.notes:
                self._tell_once(note)
            for finding in news.findings:
                print_error(finding)
        if is_first and self._holds.switch(OPEN):
            opened(self._follower.pages)

    def _tell_once(self, message: str) -> None:
        """Print a message to stderr, unless it was the last one."""
        if message != self._told:
            self._told = message
            print_error(message)


def _line(news: Round) -> str:
    """Say in one line what came, and what was written."""
    runs = f"{count(news.runs, 'run')}"
    if news.new_runs and news.new_runs < news.runs:
        runs += f" ({news.new_runs:,} new)"
    verdict = news.done.verdict
    failed = len(verdict.failures) if verdict else 0
    checks = [f"{count(failed, 'check')} failed"] if failed else []
    written = [line[:1].lower() + line[1:] for line in news.done.written]
    return "; ".join([f"{runs}, {news.scalars:+,} scalars", *checks, *written])


def _sleep(seconds: float) -> None:
    """Wait, in pieces."""
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        time.sleep(min(left, _LONGEST_WAIT))
