"""From paths to outputs: one call a stage."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import wording
from reportgen.frames.experiment import Experiment
from reportgen.frames.listing import listing
from reportgen.frames.read import read
from reportgen.options import Options
from reportgen.outputs import preflight, target
from reportgen.outputs.formats import FORMATS, refuse_sketch
from reportgen.outputs.job import Content, Job, Target
from reportgen.outputs.mail import smtp
from reportgen.outputs.write import write as write_files
from reportgen.report.build import build
from reportgen.report.draw import draw
from reportgen.report.model import Report
from reportgen.report.shrink import parse_size
from reportgen.report.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Done:
    """What was done.

    Attributes:
        written: one line for each output: its path and size.
        notes: what the reader should know of the logs; empty where they are sound.
        verdict: of the report; its `passed` is False where a check failed. None where nothing was
            checked or compared.
    """

    written: tuple[str, ...]
    notes: tuple[str, ...]
    verdict: Verdict | None = None


def generate(
    paths: Sequence[str | os.PathLike[str]],
    outputs: Sequence[str | os.PathLike[str]],
    options: Options | None = None,
) -> Done:
    """Reads logs once, draws once, and writes every output.

    Args:
        paths: log directories or event files.
        outputs: `[FORMAT:]PATH` each.
        options: the user's settings; defaults where None.

    Raises:
        SendError: a mail cannot be sent; every output is written then.
        ReportgenError: see `reportgen.errors`; nothing is written then.
    """
    options = options or Options()
    targets = [target.parse(os.fspath(output)) for output in outputs]
    preflight.check(targets, options)
    whole = (
        options.x != "step" or options.log_x or any(FORMATS[one.format].whole for one in targets)
    )
    experiment = _read(paths, options, None if whole else options.smooth)
    report = build(experiment, options)
    written = write(report, *outputs, options=options)
    found = wording.count(len(experiment.health), "finding")
    note = f"{found} on the health of the logs; see the report's last section"
    return Done(tuple(written), (note,) if len(experiment.health) else (), report.verdict)


def inventory_of(
    paths: Sequence[str | os.PathLike[str]], form: str, options: Options | None = None
) -> str:
    """What logs hold, as text: a row for each run, kind and tag.

    Args:
        paths: log directories or event files.
        form: "table" or "json".
        options: which runs and tags; all where None.

    Raises:
        ReportgenError: see `reportgen.frames.read`.
    """
    from reportgen.outputs import inventory  # noqa: PLC0415  # rich, which no report needs

    return inventory.render(listing(_read(paths, options or Options())), form)


def _read(
    paths: Sequence[str | os.PathLike[str]], options: Options, sketched: str | None = None
) -> Experiment:
    return read(
        *paths,
        runs=options.runs or None,
        tags=options.tags or None,
        restarts=options.restarts,
        fold=not options.no_fold,
        sketched=sketched,
    )


def write(
    report: Report, *outputs: str | os.PathLike[str], options: Options | None = None
) -> list[str]:
    """Writes a report to every output, or to none, and sends its mails where asked to.

    Args:
        report: what `build` made.
        outputs: `[FORMAT:]PATH` each.
        options: the user's settings; defaults where None.

    Returns:
        One line for each output: its path and size.

    Raises:
        UsageError: the format of an output cannot be told.
        OutputError: an output cannot be written.
        SendError: a mail cannot be sent; every output is written then.
        ReportgenError: see `reportgen.outputs.preflight`; nothing is written then.
    """
    options = options or Options()
    targets = [target.parse(os.fspath(output)) for output in outputs]
    preflight.check(targets, options)
    refuse_sketch(report, [output.format for output in targets])
    formats = [FORMATS[one.format] for one in targets]
    drawings = draw(
        report,
        svg={block.id for one in formats for block in one.svg(report)},
        png={block.id for one in formats for block in one.png(report)},
    )
    files: dict[Path, Content] = {}
    for one in sorted(targets, key=lambda one: FORMATS[one.format].late):
        files |= FORMATS[one.format].render(Job(one, report, drawings, options, dict(files)))
    write_files(files)
    lines = [_wrote(one, _bytes(files[one.path]), options) for one in targets]
    if options.send_to:
        lines += [smtp.send(one.path, options) for one in targets if one.format == "email"]
    return lines


def _wrote(target: Target, size: int, options: Options) -> str:
    """What was written, and whether it could not be as small as was asked for."""
    limit = parse_size(options.max_size) if target.format == "html" else None
    over = f", over --max-size {options.max_size}: nothing more can be left out"
    told = over if limit is not None and size > limit else ""
    return f"Wrote {target.path} ({wording.size(size)}{told})"


def _bytes(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else sum(map(len, content.values()))
