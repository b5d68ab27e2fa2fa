"""Markdown: portable CommonMark with GitHub's tables, and pictures in a folder beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reportgen.report.draw import Drawing
from reportgen.report.model import Block, Cell, FigureBlock, Media, Prose, Report, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@$:-])")
_BARS = "▁▂▃▄▅▆▇█"


def render(
    report: Report, drawings: Mapping[str, Drawing], folder: str
) -> tuple[bytes, dict[str, bytes]]:
    """The text, and the pictures that it refers to by name in `folder`.

    Args:
        report: what `build` made.
        drawings: of every figure, by id, with `png`.
        folder: name of the folder beside the text.
    """
    pictures = {f"{block.id}.png": drawings[block.id].png for block in report.figures()}
    pictures |= {_picture(media): media.data for media in _media(report)}
    parts = [f"# {escape(report.title)}", escape(" · ".join(report.facts))]
    if report.summary:
        parts.append(_table(report.summary))
    for section in report.sections:
        parts.append(f"## {escape(section.title)}")
        parts += [_block(block, folder) for block in section.blocks]
    parts.append("---")
    parts += [f"**{escape(label)}:** {escape(value)}" for label, value in report.provenance]
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace"), pictures


def escape(text: str) -> str:
    """Text from a log as one line that means nothing in Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _block(block: Block, folder: str) -> str:
    if isinstance(block, FigureBlock):
        chart = block.chart
        picture = f"![{escape(chart.alt())}](<{_inert(folder)}/{block.id}.png>)"
        return f"### {escape(chart.title)}\n\n{picture}\n\n{escape(chart.caption())}"
    if isinstance(block, Media):
        picture = f"![{escape(block.alt)}](<{_inert(folder)}/{_picture(block)}>)"
        return f"### {escape(block.title)}\n\n{picture}\n\n{escape(block.caption)}"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Prose):
        return f"### {escape(block.title)}\n\n{_fenced(block.markdown)}"
    return escape(block.text)


def _table(table: Table) -> str:
    heads = [escape(column.heading) for column in table.columns]
    rules = ["--:" if column.numeric else "---" for column in table.columns]
    lines = [heads, rules, *([_cell(cell) for cell in row] for row in table.rows)]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{text}\n\n{escape(table.note)}" if table.note else text


def _cell(cell: Cell) -> str:
    text = escape(cell.text) + _spark(cell.spark)
    text = f"**{text}**" if cell.best else text
    return f"{text} ({escape(cell.detail)})" if cell.detail else text


def _spark(values: Sequence[float]) -> str:
    """A sparkline of block characters."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return "".join(
        _BARS[round((value - low) / span * (len(_BARS) - 1))]
        for value in values[:: len(values) // 20 or 1]
    )


def _fenced(text: str) -> str:
    """Text as it is, in a fence that is longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _inert(folder: str) -> str:
    return re.sub(r"[<>\\\n]", "_", folder)


def _media(report: Report) -> Iterator[Media]:
    for section in report.sections:
        yield from (block for block in section.blocks if isinstance(block, Media))


def _picture(media: Media) -> str:
    return f"{media.id}.{media.content_type.removeprefix('image/')}"
