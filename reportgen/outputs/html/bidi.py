"""Bidi: names of runs and tags in right-to-left letters, isolated within the lines of a page.

A name in right-to-left letters, or with a character that turns the direction of what follows, would
reverse the rest of its line: the numbers of a caption would change places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from unicodedata import bidirectional

from markupsafe import Markup, escape

from reportgen.report.blocks import FigureBlock, Media, Prose
from reportgen.report.model import Report
from reportgen.report.table import Table

_TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}


def isolating(report: Report) -> Callable[[str], Markup]:
    """Return a function that escapes text and isolates each name that changes its direction."""
    names = {name for name in _names(report) if turns(name)}
    if not names:
        return escape
    # The longest first: a name may begin with another one.
    pattern = re.compile(f"({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})")

    def isolated(text: str) -> Markup:
        parts = pattern.split(str(text))
        return Markup().join(
            Markup("<bdi>{}</bdi>").format(piece) if place % 2 else escape(piece)
            for place, piece in enumerate(parts)
        )

    return isolated


def turns(name: str) -> bool:
    """Return whether a name holds right-to-left letters or marks that change the direction."""
    return any(bidirectional(char) in _TURNING for char in name)


def breakable(name: str, long: int = 12) -> Markup:
    """Return a name as HTML that may break between its parts.

    Browsers do not break after a comma or an underscore, and so break within a word.

    Args:
        name: of a run or a tag, or a heading that begins with one.
        long: characters from which it may break.
    """
    if len(name) < long:
        return escape(name)
    return Markup("<wbr>").join(re.split(r"(?<=[,;/_|&])(?=[^,;/_|&\s])", name))


def _names(report: Report) -> Iterable[str]:
    """Yield what a report shows of the log's own names."""
    yield report.title
    for entry in report.legend:
        yield from (entry.name, *entry.runs)
    for metric in report.ranking.metrics:
        yield from (metric.tag, metric.metric)
    for section in report.sections:
        yield section.title
    for block in report.blocks():
        if isinstance(block, FigureBlock | Table | Prose):
            yield block.tag
        elif isinstance(block, Media):
            yield block.series
