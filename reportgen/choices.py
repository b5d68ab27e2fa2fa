"""Choices: options of which a user picks one of a few named values."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from reportgen import wording
from reportgen.errors import UsageError


class XAxis(StrEnum):
    """What the x axis of curves shows, see `reportgen.analysis.x_axis`."""

    STEP = "step"
    EPOCH = "epoch"
    TIME = "time"
    WALL = "wall"


class RestartPolicy(StrEnum):
    """Which records later sessions of a run override, see `reportgen.frames.restarts`."""

    SESSION = "session"
    STEP = "step"
    KEEP_ALL = "keep-all"


class HistogramForm(StrEnum):
    """Which figures show histograms, see `reportgen.figures.distributions.forms`."""

    AUTO = "auto"
    RIDGELINE = "ridgeline"
    HEAT_MAP = "heat-map"
    PERCENTILES = "percentiles"
    ALL = "all"


class GroupCentre(StrEnum):
    """What the strong line of a group of seeds is, see `reportgen.analysis.groups.aggregation`."""

    MEAN = "mean"
    MEDIAN = "median"
    IQM = "iqm"


class EmbeddingMethod(StrEnum):
    """How embeddings are reduced to two dimensions, see `reportgen.figures.media.embedding`."""

    PCA = "pca"
    TSNE = "tsne"


Choice = TypeVar("Choice", bound=StrEnum)


def parse_choice(choices: type[Choice], text: str, option: str) -> Choice:
    """Return the choice of that name.

    Args:
        choices: what there is to choose from.
        text: the name, as the user wrote it.
        option: what the error calls the option: "--x", or the name of an argument.

    Raises:
        UsageError: no choice has that name.
    """
    names = [str(choice) for choice in choices]
    if text in names:
        return choices(text)
    similar = get_close_matches(text, names, 1)
    guess = f"did you mean {similar[0]}? " if similar else ""
    listed = f"{', '.join(names[:-1])} or {names[-1]}"
    raise UsageError(f"{option} {wording.clipped(text)}: unknown value; {guess}use {listed}")
