"""Bundle: the report as a folder, for hosts that allow neither scripts nor inline styles.

Jenkins, for one, serves build artifacts under `sandbox allow-same-origin; default-src 'none';
img-src 'self'; style-src 'self'`. So the style is one file, every figure is a picture in two
files, for light and for dark backgrounds, and there is no script.
"""

from __future__ import annotations

import re

from reportgen import assets
from reportgen.figures.canvas.style import DARK
from reportgen.outputs.html.html import file_name, page, style_sheet
from reportgen.outputs.job import Files, Job
from reportgen.report.blocks import Audio, Media

_FONT = 'font-family="system-ui, -apple-system, Segoe UI, Roboto, DejaVu Sans, sans-serif"'
_COLOR = re.compile(r'(?<==")#[0-9a-f]{6}(?=")')


def render(job: Job) -> Files:
    """Return the folder; its `index.html` is the page."""
    report, drawings = job.report, job.drawings
    files = {
        "index.html": page(report, drawings, job.settings.refresh, inline=False, icon="icon.svg"),
        "report.css": style_sheet().encode(),
        "icon.svg": assets.text("icon.svg").encode(),
    }
    for figure in report.figures():
        light = drawings[figure.id].svg.replace("<svg ", f"<svg {_FONT} ", 1)
        files[f"{figure.id}.svg"] = light.encode("utf-8", "replace")
        files[f"{figure.id}.dark.svg"] = _dark(light).encode("utf-8", "replace")
    for block in report.blocks():
        if isinstance(block, Media | Audio):
            files[file_name(block)] = block.data
    return {job.target.path: files}


def _dark(svg: str) -> str:
    """Return the same figure in the colours for a dark background."""
    return _COLOR.sub(lambda match: DARK.get(match[0], match[0]), svg)
