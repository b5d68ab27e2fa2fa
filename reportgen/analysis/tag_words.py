"""The words of a tag, whatever separates them, and where they stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Abbreviations whose upper-case letters begin no word of their own.
_ABBREVIATIONS = re.compile(
    r"IoU|chrF|[Rr](?:ouge|OUGE)L(?:sum)?|ROUGEL(?:sum)?|[GMKT]iB|AUROC|ReLU"
)
_AP_OF_SIZE = re.compile(r"\bA([PR])([smlrcf])\b")  # COCO's AP of small, medium, large objects
_RUNS_OF_LETTERS = re.compile(r"[^\W_]+")
# A word begins at an upper-case letter after a lower-case one or a digit, and at the last letter
# of an abbreviation before a lower-case one (ELOScore); not after a single letter (mAP, sMAPE).
_CAMEL = re.compile(
    r"(?<=[^\W\dA-Z_][^\W\dA-Z_])(?=[A-Z])|(?<=\d)(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a tag.

    Attributes:
        text: in lower case; "/" where a new segment begins.
        start, end: its place in the tag.
    """

    text: str
    start: int
    end: int


def tag_words(tag: str) -> tuple[Word, ...]:
    """Return the words of a tag in order, with a word "/" for each slash and "at" for each "@"."""
    levelled = _AP_OF_SIZE.sub(
        lambda match: f"A{match[1].lower()}{match[2]}",
        _ABBREVIATIONS.sub(lambda match: match[0].capitalize(), tag),
    )
    words: list[Word] = []
    position = 0
    for letters in _RUNS_OF_LETTERS.finditer(levelled):
        words += _marks(levelled, position, letters.start())
        start = letters.start()
        bounds = [match.start() for match in _CAMEL.finditer(levelled, start, letters.end())]
        for bound in [*bounds, letters.end()]:
            words.append(Word(levelled[start:bound].lower(), start, bound))
            start = bound
        position = letters.end()
    return tuple(words + _marks(levelled, position, len(levelled)))


def _marks(text: str, start: int, end: int) -> list[Word]:
    """Return the words that "/" and "@" stand for between two runs of letters."""
    names = {"/": "/", "@": "at"}
    return [
        Word(names[text[index]], index, index + 1)
        for index in range(start, end)
        if text[index] in names
    ]
