"""Sounds, meshes and embeddings are drawn from what they hold, however odd it is."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from reportgen.analysis.media.audio import Sound
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.encoding import encode
from reportgen.figures.media import audio_chart, embedding, mesh

STYLE = RunStyle("#0072b2", "-")
RNG = np.random.default_rng(0)


def sound(samples, frames=None):
    return Sound(8000, np.asarray(samples, float), 1, frames or len(samples))


def test_the_waveform_reaches_every_extreme():
    samples = RNG.uniform(-1, 1, 20_000)
    above = audio_chart.prepare("a", sound(samples), STYLE).draw().axes[1]
    outline = above.collections[0].get_paths()[0].vertices
    assert (outline[:, 1].min(), outline[:, 1].max()) == (samples.min(), samples.max())
    assert above.get_xlim() == (0, 2.5)


def test_what_is_not_looked_at_of_a_long_sound_is_told():
    caption = audio_chart.prepare("a", sound(np.ones(8000), frames=80_000), STYLE).caption()
    assert "Only the first 1 s are drawn." in caption


def test_points_that_are_not_finite_and_faces_without_points_are_left_out():
    vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [np.nan, 0, 0]])
    chart = mesh.prepare("m", vertices, STYLE, faces=[[0, 1, 2], [1, 2, 3], [0, 1, 9]])
    np.testing.assert_array_equal(chart.faces, vertices[[[0, 1, 2]]])
    assert "1 point not finite." in chart.caption()
    assert "2 faces of points that are not there." in chart.caption()


def test_every_face_is_filled_whichever_way_it_turns():
    square = np.array([[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1]], float)
    for faces in ([[0, 1, 2], [0, 2, 3]], [[0, 1, 2], [0, 3, 2]]):
        drawn = mesh.prepare("m", square, STYLE, faces=faces).draw().axes[0].patches
        (patch,) = [artist for artist in drawn if artist.get_gid() != "ground-1"]
        corners = patch.get_path().vertices.reshape(-1, 4, 2)
        (a, b), (c, d) = ((corner[1] - corner[0], corner[2] - corner[0]) for corner in corners)
        assert np.sign(a[0] * b[1] - a[1] * b[0]) == np.sign(c[0] * d[1] - c[1] * d[0])


def test_points_of_one_name_are_together_and_named_at_their_middle():
    points = np.concatenate([RNG.normal(size=(50, 8)), RNG.normal(size=(50, 8)) + 20])
    chart = embedding.prepare("e", points, STYLE, ["low"] * 50 + ["high"] * 50)
    axes = chart.draw().axes[0]
    assert [len(line.get_xdata()) for line in axes.lines] == [50, 50]
    assert [text.get_text() for text in axes.texts] == ["low", "high"]
    assert axes.texts[1].get_position() == pytest.approx(np.median(chart.places[50:], axis=0))


def test_many_points_are_thinned_and_it_is_told():
    chart = embedding.prepare("e", RNG.normal(size=(5000, 3)), STYLE)
    assert len(chart.draw().axes[0].lines[0].get_xdata()) == len(chart.data()) == 1000
    assert "1,000 are drawn, evenly spaced." in chart.caption()


HOSTILE = {
    "no sound": audio_chart.prepare("x", sound([]), STYLE),
    "one sample": audio_chart.prepare("x", sound([0.5]), STYLE),
    "silence": audio_chart.prepare("x", sound(np.zeros(9000)), STYLE),
    "no point": mesh.prepare("x", np.zeros((0, 3)), STYLE),
    "one point": mesh.prepare("x", np.ones((1, 3)), STYLE),
    "only NaN": mesh.prepare("x", np.full((4, 3), np.nan), STYLE),
    "huge mesh": mesh.prepare("x", RNG.normal(size=(4, 3)) * 1e300, STYLE, faces=[[0, 1, 2]]),
    "tiny mesh": mesh.prepare("x", RNG.normal(size=(4, 3)) * 1e-300, STYLE),
    "coloured": mesh.prepare("x", RNG.normal(size=(99, 3)), STYLE, colors=np.full((99, 3), 300)),
    "no embedding": embedding.prepare("x", np.zeros((0, 5)), STYLE),
    "one": embedding.prepare("x", np.ones((1, 5)), STYLE, ["ש" * 500]),
    "NaN": embedding.prepare("x", np.full((3, 5), np.nan), STYLE, list("abc")),
    "constant": embedding.prepare("x", np.ones((9, 5)), STYLE),
    "huge": embedding.prepare("x", RNG.normal(size=(9, 5)) * 1e300, STYLE),
    "tiny": embedding.prepare("x", RNG.normal(size=(9, 5)) * 1e-300, STYLE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_data_is_drawn_or_says_why_not(name):
    chart = HOSTILE[name]
    svg = encode.svg(chart.draw(), "x-")
    ET.fromstring(svg)  # noqa: S314  # ours
    assert not re.search(r'style=|data:|<style|nan|inf["\s]', svg)
    assert chart.caption().endswith(".")
    assert chart.alt().endswith(".")
    chart.data()
