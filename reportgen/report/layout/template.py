"""Template: the sections that a template asks for, with the blocks of its calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reportgen.page_template import Call as Placement
from reportgen.page_template import Heading, Template, Text
from reportgen.report.blocks import Block, Notice, Prose
from reportgen.report.failures import guarded
from reportgen.report.layout.material import Call, Part

Titled = tuple[str, list[Block]]

FoundNothing = Callable[[str, Sequence[str]], None]

_FIRST_TITLE = "Overview"  # the section of what stands before the first heading


def laid_out(
    template: Template, calls: Mapping[str, Call], found_nothing: FoundNothing | None = None
) -> list[Titled]:
    """Return titles and blocks of the sections; those whose calls all place nothing are absent.

    Args:
        template: what is asked for.
        calls: what makes the blocks, by name.
        found_nothing: is called with the name and the patterns of a call that match nothing.

    Raises:
        UsageError: `found_nothing` does.
    """
    sections = _sections(template, calls, found_nothing)
    return [(title, blocks) for title, blocks, left_empty in sections if not left_empty]


def _placed(placement: Placement, call: Call, found_nothing: FoundNothing | None) -> Sequence[Part]:
    """Return what a call places; a sentence where its pattern matches nothing in the logs."""
    parts = guarded(placement.name, lambda: call(*placement.patterns))
    if parts or not placement.patterns:
        return parts
    names = ", ".join(placement.patterns)
    if found_nothing:
        found_nothing(placement.name, placement.patterns)
    return [Notice(f"Nothing to show here: the logs hold no {placement.name} called {names}.")]


def _sections(
    template: Template, calls: Mapping[str, Call], found_nothing: FoundNothing | None
) -> Iterator[tuple[str, list[Block], bool]]:
    """Yield title and blocks of each section, and whether its last call placed nothing."""
    title, blocks, left_empty = _FIRST_TITLE, list[Block](), True
    for piece in template.parts:
        if isinstance(piece, Heading):
            yield title, blocks, left_empty
            title, blocks, left_empty = piece.title, [], False
            continue
        if isinstance(piece, Text):
            blocks.append(Prose("", piece.markdown, by_user=True))
        else:
            for block in _placed(piece, calls[piece.name], found_nothing):
                if isinstance(block, str):
                    yield title, blocks, left_empty
                    title, blocks, left_empty = block, [], False
                else:
                    blocks.append(block)
        left_empty = not blocks
    yield title, blocks, left_empty
