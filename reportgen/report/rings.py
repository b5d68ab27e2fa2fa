"""Rings: the numbers of statements in the charts where what they say happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportgen.figures.mark import Mark
from reportgen.report.blocks import Block, FigureBlock
from reportgen.report.model import Section
from reportgen.report.statements import Statement


def with_rings(sections: Sequence[Section], statements: Sequence[Statement]) -> tuple[Section, ...]:
    """Return the sections with the ring of each statement in the figure that shows its tag.

    Args:
        sections: of the report.
        statements: with their numbers and targets.
    """
    marks: dict[str, list[Mark]] = {}
    for said in statements:
        if said.target and said.first_step >= 0:
            mark = Mark(
                *(said.number, said.mark, said.run, said.first_step, said.last_step),
                tag=said.tag,
                cells=said.cells,
            )
            marks.setdefault(said.target, []).append(mark)
    return tuple(
        replace(section, blocks=tuple(_ringed(block, marks) for block in section.blocks))
        for section in sections
    )


def _ringed(block: Block, marks: Mapping[str, Sequence[Mark]]) -> Block:
    if not isinstance(block, FigureBlock) or block.id not in marks:
        return block
    return replace(block, chart=block.chart.with_marks(marks[block.id]))
