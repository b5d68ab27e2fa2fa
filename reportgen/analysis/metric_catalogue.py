"""What a tag measures, by the catalogue of metrics in `templates/metrics.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportgen import assets
from reportgen.analysis.tag_splits import deciding, split_words, without_split
from reportgen.analysis.tag_words import tag_words

ROLES = ("objective", "component", "diagnostic", "counter", "schedule", "system")
_UNRANKED = 5
_OTHER_SERIES = {"step", "batch", "iter", "best", "last", "final", "raw", "smooth", "smoothed"}


@dataclass(frozen=True, slots=True)
class Metric:
    """What a tag measures.

    Attributes:
        name: the tag without its split.
        split: "train", "validation", "test" or "" (neither tag nor run names one).
        direction: "down" (lower is better), "up" (higher is better) or "" (unknown).
        role: one of `ROLES`; "diagnostic" for what the catalogue does not list.
        unit: of the values; "" if unknown.
        title: what a reader calls it; "" if the catalogue does not say.
        level: what counts in a ranking: "end", the level at the end, or "best", the best of the
            smoothed series.
        rank: of objectives as headlines; 1 says most.
        words: in lower case, without splits and neutral words; what two spellings of one metric
            share.
    """

    name: str
    split: str
    direction: str
    role: str = "diagnostic"
    unit: str = ""
    title: str = ""
    level: str = "best"
    rank: int = _UNRANKED
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One pattern of the catalogue.

    Attributes:
        regex: its regular expression.
        on_all_words: whether it is searched in all words, or in those that are not neutral.
        literals: a tag must contain one of these words for it to match; "" if any tag may match.
    """

    regex: str
    on_all_words: bool
    literals: tuple[str, ...]

    def matches(self, all_words: str, telling_words: str) -> bool:
        """Return whether it matches the words of a tag, each with a space before and behind."""
        words = all_words if self.on_all_words else telling_words
        return _compiled(self.regex).search(words) is not None


@dataclass(frozen=True, slots=True)
class _Entry:
    exceptions: tuple[_Pattern, ...]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """The catalogue.

    Attributes:
        by_word: patterns with the numbers of their entries, by each word that they need.
    """

    entries: tuple[_Entry, ...]
    by_word: Mapping[str, tuple[tuple[int, _Pattern], ...]]
    neutral: frozenset[str]
    aliases: Mapping[str, tuple[str, ...]]
    splits: Mapping[str, Sequence[str]]


@lru_cache(maxsize=16384)
def describe(tag: str, run_split: str = "") -> Metric:
    """Return what a tag measures: `train/loss` and `val_loss` are both the metric `loss`.

    Args:
        tag: as logged.
        run_split: the split that the run's directory names; a split in the tag overrides it.
    """
    catalogue = _catalogue()
    words = tag_words(tag)
    mentions = split_words(words, catalogue.splits)
    name = without_split(tag, mentions)
    split = deciding(tag, mentions).split if mentions and name != tag else run_split
    split_indices = {
        index for mention in mentions for index in range(mention.first, mention.last + 1)
    }
    starts = {mention.first: mention for mention in mentions if mention.last < mention.first}
    texts: list[str] = []
    for index, word in enumerate(words):
        if index in split_indices:
            continue
        joined = starts.get(index)
        texts.append(word.text[joined.end - joined.start :] if joined else word.text)
    telling = _telling(texts, catalogue.neutral)
    fields = _matching_fields(catalogue, texts, telling)
    return Metric(
        name=name,
        split=split,
        direction=fields.get("direction", ""),
        role=fields.get("role", "diagnostic"),
        unit=fields.get("unit", ""),
        title=fields.get("name", ""),
        level=fields.get("level", "best"),
        rank=fields.get("rank", _UNRANKED),
        words=_shared_words(telling, texts, catalogue.aliases),
    )


