"""HTML: the report as one page that loads nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from markupsafe import Markup

from reportgen import assets, wording
from reportgen.figures.canvas.style import DARK
from reportgen.outputs.html import smaller_pictures
from reportgen.outputs.html.bidi import isolating
from reportgen.outputs.html.embedded_summary import embedded_summary
from reportgen.outputs.html.page_data import (
    entries,
    members,
    places,
    script_data,
    seed_groups,
)
from reportgen.outputs.html.reading_key import reading_key
from reportgen.outputs.html.script import script
from reportgen.outputs.html.short_names import shared_beginning, shortening
from reportgen.outputs.html.templating import base64_of, environment, kind, rows
from reportgen.outputs.html.text_series import text_series, with_changes
from reportgen.outputs.job import Files, Job
from reportgen.outputs.picture_series import by_run, grouped, shared_caption
from reportgen.report.blocks import Audio, FigureBlock, Media
from reportgen.report.drawing import Drawing
from reportgen.report.evidence import ignored_sentence
from reportgen.report.model import Report
from reportgen.report.shrink import lighter, shorter, text_sizes, without
from reportgen.report.statements import SHOWN

_MAX_FIGURES = 60  # with more, the browser lays out only those in view, and tables are shorter
_MAX_ROWS, _MAX_ROWS_IF_MANY = 50, 15  # of a figure's table: cells are most of a large page


def render(job: Job) -> Files:
    """Return the page, within `max_size` if possible.

    First pictures shrink and long texts are cut, so that each kind takes at most half of the room;
    then the least important figures become rows of a table, and at last texts are cut further.
    """
    drawings = job.drawings
    report = without(
        job.report, {block.id for block in job.report.figures() if not _is_drawn(block, drawings)}
    )
    limit = job.settings.max_bytes
    content = _page(report, drawings, job.settings.refresh)
    if limit is not None and len(content) > limit:
        room = max(0, limit - _fixed_bytes(report)) // 2
        pressed = shorter(
            smaller_pictures.smaller(report, room * 3 // 4), room
        )  # base64 is 4 for 3
        content = content if pressed is report else _page(pressed, drawings, job.settings.refresh)
        report = pressed
    while limit is not None and len(content) > limit:
        smaller = lighter(report, _costs(report, drawings, len(content)), len(content) - limit)
        if smaller is report:
            smaller = shorter(report, sum(text_sizes(report)) - 2 * (len(content) - limit))
        if smaller is report:
            break
        report = smaller
        content = _page(report, drawings, job.settings.refresh)
    return {job.target.path: content}


def _is_drawn(block: FigureBlock, drawings: Mapping[str, Drawing]) -> bool:
    """Return whether a figure fitted the page when figures were drawn."""
    return block.id in drawings and bool(drawings[block.id].svg)


def _costs(report: Report, drawings: Mapping[str, Drawing], total: int) -> dict[str, int]:
    """Return an estimate of the bytes that each figure and picture takes of a page of `total`."""
    pictures = {
        block.id: len(block.data) * 4 // 3
        for block in report.blocks()
        if isinstance(block, Media | Audio)
    }
    drawn = {block.id: len(drawings[block.id].svg) for block in report.figures()}
    # Beside its drawing, a figure has a table and numbers, which grow as the drawing does.
    fixed = sum(pictures.values()) + _fixed_bytes(report)
    share = max(1.0, (total - fixed) / max(1, sum(drawn.values())))
    return pictures | {name: round(size * share) for name, size in drawn.items()}


def _fixed_bytes(report: Report) -> int:
    """Return the bytes of style, script and summary, which stay whatever gives way."""
    return len(style_sheet()) + len(script()) + len(embedded_summary(report))


def _page(report: Report, drawings: Mapping[str, Drawing], refresh: int | None) -> bytes:
    style, embedded = style_sheet(), script()
    return page(
        report,
        drawings,
        refresh,
        inline=True,
        icon=f"data:image/svg+xml;base64,{base64_of(assets.text('icon.svg').encode())}",
        style=Markup(style),  # noqa: S704  # ours
        style_hash=style_hash(style),
        script=Markup(embedded),  # noqa: S704  # ours
        script_hash=style_hash(embedded),
        data=script_data(report, drawings),
    )


def page(
    report: Report,
    drawings: Mapping[str, Drawing],
    refresh: int | None = None,
    **extra: object,
) -> bytes:
    """Return the template filled with a report; `extra` is what only one of its forms needs.

    Args:
        report: what it shows.
        drawings: of its figures, by id.
        refresh: seconds after which it loads itself again; None for never.
        extra: for the template.
    """
    ranks = places(report)
    beginning = shared_beginning([entry.name for entry in report.legend])
    many = len(report.figures()) > _MAX_FIGURES
    text = (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            drawings=drawings,
            rows=partial(rows, most=_MAX_ROWS_IF_MANY if many else _MAX_ROWS),
            places=ranks,
            entries=entries(report),
            members=members(report),
            seed_groups=seed_groups(report),
            by_rank=lambda texts: sorted(texts, key=lambda text: ranks[text.runs[0]]),
            sounds=_sounds(report),
            file_name=file_name,
            size=wording.size,
            grouped=grouped,
            text_series=text_series,
            with_changes=with_changes,
            by_run=by_run,
            named=isolating(report),
            key=reading_key(report),
            beginning=beginning,
            short=shortening(beginning),
            summary=embedded_summary(report),
            shared_caption=shared_caption,
            many=many,
            base64=base64_of,
            kind=kind,
            shown=SHOWN,
            ignored=ignored_sentence(report),
            refresh=refresh,
            **extra,
        )
    )
    return text.encode("utf-8", "replace")


def style_sheet() -> str:
    """Return the style sheet, with a rule for each colour that differs on a dark background."""
    # A style sheet overrides an SVG's own attributes.
    rules = "".join(
        f'[{name}="{light}"]{{{name}:light-dark({light},{dark})}}\n'
        for light, dark in DARK.items()
        for name in ("fill", "stroke")
    )
    return (
        f"{assets.text('report.css')}@supports (color: light-dark(#000, #fff)) {{\n"
        f"@media not print {{\n{rules}}}\n}}\n"
    )


def file_name(block: Media | Audio) -> str:
    """Return the name of a picture or sound as a file of its own."""
    return f"{block.id}.{block.content_type.rpartition('/')[2]}"


def _sounds(report: Report) -> dict[str, Audio]:
    """Return the sound that each figure shows, by the figure's id: it is the next block."""
    return {
        figure.id: sound
        for section in report.sections
        for figure, sound in pairwise(section.blocks)
        if isinstance(figure, FigureBlock) and isinstance(sound, Audio)
    }


def style_hash(text: str) -> str:
    """Return the hash by which a Content-Security-Policy allows an inline element."""
    return "sha256-" + base64_of(hashlib.sha256(text.encode()).digest())
