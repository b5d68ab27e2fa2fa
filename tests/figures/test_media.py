"""Sounds, meshes and embeddings are drawn from plain arrays, bounded and told."""

import io
import wave

import numpy as np
import pytest

from reportgen.analysis import wav
from reportgen.analysis.scopes import folded
from reportgen.figures import audio, embedding, encode, mesh
from reportgen.figures.style import RunStyle
from reportgen.report.sections import graph

STYLE = RunStyle("#0072b2", "-")
SINE = np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000)


def wav_of(samples, width=2, channels=1, rate=16_000):
    """The bytes of a WAV file of samples between -1 and 1."""
    stream = io.BytesIO()
    scaled = np.repeat(samples, channels) * (2.0 ** (8 * width - 1) - 1)
    if width == 1:
        raw = (scaled + 128).astype(np.uint8).tobytes()
    else:
        raw = scaled.astype("<i8").view(np.uint8).reshape(-1, 8)[:, :width].tobytes()
    with wave.open(stream, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(raw)
    return stream.getvalue()


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_pcm_of_every_width_is_read(width, channels):
    sound = wav.read(wav_of(SINE, width, channels))
    np.testing.assert_allclose(sound.samples, SINE, atol=2.0 ** (2 - 8 * width))
    assert sound.seconds == 1


@pytest.mark.parametrize("data", [b"", b"RIFF", b"\0" * 100, wav_of(SINE)[:20], wav_of(SINE[:0])])
def test_what_is_no_sound_is_none(data):
    assert wav.read(data) is None


def test_a_truncated_sound_is_read_as_far_as_it_goes():
    assert len(wav.read(wav_of(SINE)[:1001]).samples) == (1001 - 44) // 2


def test_a_tone_is_one_band_of_the_spectrogram(checked):
    chart = audio.prepare("tone", wav.read(wav_of(SINE)), STYLE)
    row = int(440 / 8000 * 64)
    assert (chart.levels[10:-10].argmax(axis=1) == row).all()
    assert chart.high.max() == pytest.approx(1, abs=1e-3)
    assert chart.loudness == pytest.approx(np.sqrt(0.5), abs=1e-3)
    checked(chart)


@pytest.mark.parametrize("samples", [np.zeros(1), np.zeros(5000), np.ones(3)])
def test_short_sounds_and_silence_are_drawn_and_told(samples, checked):
    chart = audio.prepare("s", wav.read(wav_of(samples)), STYLE)
    checked(chart)
    assert ("Silence." in chart.caption()) == (not samples.any())


def test_the_points_of_a_cloud_are_those_logged_and_bounded(checked):
    points = np.random.default_rng(0).normal(size=(200, 3))
    chart = mesh.prepare("m", points, colors=np.tile([255, 0, 0], (200, 1)))
    line = chart.draw().axes[0].get_lines()[0]
    np.testing.assert_array_equal(np.array(line.get_data_3d()).T, points)
    assert line.get_color() == "#ff0000"
    checked(chart)
    many = mesh.prepare("m", np.random.default_rng(0).normal(size=(100_000, 3)))
    assert "1,500 of 100,000 points drawn" in many.caption()
    assert len(encode.svg(many.draw(), "x-")) < 100_000


@pytest.mark.parametrize("scale", [1.0, 1e300, 1e-300])
def test_faces_are_drawn(scale, checked):
    corners = scale * np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [np.nan, 0, 0]])
    chart = mesh.prepare("m", corners, np.array([[0, 1, 2], [0, 1, 3], [0, 1, 4], [0, 1, 9]]))
    assert len(chart.faces) == 2
    checked(chart)


@pytest.mark.parametrize("points", [np.zeros((0, 3)), np.full((2, 3), np.nan), np.ones((1, 3))])
def test_clouds_without_extent_are_drawn_or_told(points, checked):
    checked(mesh.prepare("m", points))


def test_the_plane_of_an_embedding_holds_the_most_variance(checked):
    rng = np.random.default_rng(0)
    plane = rng.normal(size=(300, 2)) * [5, 2]
    vectors = plane @ np.linalg.qr(rng.normal(size=(20, 2)))[0].T + rng.normal(0, 1e-3, (300, 20))
    chart = embedding.prepare("e", vectors, ["a", "b", "c"] * 100)
    distances = [np.linalg.norm(part[:, None] - part, axis=2) for part in (chart.points, plane)]
    np.testing.assert_allclose(*distances, atol=0.02)
    assert sum(chart.kept) > 0.999
    drawn = sum(len(line.get_xdata()) for line in chart.draw().axes[0].get_lines())
    assert drawn == 300
    checked(chart)


@pytest.mark.parametrize(
    "vectors",
    [
        np.zeros((0, 4)),
        np.zeros((1, 4)),
        np.ones((5, 1)),
        np.full((3, 2), np.nan),
        np.array([[1e300, -1e300], [-1e300, 1e300]]),
        np.full((4, 3), 1e-300),
    ],
)
def test_hostile_embeddings_are_drawn_or_told(vectors, checked):
    checked(embedding.prepare("e", vectors, [str(i) for i in range(len(vectors))]))


def test_a_graph_is_folded_to_its_name_scopes():
    nodes = [(f"model/layer{i}/op{j}", "MatMul") for i in range(5) for j in range(30)]
    rows = folded([*nodes, ("loss", "Mean")], most=10)
    assert [(row.name, row.depth, row.nodes) for row in rows] == [
        ("model", 0, 150),
        *[(f"layer{i}", 1, 30) for i in range(5)],
        ("loss", 0, 1),
    ]
    table = graph.table("graph", nodes)
    assert table.rows[1][2].text == "30 × MatMul"  # noqa: RUF001
    assert table.note == "150 nodes in all."