def _telling(texts: Sequence[str], neutral: frozenset[str]) -> list[str]:
    """Return the words that are not neutral, or all if they are; without empty segments."""
    telling = _without_versus([text for text in texts if text not in neutral])
    if all(text == "/" for text in telling):
        telling = list(texts)
    cleaned: list[str] = []
    for text in telling:
        if text != "/" or (cleaned and cleaned[-1] != "/"):
            cleaned.append(text)
    return cleaned[:-1] if cleaned[-1:] == ["/"] else cleaned


def _without_versus(texts: list[str]) -> list[str]:
    """Return the words without "vs samples": what a series is plotted against is not measured."""
    if "vs" in texts[1:-1]:
        index = texts.index("vs", 1)
        return texts[:index] + texts[index + 2 :]
    return texts


def _matching_fields(
    catalogue: _Catalogue, texts: Sequence[str], telling: Sequence[str]
) -> Mapping[str, Any]:
    """Return the first entry that matches; nothing if none does."""
    all_words, telling_words = (f" / {' '.join(parts)} / " for parts in (texts, telling))
    candidates = [
        pair for word in {"", *texts, *telling} for pair in catalogue.by_word.get(word, ())
    ]
    refused: set[int] = set()
    for number, pattern in sorted(candidates, key=lambda pair: pair[0]):
        if number in refused or not pattern.matches(all_words, telling_words):
            continue
        entry = catalogue.entries[number]
        if not any(exception.matches(all_words, telling_words) for exception in entry.exceptions):
            return entry.fields
        refused.add(number)
    return {}


def _shared_words(
    telling: Sequence[str], texts: Sequence[str], aliases: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the words that all spellings of a metric share.

    Of the neutral words, those stay that make it another series: `loss_step` is not `loss`, but
    `loss_epoch` is.
    """
    shared = [text for text in telling if text != "/"]
    shared += [text for text in texts if text in _OTHER_SERIES and text not in shared]
    if "vs" in texts[1:-1]:
        shared.append("vs")
    return tuple(word for text in shared for word in aliases.get(text, (text,)))


@lru_cache(maxsize=1)
def _catalogue() -> _Catalogue:
    """Return the catalogue, read from its file."""
    data = tomllib.loads(assets.text("metrics.toml"))
    neutral = frozenset(data["neutral"])
    gap = f"(?:(?:/|{'|'.join(sorted(neutral))}) )*"
    entries: list[_Entry] = []
    by_word: defaultdict[str, list[tuple[int, _Pattern]]] = defaultdict(list)
    for number, fields in enumerate(data["metrics"]):
        exceptions = tuple(_pattern(text, gap) for text in fields.get("except", ()))
        entries.append(_Entry(exceptions, fields))
        for text in fields["patterns"]:
            pattern = _pattern(text, gap)
            for literal in pattern.literals:
                by_word[literal].append((number, pattern))
    return _Catalogue(
        entries=tuple(entries),
        by_word={word: tuple(pairs) for word, pairs in by_word.items()},
        neutral=neutral,
        aliases={word: tuple(text.split()) for word, text in data["aliases"].items()},
        splits=data["splits"],
    )


def _pattern(text: str, gap: str) -> _Pattern:
    """Return a pattern of the catalogue, whose syntax its head explains."""
    parts = text.split()
    whole, start, end = parts[0] == "=", parts[0] == "^", parts[-1] == "$"
    parts = parts[whole or start : len(parts) - end]
    words = [
        "(?:"
        + re.escape(piece).replace(r"\*", "[^ /]*").replace(r"\#", r"\d+").replace(r"\|", "|")
        + ") "
        for piece in parts
    ]
    body = gap.join(words)
    if whole:
        regex = f" / {body}/ $"
    else:
        regex = f"^ / {body}" if start else f" {body}"
        regex += "/ $" if end else ""
    literal = max((piece for piece in parts if not set("*#") & set(piece)), key=len, default="")
    return _Pattern(regex, not (whole or start or end), tuple(literal.split("|")))


@lru_cache(maxsize=4096)
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)
