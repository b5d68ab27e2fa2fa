"""Templating: the jinja2 environments, and untrusted Markdown made safe."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import jinja2
import markdown
import nh3
import numpy as np
import pandas as pd
from markupsafe import Markup

from reportgen import assets, wording

_MOST_ROWS = 50
_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h4", "h5", "h6", "hr", "li", "ol", "p"),
    *("pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_LONGEST_TEXT = 100_000  # characters of one text summary


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
    made.filters.update(prose=prose, spark=spark)
    made.globals.update(asset=lambda name: Markup(assets.text(name)))  # noqa: S704  # ours
    return made


def prose(text: str) -> Markup:
    """Untrusted Markdown as HTML without anything that loads, runs or clashes with the page."""
    cut = text[:_LONGEST_TEXT]
    html = markdown.markdown(cut, extensions=["tables", "fenced_code", "sane_lists"])
    for level in "123":  # below the headings of the report's own sections
        html = html.replace(f"<h{level}", "<h4").replace(f"</h{level}>", "</h4>")
    clean = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )
    left = len(text) - len(cut)
    note = f"<p>({left:,} more characters are left out.)</p>" if left else ""
    return Markup(clean + note)  # noqa: S704  # nh3 has cleaned it


def spark(values: Sequence[float]) -> str:
    """The points of a sparkline of 76 x 20 pixels, as an SVG polyline has them."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    across = 72 / max(1, len(values) - 1)
    return " ".join(
        f"{2 + index * across:.1f},{18 - (value - low) / span * 16:.1f}"
        for index, value in enumerate(values)
    )


def rows(data: pd.DataFrame) -> tuple[list[list[str]], str]:
    """A figure's data as text, evenly thinned, and a sentence that says so."""
    places = np.arange(len(data))
    note = ""
    if len(data) > _MOST_ROWS:
        places = np.linspace(0, len(data) - 1, _MOST_ROWS).round().astype(int)
        note = f"{_MOST_ROWS} of {len(data):,} rows, evenly spaced."
    shown = data.iloc[places].to_numpy(dtype=object).tolist()
    return [[_cell(value) for value in row] for row in shown], note


def _cell(value: object) -> str:
    return wording.number(float(value)) if isinstance(value, int | float) else str(value)
