"""Host pieces: the blocks of a report in Markdown for a host that shows no pictures of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.figures.chart import Chart
from reportgen.figures.text_table import TextTable
from reportgen.outputs.digest import ranked
from reportgen.outputs.markdown.commonmark import Context, escape, fenced, table
from reportgen.outputs.markdown.fit import Piece
from reportgen.outputs.markdown.markdown import picture_name
from reportgen.outputs.markdown.user_markdown import of_user
from reportgen.report.blocks import Block, FigureBlock, Media, Prose
from reportgen.report.model import Report, Section
from reportgen.report.summary_table import COMMENT
from reportgen.report.table import Cell, Column, Table
from reportgen.wording import clipped

_LONGEST_TEXT = 5_000  # characters of a text from the log
_LONGEST_SENTENCE = 600
_MAX_ROWS = 200
_MAX_RUNS = 500
# Mentions notify people, and references leave marks elsewhere: @user, #12, !34, and links.
_REFERENCE = re.compile(r"([@#!~%&$](?=\w)|:(?=//))")


def inert(text: str, most: int = 80, context: Context = Context.MARKDOWN) -> str:
    """Return text from a log without markup, and without mentions and references of a host."""
    line = clipped(text, most)
    if context is Context.HTML:  # whose own & and # must stay
        return escape(_unreferenced(line), context)
    return _unreferenced(escape(line, context))


def _unreferenced(text: str) -> str:
    return _REFERENCE.sub("\\1\N{ZERO WIDTH SPACE}", text)


def pieces(report: Report, image_url: str) -> Iterator[Piece]:
    """Yield every block of a report as a piece that can be left out.

    Args:
        report: what `build` made.
        image_url: where pictures are served; "" where they are not.
    """
    order = list(report.ranking.groups)
    runs = ranked(report, replace(COMMENT, max_rows=_MAX_RUNS))
    if runs and report.ranking.runs[COMMENT.max_rows :]:  # more than stand at the head
        yield Piece("All runs", table(runs, inert), 5, "table")
    for section in report.sections:
        for block in section.blocks:
            yield _piece(section, block, order, image_url)


def _piece(section: Section, block: Block, order: Sequence[str], image_url: str) -> Piece:
    title = section.title
    if isinstance(block, Table):
        return Piece(title, _cut(block), 3, "table")
    if isinstance(block, FigureBlock):
        return Piece(title, _figure(block, order, image_url), 2, "chart")
    if isinstance(block, Media):
        return Piece(title, _media(block, image_url), 1, "picture")
    if isinstance(block, Prose):
        return Piece(title, _prose(block), 5 if block.by_user else 1, "text")
    return Piece(title, inert(block.text, _LONGEST_SENTENCE), 4, "notice")


def _figure(block: FigureBlock, order: Sequence[str], image_url: str) -> str:
    heading = f"**{inert(block.chart.title)}**"
    if not image_url:
        return f"{heading}\n\n{in_text(block.chart, order)}"
    caption = inert(block.chart.description(), _LONGEST_SENTENCE)
    return f"{heading}\n\n{image(block, image_url)}\n\n{caption}"


def in_text(chart: Chart, order: Sequence[str]) -> str:
    """Return a chart's small table in Markdown, or its alternative text where it has none.

    Args:
        chart: of any kind.
        order: run groups, the best first.
    """
    content = chart.text_table({group: place for place, group in enumerate(order)})
    if content is None:
        return inert(chart.alt(), _LONGEST_SENTENCE)
    shown = table(_as_table(chart.title, content), inert)
    explanation = inert(content.explanation, _LONGEST_SENTENCE)
    return "\n\n".join(filter(None, (shown, explanation)))


def _as_table(title: str, content: TextTable) -> Table:
    columns = tuple(Column(column.heading, column.numeric) for column in content.columns)
    rows = tuple(
        tuple(Cell(cell.text, cell.value, best=cell.best, spark=cell.sparkline) for cell in row)
        for row in content.rows
    )
    return Table(title, columns, rows, content.note)


def image(block: FigureBlock | Media, url: str) -> str:
    """Return a reference to a picture that is served at a URL."""
    alt = block.chart.alt() if isinstance(block, FigureBlock) else block.alt
    return f"![{inert(alt, _LONGEST_SENTENCE)}](<{url.rstrip('/')}/{picture_name(block)}>)"


def _cut(block: Table) -> str:
    body = len(block.rows) - block.foot
    rows = (*block.rows[: min(body, _MAX_ROWS)], *block.rows[body:])
    left = len(block.rows) - len(rows)
    note = f"{left:,} more rows are not shown." if left else block.note
    return f"**{inert(block.title)}**\n\n" + table(
        Table(block.title, block.columns, rows, note),
        lambda text: inert(text, _LONGEST_SENTENCE),
    )


def _media(block: Media, image_url: str) -> str:
    shown = image(block, image_url) if image_url else "The picture is in the full report."
    return f"**{inert(block.title)}**\n\n{shown}"


def _prose(block: Prose) -> str:
    if block.by_user:
        return of_user(block.markdown)
    text = block.markdown[:_LONGEST_TEXT]
    left = len(block.markdown) - len(text)
    note = f"\n\n{left:,} more characters are not shown." if left else ""
    heading = f"**{inert(block.title)}**\n\n" if block.title else ""
    return f"{heading}{fenced(text)}{note}"
