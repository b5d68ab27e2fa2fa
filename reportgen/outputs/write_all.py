"""Writing of all outputs of a report: drawn once, written all or none, mails sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path

from reportgen import wording
from reportgen.cache.store import Store
from reportgen.errors import InternalError
from reportgen.outputs.formats import FORMATS, no_figures, refuse_sketch
from reportgen.outputs.job import Content, Job, Target
from reportgen.outputs.mail import smtp
from reportgen.outputs.render import render
from reportgen.outputs.upload import upload
from reportgen.outputs.write import write as write_files
from reportgen.outputs.write import write_stdout
from reportgen.report.draw import draw, failures
from reportgen.report.drawing import Drawing
from reportgen.report.failures import without_figures
from reportgen.report.for_sending import for_sending
from reportgen.report.model import Report
from reportgen.settings import Settings


def write_all(
    report: Report,
    targets: Sequence[Target],
    settings: Settings,
    executor: Executor | None,
    cache: Store | None = None,
) -> list[str]:
    """Draw what the outputs show, write them all or none, and send the mails among them.

    Args:
        report: what `build` made.
        targets: at least one.
        settings: of the user.
        executor: what draws; None for forks of this process where there are many figures.
        cache: of figures that were drawn before; None for none.

    Returns:
        A line for each output but standard output, and for each mail that was sent.

    Raises:
        UsageError: an output holds every scalar, and the report was made from a sketch.
        OutputError: an output cannot be written.
        SendError: a mail cannot be sent; every output is written then.
    """
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
            cache,
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
    for_stdout = [files.pop(output.path) for output in targets if output.is_stdout]
    remote = {url: files.pop(path) for path, url in _urls(files, targets).items()}
    write_files(files, lambda: upload(remote))
    for content in for_stdout:
        write_stdout(_joined(content))
    if failed:  # the other outputs are written
        raise failed[0]
    lines = [
        _written(
            output, len(_joined(remote[output.url] if output.url else files[output.path])), settings
        )
        for output in targets
        if not output.is_stdout
    ]
    if settings.delivery:
        mails = [output.path for output in targets if output.format == "email"]
        lines += [smtp.send(path, settings.delivery) for path in mails]
    return lines


def _urls(files: Mapping[Path, Content], targets: Sequence[Target]) -> dict[Path, str]:
    """Return where files go that are no files of this machine: outputs, and folders beside them."""
    urls = {target.path: target.url for target in targets if target.url}
    for path, url in list(urls.items()):
        folders = (other for other in files if other not in urls and other.parent == path.parent)
        urls |= {folder: f"{url.rpartition('/')[0]}/{folder.name}" for folder in folders}
    return urls


def _batches(report: Report, to_send: Report) -> Iterator[tuple[bool, Report, tuple[bool, ...]]]:
    """Yield reports whose figures differ, and whether each is for outputs that are sent or not."""
    if report.sections is to_send.sections:
        yield False, report, (False, True)
    else:
        yield False, report, (False,)
        yield True, to_send, (True,)


def _drawn(
    report: Report,
    targets: Sequence[Target],
    settings: Settings,
    executor: Executor | None,
    cache: Store | None,
) -> Mapping[str, Drawing]:
    formats = [FORMATS[output.format] for output in targets]
    are_bounded = all(format_.bounded for format_ in formats if format_.svg is not no_figures)
    return draw(
        report,
        svg={block.id for format_ in formats for block in format_.svg(report)},
        png={block.id for format_ in formats for block in format_.png(report)},
        max_bytes=settings.max_bytes if are_bounded else None,
        executor=executor,
        cache=cache,
    )


def _written(target: Target, size: int, settings: Settings) -> str:
    """Return a line on an output, which also says if it is larger than the user wanted."""
    limit = settings.max_bytes if target.format == "html" else None
    over = ""
    if limit is not None and size > limit:
        over = f", over --max-size {wording.size(limit)}: nothing more can be left out"
    return f"Wrote {target.name} ({wording.size(size)}{over})"


def _joined(content: Content) -> bytes:
    return content if isinstance(content, bytes) else b"".join(content.values())
