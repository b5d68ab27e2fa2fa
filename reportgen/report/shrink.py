"""Budget: what gives way where a page would be too large, and what stands in its place.

Nothing vanishes: each figure that gives way leaves a row with a sparkline and its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.figures.chart import Chart
from reportgen.report.blocks import Audio, Block, FigureBlock, Media, Notice, Prose
from reportgen.report.model import Report, Section
from reportgen.report.role import Role
from reportgen.report.table import Cell, Column, Table

_EARLIER_STEPS = (20, 8, 3)  # earlier ones of a text
_ROW = 700  # bytes that a row takes, about
_CUT = ", to keep the page small; --max-size allows for more."
# Where media stand among figures, see `reportgen.figures.chart.Chart.priority`.
_PICTURE_PRIORITY, _AUDIO_PRIORITY = 60, 70


def lighter(report: Report, costs: Mapping[str, int], excess: int) -> Report:
    """Return the report without its least important figures; unchanged if it has none left.

    Args:
        report: what is too large.
        costs: bytes of each figure and picture, by id.
        excess: how many bytes it has too many.
    """
    leaving = set()
    for block in _leaving_order(report):
        if excess <= 0:
            break
        leaving.add(block.id)
        excess -= max(0, costs[block.id] - _ROW)
    return without(report, leaving)


def without(report: Report, leaving: Collection[str]) -> Report:
    """Return the report with rows of tables in place of the figures and media of these ids."""
    if not leaving:
        return report
    sections = tuple(_without(section, leaving) for section in report.sections)
    return replace(report, sections=sections)


def staying_order(report: Report) -> list[FigureBlock]:
    """Return the figures of a report, those that give way last first."""
    return [block for block in reversed(_leaving_order(report)) if isinstance(block, FigureBlock)]


def _leaving_order(report: Report) -> list[FigureBlock | Media | Audio]:
    """Return figures and media in the order in which they give way."""
    candidates = [
        block for block in report.blocks() if isinstance(block, FigureBlock | Media | Audio)
    ]
    candidates.reverse()  # of one priority, the last in the report leaves first
    candidates.sort(key=_priority)
    return candidates


def shorter(report: Report, room: int) -> Report:
    """Return the report with its longest texts cut to one length; unchanged if all fit.

    Args:
        report: what is too large.
        room: bytes for all its texts, as they are written.
    """
    report = _with_fewer_steps(report, room)
    sizes = text_sizes(report)
    length = _common_length(sizes, room)
    if all(size <= length for size in sizes):
        return report
    return replace(report, sections=tuple(_cut(section, length) for section in report.sections))


def text_sizes(report: Report) -> list[int]:
    """Return the bytes of each text, as it is written."""
    return [
        _bytes(text)
        for block in report.blocks()
        if isinstance(block, Prose)
        for text in _texts(block)
    ]


def _with_fewer_steps(report: Report, room: int) -> Report:
    """Return the report without some earlier steps of its texts, if they need more room."""
    for steps in (*_EARLIER_STEPS, 0):
        if sum(text_sizes(report)) <= room:
            break
        sections = tuple(
            replace(section, blocks=tuple(_with_steps(block, steps) for block in section.blocks))
            for section in report.sections
        )
        if sections != report.sections:
            report = replace(report, sections=sections)
    return report


def _with_steps(block: Block, steps: int) -> Block:
    """Return a text with at most so many of its earlier steps, evenly spaced."""
    if not isinstance(block, Prose) or len(block.earlier) <= steps:
        return block
    places = evenly(len(block.earlier), steps) if steps else ()
    return replace(block, earlier=tuple(block.earlier[place] for place in places))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _common_length(sizes: list[int], room: int) -> int:
    """Return the length to cut texts to so that all fit, given those that are shorter."""
    for place, size in enumerate(sorted(sizes)):
        share = max(0, room) // (len(sizes) - place)
        if size > share:
            return share
        room -= size
    return max(sizes, default=0)


def _cut(section: Section, length: int) -> Section:
    """Return the section with no text longer than that, and a sentence that says so."""
    blocks: list[Block] = []
    cut = 0
    for block in section.blocks:
        if isinstance(block, Prose) and max(map(_bytes, _texts(block))) > length:
            earlier = tuple((step, _beginning(text, length)) for step, text in block.earlier)
            beginning = _beginning(block.markdown, length)
            blocks.append(replace(block, markdown=beginning, earlier=earlier))
            cut += 1
        elif not (isinstance(block, Notice) and block.role is Role.CUT):
            blocks.append(block)
    if not cut:
        return section
    text = f"{wording.count(cut, 'text')} cut to the first {wording.size(length)}{_CUT}"
    return replace(section, blocks=(*blocks, Notice(text, Role.CUT)))


def _texts(block: Prose) -> list[str]:
    """Return the text and the earlier ones."""
    return [block.markdown, *(text for _, text in block.earlier)]


def _beginning(text: str, length: int) -> str:
    """Return the first bytes of a text."""
    return text.encode("utf-8", "replace")[:length].decode("utf-8", "ignore")


def _priority(block: FigureBlock | Media | Audio) -> int:
    if isinstance(block, FigureBlock):
        return block.chart.priority()
    return _AUDIO_PRIORITY if isinstance(block, Audio) else _PICTURE_PRIORITY


def _without(section: Section, leaving: Collection[str]) -> Section:
    """Return the section with a table at its end for all figures that leave it."""
    staying: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    for block in section.blocks:
        if isinstance(block, FigureBlock | Media | Audio) and block.id in leaving:
            rows.append(tuple(_row(block)))
        elif isinstance(block, Table) and block.role is Role.LEFT_OUT:
            rows += block.rows
        else:
            staying.append(block)
    if not rows:
        return section
    columns = (Column("not drawn"), Column("curve"), Column("in words"))
    total = sum(isinstance(block, FigureBlock | Media | Audio) for block in staying) + len(rows)
    noun = "part" if any(isinstance(block, Audio) for block in section.blocks) else "figure"
    note = (
        f"{len(rows):,} of {wording.count(total, noun)} of this section "
        f"{'is a row' if len(rows) == 1 else 'are rows'} here, to keep the page small; "
        "--max-size allows for more."
    )
    title = f"{section.title}, not drawn"
    table = Table(title, columns, tuple(rows), note, role=Role.LEFT_OUT)
    return replace(section, blocks=(*staying, table))


def _row(block: FigureBlock | Media | Audio) -> Iterator[Cell]:
    if isinstance(block, Audio):
        yield from (Cell(block.title, id=block.id), Cell(""), Cell(block.text))
        return
    if isinstance(block, Media):
        yield from (Cell(block.title, id=block.id), Cell(""), Cell(f"{block.alt}. {block.caption}"))
        return
    yield Cell(block.chart.title, id=block.id)
    yield _spark(block.chart)
    yield Cell(block.chart.alt())


def _spark(chart: Chart) -> Cell:
    sparkline = chart.sparkline()
    return Cell("", color=sparkline.color, spark=sparkline.values) if sparkline else Cell("")
