"""Looks: how lines of several tags in one chart are distinguished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen import wording
from reportgen.figures.canvas.legend import Entry
from reportgen.figures.canvas.style import GREY, RunStyle, run_styles
from reportgen.figures.curves.series import Series

_DASHES = ("-", "--", "-.", ":")
_MAX_NAMES = 12


def line_looks(
    names: Sequence[tuple[str, str]], styles: Mapping[str, RunStyle]
) -> dict[tuple[str, str], RunStyle]:
    """Return a style for each run group and line: a colour a line of one run, else a dash a line.

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


def looks_text(series: Sequence[Series]) -> str:
    """Return a sentence on how lines differ; "" where there is one line a run."""
    lines = [line for line in dict.fromkeys(item.line for item in series) if line]
    if not lines:
        return ""
    by = "colour" if _one_run(series) else "dash"
    alike = by == "dash" and len(lines) > len(_DASHES)
    shared = f" {len(lines)} lines share {len(_DASHES)} dashes." if alike else ""
    return f"One {by} a line: {wording.listing(lines, _MAX_NAMES)}.{shared}"


def entries(series: Sequence[Series], *, alone: bool) -> list[Entry]:
    """Return the legend's entries, for a picture that stands alone or beside a legend of runs."""
    if alone:
        return [Entry(item.name, item.style.color, item.dash) for item in series]
    named = {item.line: item for item in series if item.line}
    grey = not _one_run(series)
    return [
        Entry(line, GREY if grey else item.style.color, item.dash) for line, item in named.items()
    ]


def _one_run(series: Sequence[Series]) -> bool:
    return len({line.group for line in series}) == 1
