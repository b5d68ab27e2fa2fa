"""From paths to outputs: one call a stage."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from reportgen.analysis.findings.findings_frame import findings_frame
from reportgen.analysis.verdicts.checks import needs_all_points
from reportgen.cache.user_store import user_store
from reportgen.choices import XAxis
from reportgen.frames.experiment import Experiment
from reportgen.frames.growing_logs import GrowingLogs
from reportgen.frames.listing import listing
from reportgen.options import Options
from reportgen.outputs import preflight, target
from reportgen.outputs.formats import FORMATS
from reportgen.outputs.job import Job, Target
from reportgen.outputs.render import render
from reportgen.outputs.write_all import write_all
from reportgen.read_selected import read_selected
from reportgen.report import build as building
from reportgen.report.draw import draw, failures
from reportgen.report.evidence import ignored_sentence, listed
from reportgen.report.failures import without_figures
from reportgen.report.findings_by_settings import findings_by_settings
from reportgen.report.health_groups import worst_sentence
from reportgen.report.model import Report
from reportgen.report.verdict import Verdict
from reportgen.settings import Settings, parse_settings


@dataclass(frozen=True, slots=True)
class Done:
    """What `generate` has done.

    Attributes:
        written: one line for each output: its path and size.
        notes: what the reader should know of the logs; empty where they are sound.
        findings: a line for each error and warning found in the runs, the gravest first.
        verdict: of the report; its `passed` is False where a check failed. None where nothing was
            checked or compared.
    """

    written: tuple[str, ...]
    notes: tuple[str, ...]
    verdict: Verdict | None = None
    findings: tuple[str, ...] = ()


def generate(
    paths: Sequence[str | os.PathLike[str]],
    outputs: Sequence[str | os.PathLike[str]],
    options: Options | None = None,
    executor: Executor | None = None,
) -> Done:
    """Read logs once, draw figures once, and write every output.

    Args:
        paths: log directories or event files.
        outputs: `[FORMAT:]PATH` each.
        options: of the user; defaults where None.
        executor: what reads and draws; it is not shut down. None for that of the options.

    Raises:
        SendError: a mail cannot be sent; every output is written then.
        ReportgenError: see `reportgen.errors`; nothing is written then.
    """
    settings = parse_settings(options)
    targets = [target.parse(output) for output in outputs]
    preflight.check(targets, settings)
    return done(*make(paths, targets, settings, executor))


def make(
    paths: Sequence[str | os.PathLike[str]],
    targets: Sequence[Target],
    settings: Settings,
    executor: Executor | None = None,
    growing: GrowingLogs | None = None,
) -> tuple[Report, list[str]]:
    """Return the report of logs, and a line for each output that it was written to.

    Args:
        paths: log directories or event files.
        targets: where it is written, which `reportgen.outputs.preflight` found right.
        settings: of the user.
        executor: see `generate`.
        growing: what was read of the same logs before; None to read all.

    Raises:
        SendError: see `generate`.
        ReportgenError: likewise.
    """
    with _workers(settings, executor) as workers, user_store(settings.cache_bytes) as cache:
        experiment = read_selected(
            paths,
            settings,
            workers,
            sketched=_may_sketch(targets, settings),
            cache=cache,
            growing=growing,
        )
        report = building.build(experiment, settings, workers)
        return report, write_all(report, targets, settings, workers, cache)


def done(report: Report, written: Sequence[str]) -> Done:
    """Return what a report that was written comes to.

    Args:
        report: what `make` made.
        written: a line for each output.
    """
    note, ignored = worst_sentence(report.experiment.health), ignored_sentence(report)
    lines = tuple(finding.line for finding in listed(report) if finding.severity != "note")
    notes = tuple(filter(None, (note, ignored)))
    return Done(tuple(written), notes, report.verdict, lines)


def inventory_of(
    paths: Sequence[str | os.PathLike[str]],
    form: str,
    options: Options | None = None,
    executor: Executor | None = None,
) -> str:
    """Return what logs hold, as text: a row for each run, kind and tag.

    Args:
        paths: log directories or event files.
        form: "table" or "json".
        options: which runs and tags; all where None.
        executor: what reads; it is not shut down. None for that of the options.

    Raises:
        ReportgenError: see `reportgen.frames.read`.
    """
    from reportgen.outputs import inventory  # noqa: PLC0415  # rich, which no report needs

    settings = parse_settings(options)
    with _workers(settings, executor) as workers, user_store(settings.cache_bytes) as cache:
        return inventory.render(listing(read_selected(paths, settings, workers, cache=cache)), form)


def build(
    experiment: Experiment, options: Options | None = None, executor: Executor | None = None
) -> Report:
    """Return the report of an experiment.

    Args:
        experiment: what was read.
        options: of the user; defaults where None.
        executor: what prepares the curves; None for this process.

    Raises:
        UsageError: an option cannot be understood, or names a run or tag that does not exist.
        InputError: the user's notes or template cannot be read.
        DependencyError: an option needs a package that is not installed.
    """
    report = building.build(experiment, parse_settings(options), executor)
    return replace(report, as_html=_page)


def findings(experiment: Experiment, options: Options | None = None) -> pd.DataFrame:
    """Return what happened in the runs, errors first, one row a finding.

    Args:
        experiment: what was read.
        options: of which `rule`, `ignore`, `best`, `metrics` and `group` count.

    Returns:
        Columns rule, severity, run, tag, step, end_step (-1 where there is none), sentence and
        numbers (a dict).

    Raises:
        UsageError: an option cannot be understood, or names a metric or run that was not logged.
    """
    settings = parse_settings(options)
    return findings_frame(findings_by_settings(experiment, settings)[0])


def write(
    report: Report,
    *outputs: str | os.PathLike[str],
    options: Options | None = None,
    executor: Executor | None = None,
) -> list[str]:
    """Write a report to every output, or to none, and send its mails where the options say so.

    Args:
        report: what `build` made.
        outputs: `[FORMAT:]PATH` each.
        options: of the user; defaults where None.
        executor: what draws; None for forks of this process where there are many figures.

    Returns:
        One line for each output: its path and size.

    Raises:
        UsageError: an option cannot be understood, or the format of an output is not clear.
        OutputError: an output cannot be written.
        SendError: a mail cannot be sent; every output is written then.
        ReportgenError: see `reportgen.outputs.preflight`; nothing is written then.
    """
    settings = parse_settings(options)
    targets = [target.parse(output) for output in outputs]
    preflight.check(targets, settings)
    with _workers(settings, executor) as workers:
        return write_all(report, targets, settings, workers)


@contextmanager
def _workers(settings: Settings, executor: Executor | None) -> Iterator[Executor | None]:
    """Yield the caller's executor, or else that of the settings, which ends with the block."""
    if executor is not None or settings.workers is None:
        yield executor
        return
    workers = settings.workers.start()
    try:
        yield workers
    except BaseException:
        workers.shutdown(wait=False, cancel_futures=True)
        raise
    workers.shutdown()


def _may_sketch(targets: Sequence[Target], settings: Settings) -> bool:
    """Return whether every output can be made without all values of large logs."""
    whole = any(FORMATS[output.format].whole for output in targets)
    whole = whole or needs_all_points(settings.checks)
    return settings.x is XAxis.STEP and not settings.log_x and not whole


def _page(report: Report) -> str:
    """Return the HTML page of a report, for notebooks."""
    drawings = draw(report, svg={block.id for block in report.figures()})
    report = without_figures(report, failures(drawings))
    job = Job(Target("html", Path("report.html")), report, drawings)
    (page,) = render(job).values()
    if not isinstance(page, bytes):
        raise TypeError("an HTML page is one file")
    return page.decode()
