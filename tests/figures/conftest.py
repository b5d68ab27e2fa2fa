"""The gallery example's figures, which several tests of figures look at."""

import subprocess
import sys
from pathlib import Path

import pytest

import reportgen
from figures import shared
from reportgen.figures.curves.crowd_chart import CrowdChart

GALLERY = Path(__file__).parents[2] / "examples" / "gallery.py"


@pytest.fixture(scope="session")
def gallery(tmp_path_factory):
    """The directory of the logs that the gallery example writes for a few epochs."""
    folder = tmp_path_factory.mktemp("gallery")
    words = [sys.executable, GALLERY, folder, "--epochs", "15"]
    subprocess.run(words, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def charts(gallery):
    """The first chart of each kind in the gallery's report, what looks different of it apart."""
    report = reportgen.build(reportgen.read(gallery), reportgen.Options(histograms="all"))
    return {_name(block.chart): block.chart for block in reversed(report.figures())}


def _name(chart):
    """The kind; of a few kinds, what looks different has another name."""
    if chart.kind == "curves" and any(line.line for line in chart.series):
        return "lines"
    if isinstance(chart, CrowdChart):
        return "crowd"
    if chart.kind == "mesh" and len(chart.faces):
        return "surface"
    if chart.kind in ("ridgeline", "heat_map", "percentiles") and chart.linear:
        return f"{chart.kind}_symlog"
    return chart.kind


@pytest.fixture
def checked():
    """The check as a fixture, for modules that need no other name from here."""
    return shared.check
