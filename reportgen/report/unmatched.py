"""Unmatched names: settings that name a tag which the logs do not hold."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pandas as pd

from reportgen.selection import no_match
from reportgen.settings import Settings

_LOGGER = logging.getLogger("reportgen")


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


def template_found_nothing(
    settings: Settings, tags: Sequence[str], call: str, patterns: Sequence[str]
) -> None:
    """Tell that a call of a template matches nothing in the logs.

    Args:
        settings: of the user; whether that is an error.
        tags: that the logs hold, of all kinds.
        call: the name of the call, as "scalars".
        patterns: that it takes.

    Raises:
        UsageError: the user wants it to be an error.
    """
    for pattern in patterns:
        error = no_match(f"--template: {call}()", "tag", pattern, tags)
        if settings.strict:
            raise error
        _LOGGER.warning("%s", error)
