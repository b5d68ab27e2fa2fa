"""Class names of confusion matrices, from the text summaries beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

_NAMES = ("labels", "classes", "class_names")


def labelled(confusions: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The confusions with a `labels` column: a tuple of one name for each class.

    Where the column holds them already, they stay. Else they come from the run's text summary
    `<tag>/labels`, `<tag>/classes`, or one tagged `labels`, `classes` or `class_names`: the last
    one that holds as many names as there are classes, as elements of a vector, or one a line, or
    separated by commas. Without such a text the names are "0", "1", ...
    """
    written = {
        (run, tag.removesuffix("/text_summary")): _names(list(text.flat))
        for run, tag, text in zip(texts["run"], texts["tag"], texts["text"], strict=True)
    }
    rows = (confusions[name] for name in ("run", "tag", "matrix", "labels"))
    labels = [
        own or _labels(written, run, tag, len(matrix))
        for run, tag, matrix, own in zip(*rows, strict=True)
    ]
    return confusions.assign(labels=pd.Series(labels, index=confusions.index, dtype=object))


def _labels(
    written: Mapping[tuple[str, str], list[str]], run: str, tag: str, size: int
) -> tuple[str, ...]:
    for place in (*(f"{tag}/{name}" for name in _NAMES), *_NAMES):
        names = written.get((run, place), [])
        if len(names) == size:
            return tuple(names)
    return tuple(str(index) for index in range(size))


def _names(texts: Sequence[str]) -> list[str]:
    if len(texts) > 1:
        return [text.strip() for text in texts]
    parts = re.split(r"[\n,]", texts[0]) if texts else []
    return [name for part in parts if (name := part.strip().removeprefix("- ").strip())]
