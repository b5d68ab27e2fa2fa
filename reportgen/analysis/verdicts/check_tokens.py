"""Tokens of a check: words, quoted names, numbers and comparisons, each with its column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from reportgen import wording
from reportgen.errors import UsageError

TokenKind = Literal["word", "quoted", "number", "op", "percent", "sign", "end"]

_COMPARISON = "<>=!≤≥≠"
_DIGITS = "0123456789"
_SHOWN = 200  # characters of a check in an error


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a check.

    Attributes:
        kind: "word" (a keyword or a bare name), "quoted", "number", "op" (of any characters that
            comparisons are made of), "percent", "sign" (a + or - between two pieces) or "end".
        text: without its quotes.
        column: where it begins, from 0.
    """

    kind: TokenKind
    text: str
    column: int


def refusal(text: str, column: int, problem: str) -> UsageError:
    """Return the error that points at a column of a check."""
    shown = wording.clipped(text, _SHOWN)
    return UsageError(f"--check {shown}: column {column + 1}: {problem}")


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a check, the last of kind "end".

    A bare name may hold anything but spaces, double quotes and comparisons; a single "=" inside it
    belongs to it, as in the run name `lr=0.1`.

    Args:
        text: as given.

    Raises:
        UsageError: a quote is not closed.
    """
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    place, last = 0, ""
    while place < len(text):
        char = text[place]
        if char.isspace():
            place += 1
            continue
        if char == '"':
            token, end = _quoted(text, place)
        elif char in _COMPARISON:
            end = _end(text, place, lambda at: text[at] in _COMPARISON)
            token = Token("op", text[place:end], place)
        elif char == "%":
            token, end = Token("percent", "%", place), place + 1
        else:
            token, end = _name_or_number(text, place, after_baseline=last == "baseline")
        yield token
        place, last = end, token.text
    yield Token("end", "", len(text))


def _quoted(text: str, start: int) -> tuple[Token, int]:
    """Read a name in double quotes, inside which a backslash quotes a quote or a backslash."""
    name, place = "", start + 1
    while place < len(text) and text[place] != '"':
        if text[place] == "\\" and text[place + 1 : place + 2] in {'"', "\\"}:
            place += 1
        name += text[place]
        place += 1
    if place >= len(text):
        raise refusal(text, start, "this quote is not closed")
    return Token("quoted", name, start), place + 1


def _name_or_number(text: str, start: int, *, after_baseline: bool) -> tuple[Token, int]:
    """Read a number, a sign, or a bare name, which is what is neither.

    Args:
        text: of the check.
        start: where it begins.
        after_baseline: whether the word before is "baseline", after which a + or - is a sign of
            its own.
    """
    if text[start] in "+-" and after_baseline:
        return Token("sign", text[start], start), start + 1
    digits = start + (text[start] in "+-")
    if text[digits : digits + 1] and text[digits] in f"{_DIGITS}.":
        end = _number_end(text, digits)
        if end > digits:
            return Token("number", text[start:end], start), end
    end = _end(text, start, lambda at: _is_of_a_name(text, at))
    word = text[start:end]
    sign = min((place for place in map(word.find, "+-") if place > 0), default=0)
    if word[:sign] == "baseline":  # as in baseline-0.01
        return Token("word", "baseline", start), start + sign
    return Token("word", word, start), end


def _number_end(text: str, start: int) -> int:
    """Return where a number ends; `start` where there is none."""
    end = _end(text, start, lambda at: text[at] in _DIGITS)
    whole = end - start
    if text[end : end + 1] == ".":
        after = _end(text, end + 1, lambda at: text[at] in _DIGITS)
        if not whole and after == end + 1:
            return start
        end = after
    if text[end : end + 1] in {"e", "E"}:
        exponent = end + 1 + (text[end + 1 : end + 2] in {"+", "-"})
        after = _end(text, exponent, lambda at: text[at] in _DIGITS)
        end = after if after > exponent else end
    return end


def _is_of_a_name(text: str, place: int) -> bool:
    char = text[place]
    if char.isspace() or char == '"':
        return False
    if char == "=":
        around = text[place - 1 : place] + text[place + 1 : place + 2]
        return len(around) == 2 and not any(at.isspace() or at in _COMPARISON for at in around)
    return char not in _COMPARISON


def _end(text: str, start: int, belongs: Callable[[int], bool]) -> int:
    place = start
    while place < len(text) and belongs(place):
        place += 1
    return place
