"""Tags of many records as codes: each distinct tag is looked at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reportgen.events.crc32c import Words, combined
from reportgen.events.rows import Rows, column

Codes = NDArray[np.int32]

_WORD = np.dtype("<u8")
_SLOTS = 14  # bits of the hash that name a slot: two tags in one are still told apart
_FIRST = 64  # unknown tags are learned from so many rows before the others are tried again
_ODD = 0x9E3779B97F4A7C15  # 2^64 divided by the golden ratio: spreads what it multiplies


class Tags:
    """The tags of a file; a tag's code is its place in `names`."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._codes: dict[str, int] = {}
        self._sized: dict[int, Sized] = {}

    def code(self, tag: str) -> int:
        """The code of a tag, a new one where it is new."""
        code = self._codes.setdefault(tag, len(self.names))
        if code == len(self.names):
            self.names.append(tag)
        return code

    def sized(self, size: int) -> Sized:
        """The tags of so many bytes."""
        if size not in self._sized:
            self._sized[size] = Sized(self, size)
        return self._sized[size]


class Sized:
    """Tags of one size: a hash finds the candidate, a comparison of all bytes decides.

    Attributes:
        codes: of each tag, in `Tags`, (m,) int32.
    """

    def __init__(self, tags: Tags, size: int) -> None:
        self.codes: Codes = np.empty(0, np.int32)
        self._tags, self._size = tags, size
        self._places: dict[bytes, int] = {}
        count = (size + 7) // 8
        self._known = np.empty((count, 0), np.uint64)
        self._slots: Codes = np.full(1 << _SLOTS, -1, np.int32)
        self._odd = np.array([_ODD * (2 * j + 1) & (1 << 64) - 1 for j in range(count)], np.uint64)
        self._crcs: dict[int, Words] = {}

    def find(self, rows: Rows, offset: int) -> Codes:
        """The place of each row's tag in `codes`, (n,) int32; -1 where it is no UTF-8."""
        words = self._words(rows, offset)
        found = self._look_up(words)
        missing = np.flatnonzero(found < 0)
        if len(missing):
            self._learn(words[:, missing[:_FIRST]])
            found[missing] = self._look_up(words[:, missing])
            missing = missing[found[missing] < 0]
            found[missing] = self._learn(words[:, missing])
        return found

    def crc(self, following: int) -> Words:
        """What each tag adds to the CRC32C of a message with so many bytes after it, (m,)."""
        known = self._crcs.get(following)
        if known is None or len(known) < len(self.codes):
            text = np.ascontiguousarray(self._known.T).view(np.uint8)
            after = [(text[:, i], following + self._size - 1 - i) for i in range(self._size)]
            known = self._crcs[following] = combined(0, after, len(text))
        return known

    def _words(self, rows: Rows, offset: int) -> NDArray[np.uint64]:
        """The tags' bytes, zeros after them, (words, n)."""
        words = np.empty((len(self._odd), len(rows)), np.uint64)
        for index, word in enumerate(words):
            left = min(8, self._size - 8 * index)
            bits = np.uint64((1 << 8 * left) - 1)
            np.bitwise_and(column(rows, offset + 8 * index, _WORD), bits, out=word)
        return words

    def _look_up(self, words: NDArray[np.uint64]) -> Codes:
        slots = self._slot(words)
        found = self._slots[slots]
        if len(self.codes):
            for word, known in zip(words, self._known, strict=True):
                found[known[found] != word] = -1
        return found

    def _slot(self, words: NDArray[np.uint64]) -> NDArray[np.uint64]:
        spread: NDArray[np.uint64] = words[0] * self._odd[0]
        for word, odd in zip(words[1:], self._odd[1:], strict=True):
            spread += word * odd
        spread >>= np.uint64(64 - _SLOTS)
        return spread

    def _learn(self, words: NDArray[np.uint64]) -> Codes:
        """Places of tags taken one by one, (n,); the new ones that are text are kept."""
        text = np.ascontiguousarray(words.T).tobytes()
        wide = 8 * len(self._odd)
        each = [text[at : at + self._size] for at in range(0, len(text), wide)]
        before = len(self.codes)
        for tag in dict.fromkeys(each):
            if tag not in self._places:
                self._keep(tag)
        self._extend(before)
        return np.array([self._places[tag] for tag in each], np.int32)

    def _keep(self, tag: bytes) -> None:
        try:
            code = self._tags.code(tag.decode())
        except UnicodeDecodeError:
            self._places[tag] = -1
            return
        self._places[tag] = len(self.codes)
        self.codes = np.append(self.codes, np.int32(code))

    def _extend(self, before: int) -> None:
        """Puts the tags from place `before` on where `_look_up` finds them."""
        wide = 8 * len(self._odd)
        new = b"".join(
            tag.ljust(wide, b"\0") for tag, place in self._places.items() if place >= before
        )
        words = np.frombuffer(new, "<u8").reshape(-1, len(self._odd)).T
        self._known = np.hstack([self._known, words])
        self._slots[self._slot(words)] = np.arange(before, len(self.codes), dtype=np.int32)
