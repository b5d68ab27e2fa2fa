"""The split of the data that a tag names, and the tag without it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.analysis.tag_words import Word

# What is valid rather than of the validation data, a deviation, and RLlib's iterations.
_NOT_A_SPLIT = re.compile(
    r"(?:valid (?:tokens?|samples?|actions?|moves?|frac|fraction|ratio|format|rate|count|mask)"
    r"|(?:std|stand|standard) dev|training iteration|coco eval|val (?:estimate|function)) "
)
_RUN_TOGETHER = re.compile(
    r"(train|val|valid|test|eval)(?=(?:loss|acc|accuracy|error|err|ppl|reward|return|iou|miou|dice|f1"
    r"|auc|bleu|wer|cer|map|mae|mse|rmse|psnr|ssim|perplexity)$)"
)
_GROUP = re.compile(r"\s*[\(\[][^\(\)\[\]]*[\)\]]")
_SEPARATORS = "_-. :|,"

# Which data tells how well a run did, the most telling first; "" is not said.
SPLIT_ORDER = ("validation", "test", "", "train")


@dataclass(frozen=True, slots=True)
class SplitWord:
    """One mention of a split.

    Attributes:
        split: "train", "validation" or "test".
        first, last: indices of its words, both included.
        start, end: its place in the tag.
    """

    split: str
    first: int
    last: int
    start: int
    end: int


def split_words(words: Sequence[Word], names: Mapping[str, Sequence[str]]) -> tuple[SplitWord, ...]:
    """Return every mention of a split in the words of a tag, in order.

    Args:
        words: see `tag_words`.
        names: what each split is called; a name may have several words.
    """
    texts = [word.text for word in words]
    mentions: list[SplitWord] = []
    skip_to = 0
    for index in range(len(words)):
        if index < skip_to or _is_other_word(texts, index):
            continue
        mention = _mention(words, texts, index, names)
        if mention:
            mentions.append(mention)
            skip_to = mention.last + 1
    return tuple(mentions)


def without_split(tag: str, mentions: Sequence[SplitWord]) -> str:
    """Return a tag without the first mention of the split that counts and brackets of any.

    The separator beside it goes too: `val_loss`, `loss/val` and `Test loss (avg on test)` are
    `loss`. A tag that is nothing but a split stays.
    """
    if not mentions:
        return tag
    split = deciding(tag, mentions).split
    mention = next(mention for mention in mentions if mention.split == split)
    before, after = tag[: mention.start], tag[mention.end :]
    if before.rstrip(_SEPARATORS) and before[-1:] in _SEPARATORS and before[-1:]:
        before = before.rstrip(_SEPARATORS)
    else:
        after = after.lstrip(_SEPARATORS)
    if before.endswith("/") and (not after or after.startswith("/")):
        before = before[:-1]
    elif not before:
        after = after.removeprefix("/")
    rest = _without_groups(before + after, mentions, tag)
    return rest if re.search(r"[^\W_]", rest) else tag


def deciding(tag: str, mentions: Sequence[SplitWord]) -> SplitWord:
    """Return the mention that counts: the last outside of brackets, else the last."""
    groups = [match.span() for match in _GROUP.finditer(tag)]
    outside = [
        mention
        for mention in mentions
        if not any(start <= mention.start < end for start, end in groups)
    ]
    return (outside or list(mentions))[-1]


def _mention(
    words: Sequence[Word], texts: Sequence[str], index: int, names: Mapping[str, Sequence[str]]
) -> SplitWord | None:
    for split, alternatives in names.items():
        for name in alternatives:
            parts = name.split()
            if texts[index : index + len(parts)] == parts or (
                len(parts) == 1 and re.fullmatch(rf"{name}\d{{1,2}}", texts[index])
            ):
                last = index + len(parts) - 1
                return SplitWord(split, index, last, words[index].start, words[last].end)
    joined = _RUN_TOGETHER.match(texts[index])
    if joined:
        split = next(split for split, alternatives in names.items() if joined[1] in alternatives)
        start = words[index].start
        return SplitWord(split, index, index - 1, start, start + joined.end())
    return None


def _is_other_word(texts: Sequence[str], index: int) -> bool:
    """Return whether a word that looks like a split means something else beside its neighbours."""
    pairs = [texts[index : index + 2]] + ([texts[index - 1 : index + 1]] if index else [])
    return any(_NOT_A_SPLIT.fullmatch(" ".join(pair) + " ") for pair in pairs)


def _without_groups(text: str, mentions: Sequence[SplitWord], tag: str) -> str:
    """Return a text without the brackets of the tag in which a split is mentioned."""
    for match in _GROUP.finditer(tag):
        if any(match.start() <= mention.start < match.end() for mention in mentions):
            text = text.replace(match[0], "")
    return text
