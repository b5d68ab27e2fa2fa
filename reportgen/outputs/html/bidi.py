"""Names: what a log calls its runs and tags, within the lines of a page.

A name in right-to-left letters, or with a character that turns the direction of what follows, would
reverse the rest of its line: the numbers of a caption would change places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from unicodedata import bidirectional

from markupsafe import Markup, escape

from reportgen.report.model import FigureBlock, Media, Prose, Report, Table

_TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}


def isolating(report: Report) -> Callable[[str], Markup]:
    """What escapes a text of a report and keeps each name that turns directions to itself."""
    turning = {name for name in _names(report) if turns(name)}
    if not turning:
        return escape
    # The longest first: a name may begin with another one.
    found = re.compile(f"({'|'.join(map(re.escape, sorted(turning, key=len, reverse=True)))})")

    def isolated(text: str) -> Markup:
        parts = found.split(str(text))
        return Markup().join(
            Markup("<bdi>{}</bdi>").format(part) if place % 2 else escape(part)
            for place, part in enumerate(parts)
        )

    return isolated


def turns(name: str) -> bool:
    """Whether a name holds what reads from right to left, or makes other text do so."""
    return any(bidirectional(char) in _TURNING for char in name)


def breakable(name: str, long: int = 12) -> Markup:
    """A name as HTML that breaks between its parts where it has to.

    Browsers know of no break after a comma or an underscore, and so break within a word.

    Args:
        name: of a run or a tag, or a heading that begins with one.
        long: characters, below which it stays in one piece.
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
