"""Unmatched names: settings that name a tag which the logs do not hold."""

from __future__ import annotations

import pandas as pd

from reportgen.selection import no_match
from reportgen.settings import Settings


def refuse_unmatched(settings: Settings, scalars: pd.DataFrame) -> None:
    """Raise an error where a setting names a tag that does not exist.

    Args:
        settings: of the user.
        scalars: annotated, see `reportgen.analysis.annotated`.

    Raises:
        UsageError: a tag of `--best` does not exist; the message names the most similar that does.
    """
    pairs = scalars[["tag", "metric", "split"]].drop_duplicates().astype(str)
    names = list(dict.fromkeys([*pairs["tag"], *pairs["metric"]]))
    for tag in settings.directions:
        if tag not in names:
            raise no_match("--best", "tag", tag, names)
