"""HTML: the report as one page that loads nothing."""

from __future__ import annotations

import base64

from reportgen.outputs.job import Files, Job
from reportgen.outputs.templating import environment, rows


def render(job: Job) -> Files:
    """The page."""
    template = environment().get_template("report.html.j2")
    page = template.render(
        report=job.report,
        drawings=job.drawings,
        rows=rows,
        base64=lambda data: base64.b64encode(data).decode("ascii"),
        kind=lambda block: type(block).__name__,
    )
    return {job.target.path: page.encode("utf-8", "replace")}
