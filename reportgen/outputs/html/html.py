"""HTML: the report as one page that loads nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from markupsafe import Markup

from reportgen import assets, wording
from reportgen.figures.canvas.style import DARK
from reportgen.outputs.html import smaller_pictures
from reportgen.outputs.html.bidi import isolating
from reportgen.outputs.html.page_data import places, script_data
from reportgen.outputs.html.script import script
from reportgen.outputs.html.templating import environment, rows
from reportgen.outputs.job import Files, Job
from reportgen.outputs.picture_series import by_run, grouped, shared_caption
from reportgen.report.draw import Drawing
from reportgen.report.model import Audio, FigureBlock, Media, Report
from reportgen.report.shrink import lighter, shorter, text_sizes

_MANY = 60  # figures, from which on the browser lays out only those in view
_ROWS, _FEW_ROWS = 50, 15  # of a figure's table: cells are most of what a large page is made of


def render(job: Job) -> Files:
    """The page, within `max_size` if it can be.

    First pictures shrink and long texts are cut, so that each kind takes at most half of the room;
    then the least important figures give way, and at last what is left of texts.
    """
    report, drawings = job.report, job.drawings
    limit = job.settings.max_bytes
    content = _page(report, drawings)
    if limit is not None and len(content) > limit:
        room = max(0, limit - _ours()) // 2
        pressed = shorter(
            smaller_pictures.smaller(report, room * 3 // 4), room
        )  # base64 is 4 for 3
        content = content if pressed is report else _page(pressed, drawings)
        report = pressed
    while limit is not None and len(content) > limit:
        smaller = lighter(report, _costs(report, drawings, len(content)), len(content) - limit)
        if smaller is report:
            smaller = shorter(report, sum(text_sizes(report)) - 2 * (len(content) - limit))
        if smaller is report:
            break
        report = smaller
        content = _page(report, drawings)
    return {job.target.path: content}


def _costs(report: Report, drawings: Mapping[str, Drawing], total: int) -> dict[str, int]:
    """About how many bytes of a page of `total` each figure and picture takes."""
    media = [one for section in report.sections for one in section.blocks]
    pictures = {one.id: len(one.data) * 4 // 3 for one in media if isinstance(one, Media | Audio)}
    drawn = {block.id: len(drawings[block.id].svg) for block in report.figures()}
    # Beside its drawing, a figure has a table and numbers, which grow as the drawing does.
    fixed = sum(pictures.values()) + _ours()
    share = max(1.0, (total - fixed) / max(1, sum(drawn.values())))
    return pictures | {name: round(size * share) for name, size in drawn.items()}


def _ours() -> int:
    """Bytes that every page has."""
    return len(style_sheet()) + len(script())


def _page(report: Report, drawings: Mapping[str, Drawing]) -> bytes:
    style, embedded = style_sheet(), script()
    return page(
        report,
        drawings,
        inline=True,
        icon=f"data:image/svg+xml;base64,{_base64(assets.text('icon.svg').encode())}",
        style=Markup(style),  # noqa: S704  # ours
        style_hash=_hash(style),
        script=Markup(embedded),  # noqa: S704  # ours
        script_hash=_hash(embedded),
        data=script_data(report, drawings),
    )


def page(report: Report, drawings: Mapping[str, Drawing], **more: object) -> bytes:
    """The template, filled; `more` is what only one of its forms needs."""
    many = len(report.figures()) > _MANY
    text = (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            drawings=drawings,
            rows=partial(rows, most=_FEW_ROWS if many else _ROWS),
            places=places(report),
            sounds=_sounds(report),
            file_name=file_name,
            size=wording.size,
            grouped=grouped,
            by_run=by_run,
            named=isolating(report),
            shared_caption=shared_caption,
            many=many,
            base64=_base64,
            kind=lambda block: type(block).__name__,
            **more,
        )
    )
    return text.encode("utf-8", "replace")


def style_sheet() -> str:
    """The page's style, with a rule for each colour of a figure that differs on dark ground."""
    # A style sheet goes before an SVG's own attributes.
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
    """Of a picture or a sound, where it is a file of its own."""
    return f"{block.id}.{block.content_type.rpartition('/')[2]}"


def _sounds(report: Report) -> dict[str, Audio]:
    """The sound that each figure shows, by the figure's id: it follows in the report."""
    return {
        figure.id: sound
        for section in report.sections
        for figure, sound in pairwise(section.blocks)
        if isinstance(figure, FigureBlock) and isinstance(sound, Audio)
    }


def _hash(text: str) -> str:
    """As a Content-Security-Policy names an inline element that it allows."""
    return "sha256-" + _base64(hashlib.sha256(text.encode()).digest())


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
