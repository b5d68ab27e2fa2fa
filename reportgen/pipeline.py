"""From paths to outputs: one call a stage."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from reportgen import wording
from reportgen.analysis.findings.findings_frame import findings_frame
from reportgen.analysis.verdicts.checks import needs_all_points
from reportgen.choices import XAxis
from reportgen.errors import InternalError
from reportgen.frames.experiment import COLUMNS, Experiment
from reportgen.frames.listing import listing
from reportgen.frames.read import read
from reportgen.options import Options
from reportgen.outputs import preflight, target
from reportgen.outputs.formats import FORMATS, no_figures, refuse_sketch
from reportgen.outputs.job import Content, Job, Target
from reportgen.outputs.mail import smtp
from reportgen.outputs.render import render
from reportgen.outputs.write import write as write_files
from reportgen.report import build as building
from reportgen.report.draw import Drawing, draw, failures
from reportgen.report.evidence import ignored_sentence, listed
from reportgen.report.failures import without_figures
from reportgen.report.findings_by_settings import findings_by_settings
from reportgen.report.for_sending import for_sending
from reportgen.report.health_groups import worst_sentence
from reportgen.report.model import Report
from reportgen.report.verdict import Verdict
from reportgen.selection import no_match
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
    with _workers(settings, executor) as workers:
        experiment = _read(paths, settings, workers, sketched=_may_sketch(targets, settings))
        report = building.build(experiment, settings, workers)
        written = _write(report, targets, settings, workers)
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
    with _workers(settings, executor) as workers:
        return inventory.render(listing(_read(paths, settings, workers)), form)


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
        options: of which `rule`, `ignore` and `best` count.

    Returns:
        Columns rule, severity, run, tag, step, end_step (-1 where there is none), sentence and
        numbers (a dict).

    Raises:
        UsageError: an option cannot be understood.
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
        return _write(report, targets, settings, workers)


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


def _read(
    paths: Sequence[str | os.PathLike[str]],
    settings: Settings,
    executor: Executor | None,
    *,
    sketched: bool = False,
) -> Experiment:
    experiment = read(
        *paths,
        runs=settings.runs,
        tags=settings.tags,
        restarts=settings.restarts,
        fold=settings.fold,
        sketched=settings.smoothing if sketched else None,
        follow_links=settings.follow_links,
        executor=executor,
    )
    for pattern in settings.runs.unmatched(map(str, experiment.runs["run"])):
        everything = read(
            *paths,
            kinds=(),
            fold=settings.fold,
            executor=executor,
            follow_links=settings.follow_links,
        )
        raise no_match("--runs", "run", pattern, map(str, everything.runs["run"]))
    for pattern in settings.tags.unmatched(_tags(experiment)):
        everything = read(
            *paths,
            runs=settings.runs,
            fold=settings.fold,
            executor=executor,
            follow_links=settings.follow_links,
        )
        raise no_match("--tags", "tag", pattern, _tags(everything))
    return experiment


def _tags(experiment: Experiment) -> list[str]:
    """Return every tag of an experiment, once."""
    kinds = [kind for kind, columns in COLUMNS.items() if "tag" in columns]
    tags = (tag for kind in kinds for tag in getattr(experiment, kind)["tag"].unique())
    return list(dict.fromkeys(map(str, tags)))


def _write(
    report: Report, targets: Sequence[Target], settings: Settings, executor: Executor | None
) -> list[str]:
    refuse_sketch(report, [output.format for output in targets])
    files: dict[Path, Content] = {}
    failed: list[InternalError] = []
    is_sent = {output: FORMATS[output.format].sent for output in targets}
    to_send = for_sending(report) if any(is_sent.values()) else report
    drawings = {
        sent: _drawn(
            of_target,
            [output for output in targets if is_sent[output] in kinds],
            settings,
            executor,
        )
        for sent, of_target, kinds in _batches(report, to_send)
    }
    for output in sorted(targets, key=lambda output: FORMATS[output.format].late):
        drawn = drawings.get(is_sent[output], drawings[False])
        whole = without_figures(to_send if is_sent[output] else report, failures(drawn))
        try:
            files |= render(Job(output, whole, drawn, settings, dict(files)))
        except InternalError as error:
            failed.append(error)
    write_files(files)
    if failed:  # the other outputs are written
        raise failed[0]
    lines = [_written(output, _bytes(files[output.path]), settings) for output in targets]
    if settings.delivery:
        mails = [output.path for output in targets if output.format == "email"]
        lines += [smtp.send(path, settings.delivery) for path in mails]
    return lines


def _batches(report: Report, to_send: Report) -> Iterator[tuple[bool, Report, tuple[bool, ...]]]:
    """Yield reports whose figures differ, and whether each is for outputs that are sent or not."""
    if report.sections is to_send.sections:
        yield False, report, (False, True)
    else:
        yield False, report, (False,)
        yield True, to_send, (True,)


def _drawn(
    report: Report, targets: Sequence[Target], settings: Settings, executor: Executor | None
) -> Mapping[str, Drawing]:
    formats = [FORMATS[output.format] for output in targets]
    are_bounded = all(format_.bounded for format_ in formats if format_.svg is not no_figures)
    return draw(
        report,
        svg={block.id for format_ in formats for block in format_.svg(report)},
        png={block.id for format_ in formats for block in format_.png(report)},
        max_bytes=settings.max_bytes if are_bounded else None,
        executor=executor,
    )


def _written(target: Target, size: int, settings: Settings) -> str:
    """Return a line on an output, which also says if it is larger than the user wanted."""
    limit = settings.max_bytes if target.format == "html" else None
    over = ""
    if limit is not None and size > limit:
        over = f", over --max-size {wording.size(limit)}: nothing more can be left out"
    return f"Wrote {target.path} ({wording.size(size)}{over})"


def _bytes(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else sum(map(len, content.values()))


def _page(report: Report) -> str:
    """Return the HTML page of a report, for notebooks."""
    drawings = draw(report, svg={block.id for block in report.figures()})
    report = without_figures(report, failures(drawings))
    job = Job(Target("html", Path("report.html")), report, drawings)
    (page,) = render(job).values()
    if not isinstance(page, bytes):
        raise TypeError("an HTML page is one file")
    return page.decode()
