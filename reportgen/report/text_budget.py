"""The budget of formatting: all texts of a report together take bounded time, whatever they hold.

Markdown is formatted at a cost that depends on its marks more than on its length. The budget is
counted in units of that cost, not in seconds, so that the same logs give the same report on every
machine. A unit takes half a microsecond in plain sentences, and at most 5 in the worst texts known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.report.blocks import Prose
from reportgen.report.model import Section

MAX_COST = 8_000_000  # of a report: 6 MB of plain sentences, or 6,000 short texts
_COST_OF_TEXT, _COST_OF_MARK = 1_000, 20
_MARKS = "\n|*_`[]<>()#&$~\\=-!.\"'"


def within_budget(sections: Sequence[Section], max_cost: int = MAX_COST) -> tuple[Section, ...]:
    """Return sections in which the texts that exceed the budget are to be shown as plain text.

    The user's own texts come first, and the others follow in the order of the report. What is
    smaller than a text that did not fit may still fit.
    """
    texts = [block for section in sections for block in section.blocks if isinstance(block, Prose)]
    left, plain = max_cost, set()
    for text in sorted(texts, key=lambda text: not text.by_user):
        cost = _cost(text)
        if cost <= left:
            left -= cost
        else:
            plain.add(id(text))
    if not plain:
        return tuple(sections)
    return tuple(
        replace(
            section,
            blocks=tuple(
                replace(block, plain=True)
                if isinstance(block, Prose) and id(block) in plain
                else block
                for block in section.blocks
            ),
        )
        for section in sections
    )


def _cost(text: Prose) -> int:
    """Return what formatting a text and the earlier ones under its tag costs, in units."""
    samples = [text.markdown, *(markdown for _, markdown in text.earlier)]
    return sum(
        _COST_OF_TEXT + len(sample) + _COST_OF_MARK * sum(map(sample.count, _MARKS))
        for sample in samples
    )
