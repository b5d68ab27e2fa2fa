"""Our axes stand where matplotlib's own would."""

import re
from unittest.mock import patch

import numpy as np
import pytest

from reportgen.figures.canvas.style import new_figure, styled
from reportgen.figures.canvas.ticks import logarithmic
from reportgen.figures.encoding import encode, svg_axis


def both_ways(draw):
    """The SVG of a figure with our axes, and with matplotlib's."""
    with styled():
        ours = encode.svg(draw(), "a")
        with patch.object(svg_axis, "_is_plain", lambda _: False):
            return ours, encode.svg(draw(), "a")


def curve(low, high, log=False):
    def draw():
        figure, axes = new_figure()
        axes.plot(np.linspace(0, 12_345, 50), np.linspace(low, high, 50))
        if log:
            logarithmic(axes)
        axes.set_xlabel("step")
        axes.set_ylabel("a < b & c")
        axes.xaxis.set_gid("x")
        axes.yaxis.set_gid("y")
        return figure

    return draw


def texts(svg):
    """Text, and where it stands."""
    flat = re.findall(r'<text x="([-.\d]+)" y="([-.\d]+)"[^>]*>(.*?)</text>', svg)
    turned = re.findall(
        r"<text transform=\"translate\(([-.\d]+) ([-.\d]+)\)[^>]*>(.*?)</text>", svg
    )
    return {text: (float(x), float(y)) for x, y, text in flat + turned}


def places(svg, color):
    """Where the lines of a colour start and how far they go."""
    paths = re.findall(rf'<path d="([^"]+)" stroke="{color}"', svg)
    pieces = [piece for path in paths for piece in path.split("M") if piece]
    return sorted(
        tuple(float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", piece))
        for piece in pieces
    )


@pytest.mark.parametrize(
    ("low", "high", "log"),
    [(0.0, 1.0, False), (-3e-7, 2e-7, False), (1e5, 4e7, False), (1e-4, 30.0, True)],
)
def test_ticks_labels_and_grid_stand_where_matplotlib_puts_them(low, high, log):
    ours, theirs = both_ways(curve(low, high, log=log))
    assert texts(ours).keys() == texts(theirs).keys()
    for text, place in texts(ours).items():
        np.testing.assert_allclose(place, texts(theirs)[text], atol=1.5, err_msg=text)
    for color in ("#eceef1", "#5b616b"):
        np.testing.assert_allclose(places(ours, color), places(theirs, color), atol=0.11)


def test_a_page_finds_the_axes_by_their_names():
    ours, theirs = both_ways(curve(0, 1))
    ids = re.findall(r'id="([^"]+)"', ours)
    assert ids == re.findall(r'id="([^"]+)"', theirs)
    assert {"a-x", "a-y"} <= set(ids)


def test_an_axis_with_settings_of_its_own_is_left_to_matplotlib():
    def draw():
        figure, axes = new_figure()
        axes.plot([0, 1], [0, 1])
        axes.tick_params(axis="x", labelrotation=90)
        axes.set_yticks([0, 1], ["none", "all"])
        return figure

    ours, theirs = both_ways(draw)
    assert ours == theirs


def test_the_figure_is_as_it_was():
    with styled():
        figure = curve(0, 1)()
        first = encode.svg(figure, "a")
        assert encode.svg(figure, "a") == first
        assert figure.axes[0].xaxis.get_visible()
