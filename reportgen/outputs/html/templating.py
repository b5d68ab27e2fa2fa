"""Templating: the jinja2 environment of HTML, and what its templates call."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache

import jinja2
import pandas as pd
from markupsafe import Markup

from reportgen import assets, wording
from reportgen.analysis.evenly import evenly
from reportgen.outputs.html.bidi import breakable
from reportgen.outputs.html.prose import prose
from reportgen.report.blocks import Block


@cache
def environment() -> jinja2.Environment:
    """Return the environment of HTML templates, which escapes all and allows nothing undefined."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(assets.path("")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(
        prose=prose, spark=spark, breakable=breakable, base64=base64_of, kind=kind
    )
    templates.globals.update(asset=lambda name: Markup(assets.text(name)))  # noqa: S704  # ours
    return templates


def base64_of(data: str | bytes) -> str:
    """Return data in base64, text as UTF-8."""
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    return base64.b64encode(raw).decode("ascii")


def kind(block: Block) -> str:
    """Return the name of a block's class, by which templates choose how to show it."""
    return type(block).__name__


def spark(values: Sequence[float]) -> str:
    """Return the points of a sparkline of 76 x 20 pixels, for an SVG polyline."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    across = 72 / max(1, len(values) - 1)
    return " ".join(
        f"{2 + index * across:.1f},{18 - (value - low) / span * 16:.1f}"
        for index, value in enumerate(values)
    )


def rows(data: pd.DataFrame, most: int) -> tuple[list[list[str]], str]:
    """Return evenly spaced rows of a figure's data as text, and a sentence if not all are there.

    Args:
        data: a row a point.
        most: rows to return at most, at least 2.
    """
    note = f"{most} of {len(data):,} rows, evenly spaced." if len(data) > most else ""
    shown = data.iloc[evenly(len(data), most)].to_numpy(dtype=object).tolist()
    return [[_cell(value) for value in row] for row in shown], note


def _cell(value: object) -> str:
    return wording.number(float(value)) if isinstance(value, int | float) else str(value)
