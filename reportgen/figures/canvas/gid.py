"""Gid: the name of a group in a figure, with the run and the series that it shows."""

from __future__ import annotations

from typing import Self

_LONGEST = 60  # characters of a name in an attribute


class Gid(str):
    """A group's id, "line-3" for one, that also says whose line it is.

    Attributes:
        run: name of the run group.
        series: which of its lines: "validation", or the name of one of several; "" for its only.
    """

    __slots__ = ("run", "series")

    run: str
    series: str

    def __new__(cls, name: str, run: str, series: str = "") -> Self:
        """An id as matplotlib's `set_gid` takes it."""
        own = super().__new__(cls, name)
        own.run, own.series = run[:_LONGEST], series[:_LONGEST]
        return own
