"""Families of tags that differ by an index: `layers/3/norm` belongs to `layers/{i}/norm`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

_NUMBER = re.compile(r"\d+")


def families(tags: Iterable[str], least: int) -> dict[str, dict[int, str]]:
    """Return the tags by index, by the family's name with {i} in place of the index.

    Args:
        tags: without duplicates.
        least: how many members a family has at least.
    """
    members: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for tag in tags:
        for number in _NUMBER.finditer(tag):
            if len(number[0]) <= 4:
                name = f"{tag[: number.start()]}{{i}}{tag[number.end() :]}"
                members[name].setdefault(int(number[0]), tag)
    return {
        name: dict(sorted(numbered.items()))
        for name, numbered in members.items()
        if len(numbered) >= least
    }
