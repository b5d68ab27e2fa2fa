"""Gid: the id of an SVG group, with the run and the series that the group shows."""

from __future__ import annotations

from typing import Self

_LONGEST = 60  # characters of a name in an attribute


class Gid(str):
    """The id of a group, such as "line-3", with the run and series of the line.

    Attributes:
        run: name of the run group.
        series: which of its lines: "validation", or the name of one of several; "" for its only.
    """

    __slots__ = ("run", "series")

    run: str
    series: str

    def __new__(cls, name: str, run: str, series: str = "") -> Self:
        """Return an id, as matplotlib's `set_gid` takes it."""
        gid = super().__new__(cls, name)
        gid.run, gid.series = run[:_LONGEST], series[:_LONGEST]
        return gid
