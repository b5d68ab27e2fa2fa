"""Every kind of summary in the committed logs of every writer."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

import reportgen
from reportgen.frames.experiment import COLUMNS

DATA = Path(__file__).parents[1] / "data"
WRITERS = ["clu", "lightning", "mxboard", "stable_baselines", "tensorboardX", "tf1", "tf2", "torch"]
TAGGED = [kind for kind, columns in COLUMNS.items() if "tag" in columns]


@pytest.fixture(scope="module")
def read():
    """Return a function that reads each writer's logs once."""
    return cache(lambda writer: reportgen.read(DATA / writer))


def rows_of(frame, tag):
    return frame[frame["tag"] == tag]


KINDS = {
    "clu": {"scalars", "images", "audio", "texts", "histograms"},
    "lightning": {"scalars"},
    "mxboard": {"scalars", "histograms", "audio", "texts", "curves", "graphs", "embeddings"},
    "stable_baselines": {"scalars"},
    "tensorboardX": set(TAGGED) - {"confusions", "tensors"},
    "tf1": {"scalars", "histograms", "images", "audio", "texts", "tensors", "graphs"},
    "tf2": set(TAGGED) - {"embeddings"},
    "torch": set(TAGGED),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_every_kind_of_a_writer_is_in_its_frame(read, writer):
    assert {kind for kind in TAGGED if len(getattr(read(writer), kind))} == KINDS[writer]


@pytest.mark.parametrize("writer", WRITERS)
def test_every_frame_has_its_documented_columns_and_dtypes(read, writer):
    for kind, columns in COLUMNS.items():
        frame = getattr(read(writer), kind)
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dict(columns)


@pytest.mark.parametrize("writer", WRITERS)
def test_only_profiles_are_not_understood(read, writer):
    health = read(writer).health
    unknown = health["detail"][health["kind"] == "unknown"]
    assert all("profile of a run" in detail for detail in unknown)


@pytest.mark.parametrize("rank", ["types", "vectors"])
@pytest.mark.parametrize(
    "dtype", ["float16", "bfloat16", "float64", "int8", "uint8", "int32", "int64", "bool"]
)
def test_scalars_of_every_dtype_are_scalars(read, rank, dtype):
    values = rows_of(read("tf2").scalars, f"{rank}/{dtype}")["value"]
    assert values.tolist() == [1 if dtype == "bool" else 3]


def test_scalars_of_torch_keep_their_precision(read):
    scalars = read("torch").scalars
    assert rows_of(scalars, "loss/double")["value"].tolist() == [
        1e-300 * (n + 1) for n in range(10)
    ]
    assert rows_of(scalars, "loss/new_style")["value"].tolist() == [
        np.float32(2 / (n + 1)) for n in range(10)
    ]


@pytest.mark.parametrize("writer", ["torch", "tensorboardX", "tf2"])
def test_the_tensors_of_a_mesh_are_one_row(read, writer):
    (solid,) = rows_of(read(writer).meshes, "solid").itertuples()
    np.testing.assert_array_equal(solid.vertices, [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    np.testing.assert_array_equal(solid.faces, [[0, 1, 2], [0, 1, 3]])
    np.testing.assert_array_equal(solid.colors, np.full((4, 3), 200))
    if writer != "tf2":
        (points,) = rows_of(read(writer).meshes, "points").itertuples()
        assert points.vertices.shape == (4, 3)
        assert points.faces.shape == points.colors.shape == (0, 3)


@pytest.mark.parametrize(
    ("writer", "format_", "node"),
    [
        ("tensorboardX", "graph_def", ("y", "MatMul", ("x", "w"))),
        (
            "mxboard",
            "graph_def",
            ("dense/dense", "FullyConnected", ("data", "dense/dense_weight")),
        ),
        ("tf1", "meta_graph_def", ("loss", "Placeholder", ())),
        ("tf2", "keras", ("dense_1", "Dense", ("dense",))),
        ("tf2", "function", ("mul", "Mul", ("mul/x", "x"))),
    ],
)
def test_a_graph_has_its_nodes(read, writer, format_, node):
    graphs = read(writer).graphs
    assert node in graphs["nodes"][graphs["format"] == format_].iloc[0]


def test_the_graph_of_torch_names_its_layers(read):
    (nodes,) = read("torch").graphs["nodes"]
    assert any(node.op == "aten::linear" for node in nodes)


@pytest.mark.parametrize("writer", ["torch", "tensorboardX"])
def test_embeddings_have_points_labels_and_sprite(read, writer):
    flowers, letters = read(writer).embeddings.itertuples()
    assert (flowers.tag, flowers.step, flowers.points.shape) == ("flowers:00002", 2, (3, 4))
    assert flowers.metadata.tolist() == [["iris"], ["rose"], ["oak"]]
    assert flowers.sprite is None
    assert letters.fields == ("name", "count")
    assert letters.metadata.tolist() == [["a", "1"], ["b", "2"]]
    assert letters.sprite.read_bytes().startswith(b"\x89PNG")


def test_layouts_come_from_custom_scalars_and_from_add_scalars(read):
    rows = read("torch").layouts.drop(columns="run").to_numpy().tolist()
    assert ["losses", "both", "multiline", ("loss/.*",), "custom_scalars"] in rows
    band = ("loss/mean", "loss/low", "loss/high")
    assert ["losses", "band", "margin", band, "custom_scalars"] in rows
    lines = ("^compare/loss/train$", "^compare/loss/val$")
    assert ["", "compare/loss", "multiline", lines, "add_scalars"] in rows


def test_metrics_hold_the_last_value_of_each_trial(read):
    trials = read("tf2").metrics.to_numpy().tolist()
    assert [row[:4] for row in trials] == [
        ["trials/trial_0", "accuracy", "", 1],
        ["trials/trial_1", "accuracy", "", 1],
    ]
    assert read("torch").metrics["tag"].tolist() == ["final/accuracy", "final/loss"]


def test_texts_keep_their_shape(read):
    (table,) = rows_of(read("tf2").texts, "table")["text"]
    assert table.tolist() == [["a", "b"], ["1", "2"]]
    (note,) = rows_of(read("tf2").texts, "note")["text"]
    assert (note.shape, note.item()) == ((), "**bold**")


def test_the_tag_of_mxboards_text_is_its_node_name(read):
    assert read("mxboard").texts["tag"].tolist() == ["note"]


def test_videos_are_gifs(read):
    (film,) = rows_of(read("torch").images, "film").itertuples()
    assert film.format == "gif"
    assert film.blob.read().startswith(b"GIF8")


def test_histograms_without_values_and_of_a_constant(read):
    histograms = read("tf2").histograms
    (nothing,) = rows_of(histograms, "nothing").itertuples()
    assert nothing.num == 0
    (constant,) = rows_of(histograms, "constant").itertuples()
    assert constant.num == 5
    assert constant.left[-1] == constant.right[-1] == 1


def test_other_tensors_keep_shape_and_dtype(read):
    (half,) = rows_of(read("torch").tensors, "half")["tensor"]
    np.testing.assert_array_equal(half, np.arange(4, dtype=np.float16), strict=True)
    (counts,) = rows_of(read("torch").tensors, "counts")["tensor"]
    assert counts.shape == (2, 3)
    assert counts.dtype == np.int64


def test_lightnings_parameters_are_read_from_hparams_yaml(read):
    hparams = read("lightning").hparams.query("run == 'lightning_logs/version_0'")
    assert dict(zip(hparams["name"], hparams["value"], strict=True)) == {
        "batch_size": 32,
        "lr": 0.001,
        "model.hidden": "[64, 32]",
        "model.dropout": "None",
        "optimizer": "adam",
        "shuffle": True,
    }
