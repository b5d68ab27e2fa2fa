"""Layouts: charts of several tags, as people asked for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from reportgen.frames.logged_run import Logged


def rows(logged: Iterable[Logged]) -> list[dict[str, Any]]:
    """Rows of the frame of layouts: of `custom_scalars`, and one for each use of `add_scalars`."""
    found: list[dict[str, Any]] = []
    for one in logged:
        for _, file in one.every_file():
            found += _custom(one.run.name, file.columns.get("layouts", {}))
        found += [_lines(one.run.name, *line) for line in one.lines.items()]
    # Each writer of a run may have written the same.
    return list({tuple(row.values()): row for row in found}.values())


def _custom(run: str, held: dict[str, list[Any]]) -> list[dict[str, Any]]:
    names = ("category", "title", "style", "tags")
    cells = zip(*(held.get(name, []) for name in names), strict=True)
    return [
        {"run": run} | dict(zip(names, each, strict=True)) | {"origin": "custom_scalars"}
        for each in cells
    ]


def _lines(run: str, main_tag: str, tags: list[str]) -> dict[str, Any]:
    patterns = tuple(f"^{re.escape(tag)}$" for tag in sorted(tags))
    named = {"category": "", "title": main_tag, "style": "multiline"}
    return {"run": run} | named | {"tags": patterns, "origin": "add_scalars"}
