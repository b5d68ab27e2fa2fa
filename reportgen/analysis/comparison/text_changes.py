"""Text samples side by side, by prompt, with the words that changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import pandas as pd

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MAX_WORDS = 2_000  # beyond, a difference takes long to compute and longer to read


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of text, and whether the other text has it not."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class TextChange:
    """One prompt and the texts of both sides.

    Attributes:
        prompt: the tag.
        step: of the last text of each side.
        first, second: the texts in pieces that follow each other; one piece that is marked as
            changed where a text is too long to compare.
    """

    prompt: str
    step: tuple[int, int]
    first: tuple[TextPiece, ...]
    second: tuple[TextPiece, ...]

    @property
    def is_equal(self) -> bool:
        """Whether no word differs."""
        return not any(piece.changed for piece in (*self.first, *self.second))


def text_changes(
    texts: pd.DataFrame, first: Sequence[str], second: Sequence[str]
) -> tuple[TextChange, ...]:
    """Return the last text of each tag that both sides logged, in the order of logging.

    Args:
        texts: the texts frame; of a tensor of texts, all are joined by line ends.
        first: names of the directories on one side; where several logged a tag, the first counts.
        second: of those on the other.
    """
    sides = [_last_texts(texts, runs) for runs in (first, second)]
    changes = []
    for tag in sides[0]:
        if tag in sides[1]:
            (step, text), (other_step, other) = sides[0][tag], sides[1][tag]
            changes.append(TextChange(tag, (step, other_step), *changed_words(text, other)))
    return tuple(changes)


def _last_texts(texts: pd.DataFrame, runs: Sequence[str]) -> dict[str, tuple[int, str]]:
    result: dict[str, tuple[int, str]] = {}
    for run in runs:
        rows = texts[texts["run"] == run].drop_duplicates("tag", keep="last")
        columns = (rows["tag"], rows["step"], rows["text"])
        for tag, step, text in zip(*columns, strict=True):
            joined = "\n".join(map(str, text.ravel().tolist()))
            result.setdefault(str(tag), (int(step), joined))
    return result


def changed_words(first: str, second: str) -> tuple[tuple[TextPiece, ...], tuple[TextPiece, ...]]:
    """Return two texts in pieces, those marked that the other text has not.

    Words and marks are compared whole; white space alone is no change.
    """
    if first == second:
        return _whole(first, changed=False), _whole(second, changed=False)
    words: list[list[str]] = [_WORDS.findall(text) for text in (first, second)]
    if max(map(len, words)) > _MAX_WORDS:
        return _whole(first, changed=True), _whole(second, changed=True)
    keys = [[" " if word.isspace() else word for word in text] for text in words]
    pieces: tuple[list[TextPiece], list[TextPiece]] = ([], [])
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        spans = (words[0][start:end], words[1][other_start:other_end])
        for side, span in zip(pieces, spans, strict=True):
            text = "".join(span)
            if text:
                side.append(TextPiece(text, operation != "equal" and bool(text.strip())))
    return tuple(pieces[0]), tuple(pieces[1])


def _whole(text: str, *, changed: bool) -> tuple[TextPiece, ...]:
    return (TextPiece(text, changed),) if text else ()
