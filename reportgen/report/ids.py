"""Ids: the names by which parts of a page are linked to, the same from report to report.

They come from what a part shows and not from its place, so that a link survives a new tag before
it. A slug holds no two dashes in a row: what a figure names inside itself follows after two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportgen.report.blocks import Audio, Block, FigureBlock, Media, Prose
from reportgen.report.model import Section
from reportgen.report.table import Table


def identified(titled: Sequence[tuple[str, Sequence[Block]]]) -> tuple[Section, ...]:
    """Return sections, each block with an id that is unique in the report.

    Args:
        titled: title and blocks of each section, in order.
    """
    taken: set[str] = set()
    return tuple(
        Section(
            _unique(f"section-{slug(title) or 'x'}", taken),
            title,
            tuple(_with_id(block, taken) for block in blocks),
        )
        for title, blocks in titled
    )


def _with_id(block: Block, taken: set[str]) -> Block:
    if isinstance(block, FigureBlock):
        name = _name(block.chart.kind, block.name or block.chart.title)
        return replace(block, id=_unique(name, taken))
    if isinstance(block, Media):
        return replace(block, id=_unique(_name("image", block.name or block.title), taken))
    if isinstance(block, Audio):
        return replace(block, id=_unique(_name("sound", block.name or block.title), taken))
    if isinstance(block, Prose):
        return replace(block, id=_unique(_name("text", block.name or block.title), taken))
    if isinstance(block, Table) and block.headed:
        return replace(block, id=_unique(_name("table", block.name or block.title), taken))
    return block


def _name(kind: str, name: str) -> str:
    return f"{slug(kind)}-{slug(name) or 'x'}"


def slug(text: str, longest: int = 80) -> str:
    """Return lower-case letters, digits and single dashes, which every URL and file system takes.

    Args:
        text: any; of one without letters and digits of ASCII, the slug is "".
        longest: characters at most.
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:longest].strip("-")


def _unique(name: str, taken: set[str]) -> str:
    """Return `name`, or `name-2` and so on if it is taken; add it to `taken`."""
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    taken.add(unique)
    return unique
