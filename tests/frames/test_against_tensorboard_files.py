"""Compares every value of every committed file with tensorboard's record reader, bit for bit.

Tests name the deliberate differences.
"""

import logging
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportgen

DATA = Path(__file__).parents[1] / "data"
FILES = sorted(path for path in DATA.rglob("*tfevents*"))
HALF_OF_TORCH = "half"
UNREADABLE = {HALF_OF_TORCH, "types/bfloat16", "vectors/bfloat16"}  # for tensorboard


def events(path):
    """Return the events as tensorboard reads them, without its conversions."""
    from tensorboard.backend.event_processing.event_file_loader import LegacyEventFileLoader

    logging.getLogger("tensorboard").setLevel(logging.ERROR)
    return list(LegacyEventFileLoader(str(path)).Load())


def readable(path):
    """Return the values that tensorboard can read."""
    return (row for row in values(path) if row[0] not in UNREADABLE)


def values(path):
    """Yield (tag, plugin, event, value) with the plugin that the tag's first value names."""
    plugins = {}
    for event in events(path):
        for value in event.summary.value:
            plugin = value.metadata.plugin_data.plugin_name
            plugins[value.tag] = plugin or plugins.get(value.tag, "")
            yield value.tag or value.node_name, plugins[value.tag], event, value


def array(value):
    from tensorboard.util.tensor_util import make_ndarray

    return make_ndarray(value.tensor)


def bits(number):
    return np.float64(number).tobytes()


def scalar(plugin, value):
    """Return the number of a value; None if it is not a scalar."""
    if value.HasField("simple_value"):
        return value.simple_value
    if value.HasField("tensor") and plugin in ("", "scalars"):
        tensor = array(value)
        if tensor.size == 1 and tensor.ndim <= 1 and tensor.dtype != object:
            return tensor.reshape(-1)[0]
    return None


def expected_scalars(path):
    return [
        (tag, event.step, event.wall_time, bits(scalar(plugin, value)))
        for tag, plugin, event, value in readable(path)
        if scalar(plugin, value) is not None
    ]


def read_scalars(path):
    """Return the scalars of one file without dropping any."""
    frame = reportgen.read(path, restarts="keep-all").scalars
    frame = frame[~frame["tag"].isin(UNREADABLE)]
    columns = (frame[name].tolist() for name in ("tag", "step", "wall_time", "value"))
    return [(*key, bits(number)) for *key, number in zip(*columns, strict=True)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).parent.as_posix())
class TestFile:
    def test_scalars_are_equal(self, path):
        assert read_scalars(path) == expected_scalars(path)

    def test_histograms_are_equal(self, path):
        frame = reportgen.read(path, restarts="keep-all").histograms
        ours = [
            (row.tag, row.step, row.left.tobytes(), row.right.tobytes(), row.count_.tobytes())
            for row in frame.rename(columns={"count": "count_"}).itertuples()
        ]
        assert [(tag, step, right, count) for tag, step, _, right, count in ours] == [
            (tag, event.step, *edges(value)[1:])
            for tag, plugin, event, value in values(path)
            if value.HasField("histo") or plugin == "histograms"
        ]

    def test_pictures_and_sounds_are_equal(self, path):
        experiment = reportgen.read(path, restarts="keep-all")
        frames = (experiment.images, experiment.audio)
        ours = Counter(
            (row.tag, row.step, row.blob.read()) for frame in frames for row in frame.itertuples()
        )
        assert ours == Counter(
            (tag, event.step, encoded)
            for tag, plugin, event, value in values(path)
            for encoded in media(plugin, value)
        )

    def test_every_other_tensor_is_equal(self, path):
        experiment = reportgen.read(path, restarts="keep-all")
        ours = [(row.tag, row.step, row.tensor) for row in experiment.tensors.itertuples()]
        ours += [(row.tag, row.step, row.matrix) for row in experiment.confusions.itertuples()]
        theirs = [
            (tag, event.step, confusion(tag, array(value)))
            for tag, plugin, event, value in readable(path)
            if value.HasField("tensor") and plugin in ("", "tensor")
            if scalar(plugin, value) is None
        ]
        assert counted(ours) == counted(theirs)

    def test_texts_and_curves_are_equal(self, path):
        experiment = reportgen.read(path, restarts="keep-all")
        ours = [(row.tag, list(row.text.flat)) for row in experiment.texts.itertuples()]
        assert ours == [
            (tag, [text.decode() for text in array(value).flat])
            for tag, plugin, _, value in readable(path)
            if value.HasField("tensor") and plugin in ("", "text")
            if array(value).dtype == object
        ]
        names = ["tp", "fp", "tn", "fn", "precision", "recall"]
        curves = [
            (row.tag, np.stack([getattr(row, name) for name in names]).tobytes())
            for row in experiment.curves.itertuples()
        ]
        assert curves == [
            (tag, array(value).astype("f8").tobytes())
            for tag, plugin, _, value in readable(path)
            if plugin == "pr_curves"
        ]


