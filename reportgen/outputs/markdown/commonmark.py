"""CommonMark: text from a log made inert, tables, fences, sparklines."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from enum import Enum

from reportgen.report.table import Cell, Table

_BARS = "▁▂▃▄▅▆▇█"
_MAX_BARS = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Only what means something where it stands, so that the source stays readable: val_loss, 05:42.
_INLINE = re.compile(
    r"[\\`*\[\]<~$]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # no emphasis within a word
    r"|&(?=#?\w+;)"  # a character reference
    r"|:(?=//)|(?<=www)\."  # what GitHub makes a link of
    r"|(?<!\w)#",  # a heading, or the end of one
    re.IGNORECASE,
)
_START = re.compile(r"^(\d{0,9})([-+>=.)])(?=\s|[-+>=.)]|$)")


class Context(Enum):
    """What a text from a log stands in."""

    MARKDOWN = "Markdown"
    HTML = "HTML"  # a block of HTML in the Markdown, where backslashes mean nothing


def escape(text: str, context: Context = Context.MARKDOWN) -> str:
    """Return text from a log as one line without markup where it stands."""
    line = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    if context is Context.HTML:
        return html.escape(line)
    return _START.sub(r"\1\\\2", _INLINE.sub(r"\\\g<0>", line))


def table(content: Table, escape: Callable[[str], str] = escape) -> str:
    """Return a table in GitHub's syntax, and its note."""
    content = content.as_text()
    heads = [_cell(Cell(column.heading), escape) for column in content.columns]
    rules = ["--:" if column.numeric else "---" for column in content.columns]
    rows = [[_cell(cell, escape) for cell in row] for row in content.rows]
    text = lined([heads, rules, *rows])
    return f"{text}\n\n{escape(content.note)}" if content.note else text


def lined(rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose cells are Markdown: the headings, the rule, then the other rows."""
    cells = ([text.replace("|", r"\|") for text in row] for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _cell(cell: Cell, escape: Callable[[str], str]) -> str:
    text = escape(cell.text) + sparkline(cell.spark)
    text = f"**{text}**" if cell.best and text else text
    return f"{text} ({escape(cell.detail)})" if cell.detail else text


def sparkline(values: Sequence[float]) -> str:
    """Return at most 20 block characters, the first and the last value among them."""
    if len(values) < 2:
        return ""
    shown = min(len(values), _MAX_BARS)
    places = [round(index * (len(values) - 1) / (shown - 1)) for index in range(shown)]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return "".join(
        _BARS[round((values[place] - low) / span * (len(_BARS) - 1))] for place in places
    )


def fenced(text: str, language: str = "text") -> str:
    """Return text unchanged, in a fence that is longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
