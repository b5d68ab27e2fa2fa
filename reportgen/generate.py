"""From paths to outputs: one call a stage."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen import wording
from reportgen.frames.read import read
from reportgen.options import Options
from reportgen.outputs import bundle, html, markdown, target
from reportgen.outputs.write import write as write_files
from reportgen.report.budget import parse_size
from reportgen.report.build import build
from reportgen.report.draw import draw
from reportgen.report.model import Report


def generate(
    paths: Sequence[str | os.PathLike[str]],
    outputs: Sequence[str | os.PathLike[str]],
    options: Options | None = None,
) -> list[str]:
    """Reads logs once, draws once, and writes every output.

    Args:
        paths: log directories or event files.
        outputs: `[FORMAT:]PATH` each.
        options: the user's settings; defaults where None.

    Returns:
        One line for each output, and one for damage where there is any.

    Raises:
        ReportgenError: see `reportgen.errors`; nothing is written then.
    """
    options = options or Options()
    target.check([target.parse(os.fspath(output)) for output in outputs])
    parse_size(options.max_size)
    experiment = read(*paths)
    lines = write(build(experiment, options), *outputs, options=options)
    if len(experiment.health):
        lines.append(
            f"{wording.count(len(experiment.health), 'finding')} on the health of the logs; "
            "see the report's last section"
        )
    return lines


def write(
    report: Report, *outputs: str | os.PathLike[str], options: Options | None = None
) -> list[str]:
    """Writes a report to every output, or to none.

    Args:
        report: what `build` made.
        outputs: `[FORMAT:]PATH` each.
        options: the user's settings; defaults where None.

    Returns:
        One line for each output: its path and size.

    Raises:
        UsageError: the format of an output cannot be told.
        OutputError: an output cannot be written.
    """
    options = options or Options()
    targets = [target.parse(os.fspath(output)) for output in outputs]
    target.check(targets)
    max_size = parse_size(options.max_size)
    formats = {one.format for one in targets}
    drawings = draw(report, svg=bool(formats & {"html", "bundle"}), png="md" in formats)
    files: dict[Path, bytes | Mapping[str, bytes]] = {}
    for one in targets:
        if one.format == "html":
            files[one.path] = html.render(report, drawings, max_size)
        elif one.format == "bundle":
            files[one.path] = bundle.render(report, drawings)
        else:
            text, pictures = markdown.render(report, drawings, one.folder)
            files[one.path] = text
            if pictures:
                files[one.path.with_name(one.folder)] = pictures
    write_files(files)
    return [f"Wrote {one.path} ({wording.size(_bytes(files[one.path]))})" for one in targets]


def _bytes(content: bytes | Mapping[str, bytes]) -> int:
    return len(content) if isinstance(content, bytes) else sum(map(len, content.values()))
