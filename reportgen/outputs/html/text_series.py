"""Text series: what several runs logged under one tag at several steps, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from markupsafe import Markup

from reportgen.report.blocks import Block, Prose

_MAX_WORDS = 400  # of a text whose changes are marked: comparing takes time by their square
_MIN_PROMPT = 3  # characters
_PIECES = re.compile(r"(<[^>]*>)")
_MARKUP = re.compile(r"[*_`#\[\]<>|~\\]")


@dataclass(frozen=True, slots=True)
class TextSeries:
    """The texts of one tag.

    Attributes:
        tag: as logged.
        prompt: the words that all of them begin with; "" for none.
        texts: one for each run, or for several runs that logged the same.
        steps: at which any of them was logged, ascending.
    """

    tag: str
    prompt: str
    texts: tuple[Prose, ...]
    steps: tuple[int, ...]

    def samples(self, text: Prose) -> list[tuple[int, str]]:
        """Return step and Markdown of a run's texts in order, without the prompt."""
        samples = [*text.earlier, (text.step, text.markdown)]
        return [(step, markdown[len(self.prompt) :]) for step, markdown in samples]

    @property
    def is_thinned(self) -> bool:
        """Whether some steps are left out."""
        return any(text.logged > len(text.earlier) + 1 for text in self.texts)


def text_series(blocks: Sequence[Block]) -> list[TextSeries | Block]:
    """Return the blocks in order, consecutive texts of one tag together if there are several."""
    grouped: list[TextSeries | Block] = []
    for tag, members in groupby(blocks, _tag):
        texts = [block for block in members if isinstance(block, Prose) or not tag]
        prose = tuple(block for block in texts if isinstance(block, Prose))
        if tag and (len(prose) > 1 or prose[0].earlier):
            grouped.append(_series(tag, prose))
        else:
            grouped += texts
    return grouped


def _tag(block: Block) -> str:
    return block.tag if isinstance(block, Prose) and block.runs else ""


def _series(tag: str, texts: tuple[Prose, ...]) -> TextSeries:
    samples = [sample for text in texts for sample in (*text.earlier, (text.step, text.markdown))]
    steps = tuple(sorted({step for step, _ in samples}))
    return TextSeries(tag, _prompt([markdown for _, markdown in samples]), texts, steps)


def _prompt(texts: Sequence[str]) -> str:
    """Return the plain words that all texts begin with; "" where that is all of one, or markup."""
    first, last = min(texts), max(texts)
    length = next(
        (place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        min(len(first), len(last)),
    )
    words = re.match(r"(?:\S+\s+)*", first[:length])
    prompt = words[0] if words else ""
    is_plain = len(prompt) >= _MIN_PROMPT and not _MARKUP.search(prompt) and "\n" not in prompt
    return prompt if is_plain and len(prompt) < min(map(len, texts)) else ""


def with_changes(html: Markup, before: Markup | None) -> tuple[Markup, str]:
    """Return a rendered text with its changed words marked, and how many of them changed.

    Args:
        html: sanitised.
        before: the text of the step before; None for the first.
    """
    if before is None:
        return html, ""
    words, old = _words(html), _words(before)
    if not words or max(len(words), len(old)) > _MAX_WORDS:
        return html, ""
    matcher = SequenceMatcher(None, old, words, autojunk=False)
    same: set[int] = set()
    for block in matcher.get_matching_blocks():
        same.update(range(block.b, block.b + block.size))
    changed = len(words) - len(same)
    count = f"{changed:,} of {len(words):,} words changed"
    if not changed:
        return html, "no word changed"
    return _marked(html, same), count


def _words(html: str) -> list[str]:
    return [word for text in _PIECES.split(html)[::2] for word in text.split()]


def _marked(html: str, same: set[int]) -> Markup:
    """Return HTML with the words in <mark> whose places are not among the same ones."""
    number, depth, pieces = 0, 0, []
    for place, piece in enumerate(_PIECES.split(html)):
        if place % 2:
            name = piece.strip("</> ").split(" ")[0]
            depth += (name in {"math", "svg"}) * (-1 if piece.startswith("</") else 1)
            pieces.append(piece)
            continue
        parts = re.split(r"(\s+)", piece)
        flags = []
        for word in parts:
            is_word = bool(word.strip())
            flags.append(is_word and number not in same and not depth)
            number += is_word
        pieces.append(_joined(parts, flags))
    return Markup("".join(pieces))  # noqa: S704  # was sanitised before, and only gets marks


def _joined(parts: Sequence[str], flags: Sequence[bool]) -> str:
    """Return words and the spaces between them, each run of marked words in one <mark>."""
    # A space belongs to the words on both its sides, if both are marked.
    inside = [
        flag
        or (
            0 < place < len(parts) - 1
            and not piece.strip()
            and flags[place - 1]
            and flags[place + 1]
        )
        for place, (piece, flag) in enumerate(zip(parts, flags, strict=True))
    ]
    pieces = []
    for is_marked, members in groupby(zip(parts, inside, strict=True), key=lambda pair: pair[1]):
        text = "".join(piece for piece, _ in members)
        pieces.append(f"<mark>{text}</mark>" if is_marked and text else text)
    return "".join(pieces)
