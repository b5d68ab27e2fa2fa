"""Families of tags: many tags that differ by an index (`layers/3/x`) or by a name (`eval/qa/x`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

MIN_MEMBERS = 9  # fewer tags are as well shown by a chart each
_INDEX = re.compile(r"(?<![0-9.])\d{1,6}(?![0-9.]*[0-9])")  # "17" in layers/17/x, not 0.95
# Directories that say which data a number is of, and not which of many things it describes.
_DATA_NAMES = {
    "train",
    "training",
    "val",
    "valid",
    "validation",
    "test",
    "eval",
    "evaluation",
    "dev",
}


@dataclass(frozen=True, slots=True)
class TagFamily:
    """Tags that are alike but for one part.

    Attributes:
        kind: "index" where the part is a number, "name" where it is a word.
        prefix: what stands before that part.
        suffix: what stands after it.
        members: that part of each tag; numbers in order, names as they were logged.
    """

    kind: Literal["index", "name"]
    prefix: str
    suffix: str
    members: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """The tags as one: "layers/*/grad_norm"."""
        return f"{self.prefix}*{self.suffix}"

    @property
    def metric(self) -> str:
        """What the family measures: its suffix, or its prefix where it has none."""
        return self.suffix.strip("/_.-") or self.prefix.strip("/_.-")

    def tag(self, member: str) -> str:
        """Return the tag of a member."""
        return f"{self.prefix}{member}{self.suffix}"

    def tags(self) -> list[str]:
        """Return the tags of all members, in their order."""
        return [self.tag(member) for member in self.members]


def tag_families(tags: Iterable[str], min_members: int = MIN_MEMBERS) -> list[TagFamily]:
    """Return the families among tags, each tag in one at most, the first logged first.

    A tag with several numbers (`block3/conv1/x`) goes to the largest family that it fits, and so
    does one that could differ by a number and by a name.

    Args:
        tags: all tags, in the order in which they were logged.
        min_members: how many tags make a family.
    """
    ordered = list(dict.fromkeys(tags))
    candidates: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for tag in ordered:
        for kind, prefix, member, suffix in _splits_of(tag):
            candidates[kind, prefix, suffix][tag] = member
    families, taken = [], set[str]()
    # The largest first; of equal ones an index before a name.
    for (kind, prefix, suffix), members in sorted(
        candidates.items(), key=lambda item: (-len(item[1]), item[0])
    ):
        left = {tag: member for tag, member in members.items() if tag not in taken}
        if len(left) < min_members:
            continue
        taken |= set(left)
        parts = list(left.values())
        if kind == "index":
            parts.sort(key=lambda number: (int(number), number))
        families.append(
            TagFamily("index" if kind == "index" else "name", prefix, suffix, tuple(parts))
        )
    place = {tag: index for index, tag in enumerate(ordered)}
    return sorted(families, key=lambda family: min(place[tag] for tag in family.tags()))


def family_groups(families: Iterable[TagFamily]) -> list[list[TagFamily]]:
    """Return the families by what they describe: all metrics of the same layers together."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[TagFamily]] = defaultdict(list)
    for family in families:
        groups[family.kind, family.prefix, tuple(sorted(family.members))].append(family)
    return list(groups.values())


def _splits_of(tag: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield each way to take a tag apart: kind, prefix, the part that may differ, suffix."""
    for match in _INDEX.finditer(tag):
        yield "index", tag[: match.start()], match[0], tag[match.end() :]
    parts = tag.split("/")
    for place, piece in enumerate(parts[:-1]):  # the last part is what was measured
        if piece and not piece.isdigit() and piece.lower() not in _DATA_NAMES:
            prefix = "".join(f"{before}/" for before in parts[:place])
            yield "name", prefix, piece, "/" + "/".join(parts[place + 1 :])
