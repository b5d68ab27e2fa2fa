"""Compares the frames with tensorboard's reader on files that tensorboardX wrote."""

import numpy as np
import pytest

import reportgen

STEPS = range(5)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory):
    """Write one run with every kind."""
    from tensorboardX import SummaryWriter
    from tensorboardX.proto.summary_pb2 import Summary
    from tensorboardX.summary import hparams

    path = tmp_path_factory.mktemp("runs") / "all"
    rng = np.random.default_rng(0)
    with SummaryWriter(str(path)) as writer:
        for step in STEPS:
            writer.add_scalar("train/loss", [1.5, float("nan"), -2e-9, float("inf"), 7][step], step)
            writer.add_scalar("späße/日本", step / 3, step)
            writer.add_histogram("weights", rng.normal(size=200), step)
            writer.add_text("note", f"*step* {step}", step)
            writer.add_image("picture", rng.random((3, 4, 6)), step)
            tone = Summary.Audio(sample_rate=8000, encoded_audio_string=rng.bytes(99))
            value = Summary.Value(tag="tone", audio=tone)
            writer.file_writer.add_summary(Summary(value=[value]), step)
            writer.add_pr_curve("pr", rng.integers(0, 2, 50), rng.random(50), step)
        writer.file_writer.add_summary(hparams({"rate": 0.1, "net": "small", "deep": True}, {})[1])
    return path


@pytest.fixture(scope="module")
def experiment(logdir):
    return reportgen.read(logdir)


@pytest.fixture(scope="module")
def oracle(logdir):
    """Return tensorboard's reader without sampling."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    everything = {"scalars": 0, "tensors": 0, "histograms": 0, "images": 0, "audio": 0}
    accumulator = EventAccumulator(str(logdir), size_guidance=everything)
    accumulator.Reload()
    return accumulator


def rows_of(frame, tag):
    """Return the rows of one tag."""
    return frame[frame["tag"] == tag]


def test_scalars_are_equal_bit_for_bit(experiment, oracle):
    assert set(experiment.scalars["tag"]) == set(oracle.Tags()["scalars"])
    for tag in oracle.Tags()["scalars"]:
        events = oracle.Scalars(tag)
        rows = rows_of(experiment.scalars, tag)
        np.testing.assert_array_equal(rows["value"], [event.value for event in events])
        np.testing.assert_array_equal(rows["step"], [event.step for event in events])
        np.testing.assert_array_equal(rows["wall_time"], [event.wall_time for event in events])


def test_histograms_are_equal(experiment, oracle):
    rows = rows_of(experiment.histograms, "weights")
    for (_, row), event in zip(rows.iterrows(), oracle.Histograms("weights"), strict=True):
        value = event.histogram_value
        np.testing.assert_array_equal(row["right"], value.bucket_limit)
        np.testing.assert_array_equal(row["count"], value.bucket)
        assert row[["min", "max", "num", "sum", "sum_squares"]].tolist() == [
            value.min,
            value.max,
            value.num,
            value.sum,
            value.sum_squares,
        ]


def test_images_and_sounds_are_equal(experiment, oracle):
    for row, event in zip(experiment.images.itertuples(), oracle.Images("picture"), strict=True):
        assert row.blob.read() == event.encoded_image_string
        assert (row.width, row.height, row.format) == (event.width, event.height, "png")
    for row, event in zip(experiment.audio.itertuples(), oracle.Audio("tone"), strict=True):
        assert row.blob.read() == event.encoded_audio_string
        assert row.sample_rate == event.sample_rate


def test_texts_are_equal(experiment, oracle):
    events = oracle.Tensors("note/text_summary")
    rows = rows_of(experiment.texts, "note/text_summary")
    for text, event in zip(rows["text"], events, strict=True):
        assert list(text.flat) == [piece.decode() for piece in event.tensor_proto.string_val]


def test_pr_curves_are_equal(experiment, oracle):
    from tensorboard.util.tensor_util import make_ndarray

    names = ["tp", "fp", "tn", "fn", "precision", "recall"]
    rows = rows_of(experiment.curves, "pr")
    for (_, row), event in zip(rows.iterrows(), oracle.Tensors("pr"), strict=True):
        np.testing.assert_array_equal(
            np.stack([row[name] for name in names]), make_ndarray(event.tensor_proto)
        )


def test_parameters_keep_their_types(experiment):
    values = dict(zip(experiment.hparams["name"], experiment.hparams["value"], strict=True))
    assert values == {"rate": 0.1, "net": "small", "deep": True}


def test_every_frame_has_its_documented_columns_and_dtypes(experiment):
    from reportgen.frames.experiment import COLUMNS

    for kind, columns in COLUMNS.items():
        frame = getattr(experiment, kind)
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dict(columns)
