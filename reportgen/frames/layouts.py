"""The frame of layouts: charts of several tags, as the program that logged asked for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from reportgen.frames.logged_run import LoggedRun


def rows(runs: Iterable[LoggedRun]) -> list[dict[str, Any]]:
    """Return a row for each chart of `custom_scalars` and for each main tag of `add_scalars`."""
    layouts: list[dict[str, Any]] = []
    for run in runs:
        for _, file in run.all_files():
            layouts += _custom_scalars(run.run.name, file.columns.get("layouts", {}))
        layouts += [_add_scalars(run.run.name, *line) for line in run.lines.items()]
    # Several writers of a run may have written the same layout.
    return list({tuple(row.values()): row for row in layouts}.values())


def _custom_scalars(run: str, columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    names = ("category", "title", "style", "tags")
    rows_of_cells = zip(*(columns.get(name, []) for name in names), strict=True)
    return [
        {"run": run} | dict(zip(names, cells, strict=True)) | {"origin": "custom_scalars"}
        for cells in rows_of_cells
    ]


def _add_scalars(run: str, main_tag: str, tags: list[str]) -> dict[str, Any]:
    return {
        "run": run,
        "category": "",
        "title": main_tag,
        "style": "multiline",
        "tags": tuple(f"^{re.escape(tag)}$" for tag in sorted(tags)),
        "origin": "add_scalars",
    }
