"""HTML: the report as one page that loads nothing."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from reportgen.outputs.templating import environment, rows
from reportgen.report.draw import Drawing
from reportgen.report.model import Report


def render(report: Report, drawings: Mapping[str, Drawing]) -> bytes:
    """The page.

    Args:
        report: what `build` made.
        drawings: of every figure, by id, with `svg`.
    """
    template = environment().get_template("report.html.j2")
    page = template.render(
        report=report,
        drawings=drawings,
        rows=rows,
        base64=lambda data: base64.b64encode(data).decode("ascii"),
        kind=lambda block: type(block).__name__,
    )
    return page.encode("utf-8", "replace")
