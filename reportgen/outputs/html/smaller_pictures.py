"""Smaller pictures: logged pictures are encoded again if a page is over its limit."""

from __future__ import annotations

import io
from dataclasses import replace
from operator import is_

from PIL import Image

from reportgen import wording
from reportgen.analysis.media.picture import MOST_PIXELS, UNREADABLE, strictly
from reportgen.report.blocks import Block, Media, Notice
from reportgen.report.model import Report, Section

_WIDTHS = (880, 440, 220)  # pixels: a figure's on a fine screen, on a plain one, and half of it
_MIN_BYTES = 30_000  # of a picture that is worth encoding again
_QUALITY = 80


def smaller(report: Report, room: int) -> Report:
    """Return the report with large pictures encoded again, which captions and a notice say.

    They are as wide as a figure on a fine screen, and less where all of them would not fit.

    Args:
        report: what takes too much room.
        room: bytes for all pictures.
    """
    for width in _WIDTHS:
        sections = tuple(_section(section, width) for section in report.sections)
        if sum(map(_bytes, sections)) <= room:
            break
    same = all(map(is_, sections, report.sections))
    return report if same else replace(report, sections=sections)


def _bytes(section: Section) -> int:
    return sum(len(block.data) for block in section.blocks if isinstance(block, Media))


def _section(section: Section, width: int) -> Section:
    blocks: list[Block] = [
        _encoded(block, width) if isinstance(block, Media) else block for block in section.blocks
    ]
    pairs = zip(section.blocks, blocks, strict=True)
    changed = sum(before is not after for before, after in pairs)
    if not changed:
        return section
    count = wording.count(changed, "picture")
    note = f"{count} encoded again, to keep the page small; --max-size allows for more."
    return replace(section, blocks=(*blocks, Notice(note)))


def _encoded(block: Media, width: int) -> Media:
    """Return the picture at most `width` wide; unchanged if that does not make it smaller."""
    if len(block.data) < _MIN_BYTES:
        return block
    try:
        data, size = _jpeg(block.data, width)
    except UNREADABLE:
        return block  # the browser may still know it
    if not data or len(data) > 0.8 * len(block.data):
        return block
    caption = f"{block.caption} Shown as JPEG of {size[0]} × {size[1]} pixels."  # noqa: RUF001
    return replace(block, data=data, content_type="image/jpeg", caption=caption)


def _jpeg(data: bytes, width: int) -> tuple[bytes, tuple[int, int]]:
    """Return the picture as JPEG and its size; no bytes if it is animated, transparent or huge."""
    with strictly(), Image.open(io.BytesIO(data)) as picture:
        moves = getattr(picture, "n_frames", 1) > 1
        if moves or picture.has_transparency_data or picture.width * picture.height > MOST_PIXELS:
            return b"", picture.size
        plain = picture.convert("RGB")
    plain.thumbnail((width, 4 * width))
    stream = io.BytesIO()
    plain.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return stream.getvalue(), plain.size
