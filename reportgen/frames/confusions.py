"""Class names of confusion matrices, from the text summaries beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

_TAGS_OF_NAMES = ("labels", "classes", "class_names")


def labelled(confusions: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Return the confusions with a name for each class in the column `labels`.

    Labels that the column holds already stay. Else they are read from the run's last text summary
    `<tag>/labels`, `<tag>/classes` or `<tag>/class_names`, or one without `<tag>/`, if it has as
    many names as the matrix has classes: the elements of a vector, or lines, or parts between
    commas. Without such a text the names are "0", "1", ...

    Args:
        confusions: the confusions frame; tuples of str in `labels`, empty if unknown.
        texts: the texts frame.
    """
    names_by_tag = {
        (run, tag.removesuffix("/text_summary")): _names(list(text.flat))
        for run, tag, text in zip(texts["run"], texts["tag"], texts["text"], strict=True)
    }
    rows = (confusions[name] for name in ("run", "tag", "matrix", "labels"))
    labels = [
        existing or _labels(names_by_tag, run, tag, len(matrix))
        for run, tag, matrix, existing in zip(*rows, strict=True)
    ]
    return confusions.assign(labels=pd.Series(labels, index=confusions.index, dtype=object))


def _labels(
    names_by_tag: Mapping[tuple[str, str], list[str]], run: str, tag: str, size: int
) -> tuple[str, ...]:
    """Return `size` class names for a matrix."""
    for candidate in (*(f"{tag}/{name}" for name in _TAGS_OF_NAMES), *_TAGS_OF_NAMES):
        names = names_by_tag.get((run, candidate), [])
        if len(names) == size:
            return tuple(names)
    return tuple(str(index) for index in range(size))


def _names(texts: Sequence[str]) -> list[str]:
    """Return the names in a text summary: its elements, lines, or parts between commas."""
    if len(texts) > 1:
        return [text.strip() for text in texts]
    items = re.split(r"[\n,]", texts[0]) if texts else []
    return [name for item in items if (name := item.strip().removeprefix("- ").strip())]
