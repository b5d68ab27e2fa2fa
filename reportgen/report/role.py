"""Role: what a figure, table or notice is to a report, so that outputs can choose."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a block is for, where outputs choose by it."""

    OTHER = ""
    METRIC = "metric"  # the curves of one metric
    GROUPS = "groups"  # the same of groups of seeds
    CONFUSION = "confusion"  # the last confusion matrix of a run
    HEALTH = "health"  # what is wrong with the data, or not shown
    LEFT_OUT = "left out"  # the table of figures that were left out to keep a page small
    CUT = "cut"  # the sentence that texts were cut to keep a page small
