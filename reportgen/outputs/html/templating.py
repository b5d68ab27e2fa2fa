"""Templating: the jinja2 environment of HTML, and what its templates call."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import jinja2
import pandas as pd
from markupsafe import Markup

from reportgen import assets, wording
from reportgen.analysis.evenly import evenly
from reportgen.outputs.html.bidi import breakable
from reportgen.outputs.html.prose import prose


@cache
def environment() -> jinja2.Environment:
    """The environment of HTML templates: everything is escaped, nothing undefined passes."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(assets.path("")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(prose=prose, spark=spark, breakable=breakable)
    made.globals.update(asset=lambda name: Markup(assets.text(name)))  # noqa: S704  # ours
    return made


def spark(values: Sequence[float]) -> str:
    """The points of a sparkline of 76 x 20 pixels, as an SVG polyline has them."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    across = 72 / max(1, len(values) - 1)
    return " ".join(
        f"{2 + index * across:.1f},{18 - (value - low) / span * 16:.1f}"
        for index, value in enumerate(values)
    )


def rows(data: pd.DataFrame, most: int) -> tuple[list[list[str]], str]:
    """A figure's data as text, evenly thinned, and a sentence that says so.

    Args:
        data: a row a point.
        most: how many rows are kept, at least 2.
    """
    note = f"{most} of {len(data):,} rows, evenly spaced." if len(data) > most else ""
    shown = data.iloc[evenly(len(data), most)].to_numpy(dtype=object).tolist()
    return [[_cell(value) for value in row] for row in shown], note


def _cell(value: object) -> str:
    return wording.number(float(value)) if isinstance(value, int | float) else str(value)
