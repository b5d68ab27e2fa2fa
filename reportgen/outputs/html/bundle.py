"""Bundle: the report as a folder that is whole where neither scripts nor inline styles may be.

Jenkins, for one, serves build artifacts under `sandbox allow-same-origin; default-src 'none';
img-src 'self'; style-src 'self'`. So the style is one file, every figure is a picture in two
files, for light and for dark ground, and there is no script.
"""

from __future__ import annotations

import re

from reportgen import assets
from reportgen.figures.canvas.style import DARK
from reportgen.outputs.html.html import file_name, page, style_sheet
from reportgen.outputs.job import Files, Job
from reportgen.report.model import Audio, Media

_FONT = 'font-family="system-ui, -apple-system, Segoe UI, Roboto, DejaVu Sans, sans-serif"'
_COLOR = re.compile(r'(?<==")#[0-9a-f]{6}(?=")')


def render(job: Job) -> Files:
    """The folder; its `index.html` is the page."""
    report, drawings = job.report, job.drawings
    files = {
        "index.html": page(report, drawings, inline=False, icon="icon.svg"),
        "report.css": style_sheet().encode(),
        "icon.svg": assets.text("icon.svg").encode(),
    }
    for block in report.figures():
        light = drawings[block.id].svg.replace("<svg ", f"<svg {_FONT} ", 1)
        files[f"{block.id}.svg"] = light.encode("utf-8", "replace")
        files[f"{block.id}.dark.svg"] = _dark(light).encode("utf-8", "replace")
    media = (block for section in report.sections for block in section.blocks)
    for one in media:
        if isinstance(one, Media | Audio):
            files[file_name(one)] = one.data
    return {job.target.path: files}


def _dark(svg: str) -> str:
    """The same figure in the colours for dark ground."""
    return _COLOR.sub(lambda found: DARK.get(found[0], found[0]), svg)
