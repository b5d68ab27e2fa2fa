"""A report that is made again whenever its logs have changed; only what is new is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import pipeline
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.verdicts.check_parser import parse_checks
from reportgen.analysis.verdicts.outcomes import outcomes
from reportgen.errors import InputError, UsageError
from reportgen.frames.growing_logs import GrowingLogs
from reportgen.options import Options
from reportgen.outputs import preflight, target
from reportgen.pipeline import Done
from reportgen.report.evidence import listed
from reportgen.report.model import Report
from reportgen.settings import parse_settings
from reportgen.watching.stamps import Stamp, stamps

_TOLD = ("error", "warning")  # the severities of findings that are news


@dataclass(frozen=True, slots=True)
class Round:
    """A report of logs that have changed.

    Attributes:
        done: what was written, and how the checks went.
        runs, new_runs: how many runs there are, and how many of them are new.
        scalars: how many were read in this round.
        findings: a line for each finding that no earlier round had.
        is_reached: whether every run passes the check that ends the watch.
        until_problem: why that check could not be tried; "" where it could, or there is none.
    """

    done: Done
    runs: int
    new_runs: int
    scalars: int
    findings: tuple[str, ...]
    is_reached: bool = False
    until_problem: str = ""


class Follower:
    """Makes the report of logs whenever they have changed."""

    def __init__(self, outputs: Sequence[str], options: Options, until: str = "") -> None:
        """Check what is asked, and read nothing yet.

        Args:
            outputs: `[FORMAT:]PATH` each, of files.
            options: of the user.
            until: the check that ends the watch; "" for none.

        Raises:
            ReportgenError: an option or an output cannot be understood, or not be written.
        """
        self._settings = parse_settings(options)
        self._targets = [target.parse(output) for output in outputs]
        if any(output.is_stdout for output in self._targets):
            raise UsageError("--watch: replaces files, so - is no output of it; add -o report.html")
        if self._settings.delivery or self._settings.receivers:
            raise UsageError("--watch: sends no mails; send the report when the training has ended")
        preflight.check(self._targets, self._settings)
        try:
            self._until = parse_checks([until] if until else [], has_baseline=False)
        except UsageError as error:
            raise UsageError(_of_until(error)) from error
        self._logs = GrowingLogs()
        self._stamps: Mapping[str, Stamp] | None = None
        self._runs: frozenset[str] = frozenset()
        self._scalars = 0
        self._known: set[tuple[str, str, str]] = set()

    @property
    def pages(self) -> list[Path]:
        """The HTML pages among the outputs."""
        return [
            output.path for output in self._targets if output.format == "html" and output.is_file
        ]

    @property
    def has_unfinished_record(self) -> bool:
        """Whether a file ends within a record, which is no damage while it grows."""
        return self._logs.has_unfinished_record

    def look(self, paths: Sequence[str], *, finished: bool = False) -> Round | None:
        """Make the report if the logs have changed; return None where they have not.

        Args:
            paths: log directories or event files on this machine.
            finished: whether nothing more is expected: a report is made in any case, and a record
                that is cut is damage.

        Raises:
            ReportgenError: there is no log yet, or see `reportgen.pipeline.make`; what an earlier
                round wrote stays.
        """
        now = stamps(paths, follow_links=self._settings.follow_links)
        if now == self._stamps and not finished:
            return None
        self._logs.finished = finished
        self._stamps = None
        try:
            report, written = pipeline.make(
                paths, self._targets, self._settings, growing=self._logs
            )
        except (InputError, UsageError):
            self._stamps = now  # the same logs would be refused again
            raise
        self._stamps = now
        return self._news(report, written)

    def _news(self, report: Report, written: Sequence[str]) -> Round:
        """Return what is new in a report, and remember it."""
        runs = frozenset(map(str, report.experiment.runs["group"]))
        findings = [finding for finding in listed(report) if finding.severity in _TOLD]
        fresh = tuple(finding.line for finding in findings if _key(finding) not in self._known)
        self._known |= {_key(finding) for finding in findings}
        is_reached, problem = self._reached(report)
        news = Round(
            pipeline.done(report, written),
            len(runs),
            len(runs - self._runs),
            self._logs.rows - self._scalars,
            fresh,
            is_reached,
            problem,
        )
        self._runs, self._scalars = runs, self._logs.rows
        return news

    def _reached(self, report: Report) -> tuple[bool, str]:
        """Return whether every run passes the check that ends the watch, or why nobody can say."""
        if not self._until:
            return False, ""
        try:
            results = outcomes(self._until, report.run_values, findings=report.findings)
        except UsageError as error:  # a tag may be logged later
            return False, _of_until(error)
        return all(result.outcome == "passed" for result in results), ""


def _of_until(error: UsageError) -> str:
    """Return the message on a check that ends the watch, which names its option."""
    return str(error).replace("--check", "--until", 1)


def _key(finding: Finding) -> tuple[str, str, str]:
    """Return what stays of a finding while its numbers change."""
    return finding.rule, finding.group, finding.tag