def edges(value):
    """Return left and right edges and counts; TF1's encoding has no left edges."""
    if value.HasField("histo"):
        return None, *(
            np.array(column, "f8").tobytes()
            for column in (value.histo.bucket_limit, value.histo.bucket)
        )
    left, right, count = array(value).astype("f8").T
    return left.tobytes(), right.tobytes(), count.tobytes()


def media(plugin, value):
    if value.HasField("image"):
        return [value.image.encoded_image_string]
    if value.HasField("audio"):
        return [value.audio.encoded_audio_string]
    if value.HasField("tensor") and plugin == "images":
        return list(array(value)[2:])
    if value.HasField("tensor") and plugin == "audio":
        return list(array(value)[:, 0])
    return []


def counted(tensors):
    """Numeric tensors by tag, step, dtype, shape and bytes."""
    return Counter(
        (tag, step, str(tensor.dtype), tensor.shape, tensor.tobytes())
        for tag, step, tensor in tensors
        if tensor.dtype != object and tag not in UNREADABLE
    )


def confusion(tag, tensor):
    """Confusion matrices are kept as float64."""
    return tensor.astype("f8") if tag == "confusion" else tensor


def test_tensors_that_tensorboard_cannot_read_are_read():
    """It does not support bfloat16, and torch's half numbers are wider than it expects."""
    for writer, wanted in (("torch", HALF_OF_TORCH), ("tf2", "types/bfloat16")):
        (path,) = (DATA / writer / "every_kind").glob("*tfevents*")
        (value,) = (value for tag, _, _, value in values(path) if tag == wanted)
        with pytest.raises((TypeError, OverflowError)):
            array(value)
    tensors = reportgen.read(DATA / "torch").tensors
    (half,) = tensors["tensor"][tensors["tag"] == HALF_OF_TORCH]
    np.testing.assert_array_equal(half, [0, 1, 2, 3])
    scalars = reportgen.read(DATA / "tf2").scalars
    assert scalars["value"][scalars["tag"] == "types/bfloat16"].tolist() == [3]


def test_tensorboards_server_keeps_records_that_a_restart_made_void():
    """Its older reader drops them as we do."""
    from tensorboard.backend.event_processing import event_accumulator, plugin_event_accumulator

    path = str(DATA / "torch" / "resumed")
    server = plugin_event_accumulator.EventAccumulator(path, tensor_size_guidance={"scalars": 0})
    older = event_accumulator.EventAccumulator(path, size_guidance={"scalars": 0})
    server.Reload()
    older.Reload()
    steps = {
        "keep-all": [event.step for event in server.Tensors("loss")],
        "session": [event.step for event in older.Scalars("loss")],
    }
    for policy, theirs in steps.items():
        frame = reportgen.read(path, restarts=policy).scalars
        assert sorted(frame["step"][frame["tag"] == "loss"]) == sorted(theirs)


NUMBERS = st.floats(width=32)
TAGS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
LOGS = st.lists(
    st.tuples(
        TAGS,
        NUMBERS,
        st.integers(-(2**63), 2**63 - 1),
        st.floats(0, 4e9),
        st.sampled_from(["scalar", "text", "histogram"]),
    ),
    max_size=30,
)


@pytest.mark.slow
@given(logged=LOGS)
@settings(max_examples=30, deadline=None)
def test_random_logs_of_tensorboardx_are_equal(logged, tmp_path_factory):
    from tensorboardX import SummaryWriter

    path = tmp_path_factory.mktemp("random")
    with SummaryWriter(str(path)) as writer:
        for tag, number, step, time, kind in logged:
            if kind == "text":
                writer.add_text(tag, str(number), step, walltime=time)
            elif kind == "histogram":
                writer.add_histogram_raw(tag, 0, 1, 1, 1, 1, [1.0], [1.0], step, walltime=time)
            else:
                writer.add_scalar(tag, number, step, time)
    (file,) = path.iterdir()
    assert read_scalars(file) == expected_scalars(file)
    experiment = reportgen.read(file)
    assert len(experiment.histograms) == sum(kind == "histogram" for *_, kind in logged)
    assert len(experiment.texts) == sum(kind == "text" for *_, kind in logged)
