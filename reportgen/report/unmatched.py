"""Unmatched names: settings that name a run or tag which the logs do not hold."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reportgen.analysis.metric_catalogue import describe
from reportgen.selection import no_match, selection
from reportgen.settings import Settings


def refuse_unmatched(settings: Settings, scalars: pd.DataFrame, groups: Sequence[str]) -> None:
    """Raise an error where a setting names a run or tag that does not exist.

    Args:
        settings: of the user.
        scalars: annotated, see `reportgen.analysis.annotated`.
        groups: names of all run groups.

    Raises:
        UsageError: a tag of `--best` or `--check`, or the run of `--baseline`, does not exist; the
            message names the most similar that does.
    """
    pairs = scalars[["tag", "metric", "split"]].drop_duplicates().astype(str)
    names = list(dict.fromkeys([*pairs["tag"], *pairs["metric"]]))
    for tag in settings.directions:
        if tag not in names:
            raise no_match("--best", "tag", tag, names)
    tags = set(pairs["tag"])
    measured = set(zip(pairs["metric"], pairs["split"], strict=True))
    for check in settings.checks:
        named = describe(check.tag)
        if check.tag not in tags and (named.name, named.split) not in measured:
            raise no_match("--check", "tag", check.tag, names)
    pattern = settings.baseline
    if pattern and pattern not in groups and not any(map(selection(pattern), groups)):
        raise no_match("--baseline", "run", pattern, groups)
