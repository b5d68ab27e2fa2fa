"""Tags of many records as codes: each distinct tag is decoded once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reportgen.arrays import CodeArray, StructArray
from reportgen.events.crc32c import Words, combined
from reportgen.events.rows import column

SLOT_BITS = 14  # of the hash that chooses a slot; two tags of one slot are still told apart
SAMPLE_ROWS = 64  # from which unknown tags are learned before the other rows are looked up again
_WORD = np.dtype("<u8")
# 2^64 divided by the golden ratio: Fibonacci hashing (Knuth, TAOCP 6.4).
_HASH_FACTOR = 0x9E3779B97F4A7C15


class Tags:
    """The tags of a file; the code of a tag is its place in `names`."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._codes: dict[str, int] = {}
        self._by_size: dict[int, TagsOfSize] = {}

    def code(self, tag: str) -> int:
        """Return the code of a tag; add the tag if it is new."""
        code = self._codes.setdefault(tag, len(self.names))
        if code == len(self.names):
            self.names.append(tag)
        return code

    def of_size(self, size: int) -> TagsOfSize:
        """Return the tags of this many bytes."""
        if size not in self._by_size:
            self._by_size[size] = TagsOfSize(self, size)
        return self._by_size[size]


class TagsOfSize:
    """Tags of one size: a hash finds the candidate, a comparison of all bytes decides.

    Attributes:
        codes: by place, the code in `Tags`, (m,) int32.
    """

    def __init__(self, tags: Tags, size: int) -> None:
        self.codes: CodeArray = np.empty(0, np.int32)
        self._tags, self._size = tags, size
        self._places: dict[bytes, int] = {}
        count = (size + 7) // 8
        self._tag_words = np.empty((count, 0), np.uint64)
        self._slots: CodeArray = np.full(1 << SLOT_BITS, -1, np.int32)
        self._factors = np.array(
            [_HASH_FACTOR * (2 * j + 1) & (1 << 64) - 1 for j in range(count)], np.uint64
        )
        self._crcs: dict[int, Words] = {}

    def find(self, rows: StructArray, offset: int) -> CodeArray:
        """Return the place of each row's tag in `codes`, (n,) int32; -1 if it is not UTF-8."""
        words = self._row_words(rows, offset)
        places = self._look_up(words)
        missing = np.flatnonzero(places < 0)
        if len(missing):
            self._learn(words[:, missing[:SAMPLE_ROWS]])
            places[missing] = self._look_up(words[:, missing])
            missing = missing[places[missing] < 0]
            places[missing] = self._learn(words[:, missing])
        return places

    def crc(self, following: int) -> Words:
        """Return what each tag adds to the CRC32C of a message, (m,).

        Args:
            following: how many bytes come after the tag in the message.
        """
        crcs = self._crcs.get(following)
        if crcs is None or len(crcs) < len(self.codes):
            text = np.ascontiguousarray(self._tag_words.T).view(np.uint8)
            columns = [(text[:, i], following + self._size - 1 - i) for i in range(self._size)]
            crcs = self._crcs[following] = combined(0, columns, len(text))
        return crcs

    def _row_words(self, rows: StructArray, offset: int) -> NDArray[np.uint64]:
        """Return the bytes of the rows' tags, padded with zeros, (words, n)."""
        words = np.empty((len(self._factors), len(rows)), np.uint64)
        for index, word in enumerate(words):
            left = min(8, self._size - 8 * index)
            bits = np.uint64((1 << 8 * left) - 1)
            np.bitwise_and(column(rows, offset + 8 * index, _WORD), bits, out=word)
        return words

    def _look_up(self, words: NDArray[np.uint64]) -> CodeArray:
        """Return the places of tags, (n,); -1 if a tag is unknown or its slot is another tag's."""
        places = self._slots[self._slot(words)]
        if len(self.codes):
            for word, tag_word in zip(words, self._tag_words, strict=True):
                places[tag_word[places] != word] = -1
        return places

    def _slot(self, words: NDArray[np.uint64]) -> NDArray[np.uint64]:
        hashes: NDArray[np.uint64] = words[0] * self._factors[0]
        for word, factor in zip(words[1:], self._factors[1:], strict=True):
            hashes += word * factor
        hashes >>= np.uint64(64 - SLOT_BITS)
        return hashes

    def _learn(self, words: NDArray[np.uint64]) -> CodeArray:
        """Return the places of tags that are looked at one by one, (n,); add the new ones."""
        text = np.ascontiguousarray(words.T).tobytes()
        padded = 8 * len(self._factors)
        row_tags = [text[at : at + self._size] for at in range(0, len(text), padded)]
        before = len(self.codes)
        for tag in dict.fromkeys(row_tags):
            if tag not in self._places:
                self._add(tag)
        self._fill_slots(before)
        return np.array([self._places[tag] for tag in row_tags], np.int32)

    def _add(self, tag: bytes) -> None:
        try:
            code = self._tags.code(tag.decode())
        except UnicodeDecodeError:
            self._places[tag] = -1
            return
        self._places[tag] = len(self.codes)
        self.codes = np.append(self.codes, np.int32(code))

    def _fill_slots(self, before: int) -> None:
        """Put the tags from place `before` on where `_look_up` finds them."""
        padded = 8 * len(self._factors)
        new = b"".join(
            tag.ljust(padded, b"\0") for tag, place in self._places.items() if place >= before
        )
        words = np.frombuffer(new, "<u8").reshape(-1, len(self._factors)).T
        self._tag_words = np.hstack([self._tag_words, words])
        self._slots[self._slot(words)] = np.arange(before, len(self.codes), dtype=np.int32)
