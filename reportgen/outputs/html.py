"""HTML: the report as one page that loads nothing."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from reportgen import assets
from reportgen.figures.style import DARK
from reportgen.outputs.job import Files, Job
from reportgen.outputs.templating import environment, rows


def render(job: Job) -> Files:
    """The page."""
    style = assets.text("report.css") + _dark_rules()
    page = (
        environment()
        .get_template("report.html.j2")
        .render(
            report=job.report,
            drawings=job.drawings,
            rows=rows,
            style=Markup(style),  # noqa: S704  # ours
            style_hash=_hash(style),
            base64=lambda data: base64.b64encode(data).decode("ascii"),
            kind=lambda block: type(block).__name__,
        )
    )
    return {job.target.path: page.encode("utf-8", "replace")}


def _dark_rules() -> str:
    """A rule for each colour of a figure: a style sheet goes before an SVG's own attributes."""
    rules = "".join(
        f'[{name}="{light}"]{{{name}:light-dark({light},{dark})}}\n'
        for light, dark in DARK.items()
        for name in ("fill", "stroke")
    )
    return f"@supports (color: light-dark(#000, #fff)) {{\n{rules}}}\n"


def _hash(text: str) -> str:
    """As a Content-Security-Policy names an inline element that it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
