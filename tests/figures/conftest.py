"""Frames and checks that the tests of figures share."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import reportgen
from reportgen.analysis.series import annotated
from reportgen.figures import encode
from reportgen.figures.style import run_styles

SVG = "{http://www.w3.org/2000/svg}"


def scalars_of(lines):
    """An annotated scalars frame of `{(run, tag): values}` or `{...: (steps, values)}`."""
    parts = []
    for (run, tag), given in lines.items():
        steps, values = given if isinstance(given, tuple) else (np.arange(len(given)), given)
        parts.append(
            pd.DataFrame(
                {
                    "run": run,
                    "tag": tag,
                    "step": np.asarray(steps, np.int64),
                    "wall_time": 1.7e9 + np.asarray(steps, float),
                    "value": np.asarray(values, float),
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    names = list(dict.fromkeys(frame["run"]))
    runs = pd.DataFrame({"run": names, "group": names, "split": "", "rank": -1})
    return annotated(frame, runs)


def styles_of(frame):
    """A style for each run group of an annotated frame."""
    return run_styles(list(dict.fromkeys(frame["group"])))


def line(figure, gid):
    """x and y of the one line with this gid."""
    found = [one for one in figure.axes[0].get_lines() if one.get_gid() == gid]
    assert len(found) == 1, gid
    return found[0].get_xdata(), found[0].get_ydata()


def gids(figure):
    """The gids of all lines."""
    return {one.get_gid() for one in figure.axes[0].get_lines()}


def check(chart):
    """What holds for every chart, whatever it shows."""
    assert chart.caption().endswith(".")
    assert "nan%" not in chart.caption().lower()
    assert chart.alt().endswith(".")
    assert isinstance(chart.data(), pd.DataFrame)
    figure = chart.draw()
    for legend in (False, True):
        encode.png(chart.draw(legend=legend))
    text = encode.svg(figure, "name-")
    root = ET.fromstring(text)  # noqa: S314  # ours
    for word in (" style=", "data:", "<style", "<image", "nan", "inf"):
        assert word not in text.replace("infinite", "").lower() or word in chart.title.lower(), word
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    return root


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
    if chart.kind == "curves" and any(one.line for one in chart.series):
        return "lines"
    if chart.kind == "mesh" and len(chart.faces):
        return "surface"
    if chart.kind in ("ridgeline", "heat_map", "percentiles") and chart.linear:
        return f"{chart.kind}_symlog"
    return chart.kind


@pytest.fixture
def checked():
    """The check as a fixture, for modules that need no other name from here."""
    return check
