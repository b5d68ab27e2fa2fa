"""Frames and checks that the tests of figures share."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd

from reportgen.analysis.annotated import annotated
from reportgen.figures.canvas.style import run_styles
from reportgen.figures.encoding import encode

SVG = "{http://www.w3.org/2000/svg}"


def scalars_of(lines):
    """An annotated scalars frame of `{(run, tag): values}` or `{...: (steps, values)}`."""
    parts = []
    for (run, tag), line in lines.items():
        steps, values = line if isinstance(line, tuple) else (np.arange(len(line)), line)
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
    lines = [line for line in figure.axes[0].get_lines() if line.get_gid() == gid]
    assert len(lines) == 1, gid
    return lines[0].get_xdata(), lines[0].get_ydata()


def gids(figure):
    """The gids of all lines."""
    return {line.get_gid() for line in figure.axes[0].get_lines()}


def check(chart):
    """What holds for every chart, whatever it shows."""
    assert not chart.caption() or chart.caption().endswith(".")
    assert "nan%" not in chart.caption().lower()
    assert chart.alt().endswith(".")
    assert isinstance(chart.data(), pd.DataFrame)
    figure = chart.draw()
    text = encode.svg(figure, "name-")
    for drawn in (figure, chart.draw(legend=True)):
        encode.png(drawn)
    root = ET.fromstring(text)  # noqa: S314  # ours
    text = re.sub(r">[^<]+</text>", "></text>", text)  # names and "NaN" are for the reader
    for word in (" style=", "data:", "<style", "<image", "nan", "inf"):
        assert word not in text.replace("infinite", "").lower() or word in chart.title.lower(), word
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    return root
