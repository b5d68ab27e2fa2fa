"""A history as a page that loads nothing and needs no script."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reportgen import assets
from reportgen.figures.encoding import encode
from reportgen.history.chart import draw
from reportgen.history.rows import Row
from reportgen.history.series import MetricSeries
from reportgen.outputs.html.html import style_hash, style_sheet
from reportgen.outputs.html.templating import base64_of, environment


def as_html(
    title: str, rows: Sequence[Row], series: Sequence[MetricSeries], problems: Sequence[str]
) -> bytes:
    """Return a chart a metric and a table with a row a report, the newest first.

    Args:
        title: of the page.
        rows: the newest first.
        series: in the order of the charts.
        problems: a line for each place that gave no report.
    """
    charts = [
        Markup(encode.svg(draw(curve), f"m{place}"))  # noqa: S704  # ours; texts in it are escaped
        for place, curve in enumerate(series)
    ]
    style = style_sheet()
    text = (
        environment()
        .get_template("history.html.j2")
        .render(
            title=title,
            rows=rows,
            series=series,
            charts=charts,
            problems=problems,
            icon=f"data:image/svg+xml;base64,{base64_of(assets.text('icon.svg'))}",
            style=Markup(style),  # noqa: S704  # ours
            style_hash=style_hash(style),
        )
    )
    return text.encode("utf-8", "replace")
