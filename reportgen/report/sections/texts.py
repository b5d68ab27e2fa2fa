"""Texts: the last of each tag and run."""

from __future__ import annotations

import re

import pandas as pd

from reportgen.report.model import Block, Prose

_LABELS = re.compile(r"(?:^|/)(?:labels|classes|class_names)$")


def blocks(texts: pd.DataFrame) -> list[Block]:
    """Each run's last text of a tag.

    Args:
        texts: the texts frame.
    """
    found: list[Block] = []
    last = texts.groupby(["run", "tag"], sort=False, observed=True).tail(1)
    for _, row in last.iterrows():
        tag = str(row["tag"]).removesuffix("/text_summary")
        if _LABELS.search(tag):
            continue  # shown as the names of a confusion matrix's classes
        text = "\n\n".join(str(part) for part in row["text"].flat)
        found.append(Prose(f"{tag}, {row['run']}, step {row['step']:,}", text))
    return found
