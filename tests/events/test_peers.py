"""The values of TensorBoard's own reader for files of the usual writers, to the bit."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen

RANDOM = np.random.default_rng(0)


@pytest.fixture
def log(tmp_path):
    """A log of several kinds, with NaN and infinities among the scalars."""
    with SummaryWriter(str(tmp_path)) as writer:
        for step in range(400):
            for name in ("loss", "accuracy/top 1", "größe"):
                writer.add_scalar(name, RANDOM.normal(), step, walltime=1.7e9 + step / 7)
        for step, value in enumerate([float("nan"), float("inf"), -float("inf"), 1e-45, -0.0]):
            writer.add_scalar("strange", value, step - 2)
        writer.add_scalar("far", 1.0, 2**40)
        writer.add_histogram("weights", RANDOM.normal(size=1000), 3)
        writer.add_text("note", "hello", 5)
    return tmp_path


@pytest.fixture
def theirs(log):
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    result = accumulator.EventAccumulator(
        str(log), size_guidance=dict.fromkeys(("scalars", "tensors", "histograms"), 0)
    )
    return result.Reload()


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def test_scalars_are_those_of_tensorboard_bit_for_bit(log, theirs):
    ours = reportgen.read(log).scalars
    assert set(ours["tag"].unique()) == set(theirs.Tags()["scalars"])
    for tag, rows in ours.groupby("tag", observed=True):
        events = theirs.Scalars(tag)
        assert rows["step"].tolist() == [event.step for event in events]
        assert rows["wall_time"].tolist() == [event.wall_time for event in events]
        numbers = np.array([event.value for event in events])
        assert rows["value"].to_numpy().view("u8").tolist() == numbers.view("u8").tolist()


def test_histograms_are_those_of_tensorboard(log, theirs):
    (row,) = reportgen.read(log).histograms.itertuples()
    (event,) = theirs.Histograms("weights")
    histogram = event.histogram_value
    assert row.right.tolist() == histogram.bucket_limit
    assert row.count.tolist() == histogram.bucket
    assert (row.min, row.max, row.num) == (histogram.min, histogram.max, histogram.num)


def test_every_event_of_the_file_loader_is_counted(log):
    loader = pytest.importorskip("tensorboard.backend.event_processing.event_file_loader")
    (path,) = log.glob("*tfevents*")
    events = list(loader.EventFileLoader(str(path)).Load())
    assert reportgen.read(log).runs["events"].tolist() == [len(events)]
