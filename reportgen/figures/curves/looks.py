"""Looks: how lines of several tags in one chart are told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen import wording
from reportgen.figures.canvas.legend import Entry
from reportgen.figures.canvas.style import GREY, RunStyle, run_styles
from reportgen.figures.curves.series import Series

_DASHES = ("-", "--", "-.", ":")
_MOST_TOLD = 12


def line_looks(
    names: Sequence[tuple[str, str]], styles: Mapping[str, RunStyle]
) -> dict[tuple[str, str], RunStyle]:
    """A style for each run group and line: a colour a line of one run, else a dash a line.

    Args:
        names: run group and line, "" where a run has no more than one.
        styles: by run group.
    """
    lines = list(dict.fromkeys(line for _, line in names))
    groups = {group for group, _ in names}
    if not any(lines):
        return {(group, line): styles[group] for group, line in names}
    if len(groups) == 1:
        colors = run_styles(lines)
        return {(group, line): colors[line] for group, line in names}
    dashes = {line: _DASHES[place % len(_DASHES)] for place, line in enumerate(lines)}
    return {(group, line): RunStyle(styles[group].color, dashes[line]) for group, line in names}


def told(series: Sequence[Series]) -> str:
    """What a caption says of the lines; "" where there is one a run."""
    lines = [line for line in dict.fromkeys(one.line for one in series) if line]
    if not lines:
        return ""
    by = "colour" if _one_run(series) else "dash"
    alike = by == "dash" and len(lines) > len(_DASHES)
    more = f" {len(lines)} lines share {len(_DASHES)} dashes." if alike else ""
    return f"One {by} a line: {wording.listing(lines, _MOST_TOLD)}.{more}"


def entries(series: Sequence[Series], *, alone: bool) -> list[Entry]:
    """Names for the legend of a picture that stands alone, or of one beside a legend of runs."""
    if alone:
        return [Entry(one.name, one.style.color, one.dash) for one in series]
    own = {one.line: one for one in series if one.line}
    grey = not _one_run(series)
    return [Entry(line, GREY if grey else one.style.color, one.dash) for line, one in own.items()]


def _one_run(series: Sequence[Series]) -> bool:
    return len({one.group for one in series}) == 1
