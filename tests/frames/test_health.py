"""What experiment.health tells of logs that are not as they should be."""

from pathlib import Path

import pytest
from tensorboardX import SummaryWriter
from tensorboardX.proto.summary_pb2 import Summary, SummaryMetadata

import reportgen
from reportgen.errors import InputError


def log(path, pairs, tag="loss", **times):
    with SummaryWriter(str(path)) as writer:
        for step, value in pairs:
            writer.add_scalar(tag, value, step, **times)
    return event_file(path)


def event_file(path):
    (found,) = Path(path).glob("*tfevents*")
    return found


def told(path):
    """Kind: records of each row."""
    health = reportgen.read(path).health
    return dict(zip(health["kind"], health["records"], strict=True))


def test_logs_as_they_should_be_give_no_row(tmp_path):
    log(tmp_path / "run", enumerate([3, 2, 1]))
    assert told(tmp_path) == {}


def test_values_that_are_not_finite_are_counted_by_run(tmp_path):
    log(tmp_path / "run", enumerate([1, float("nan"), float("inf"), 2]))
    log(tmp_path / "other", enumerate([1, 2]))
    (row,) = reportgen.read(tmp_path).health.itertuples()
    assert (row.run, row.kind, row.records) == ("run", "not finite", 2)
    assert row.detail == "1 NaN, 1 infinite: loss"


def test_steps_that_go_back_and_stand_again_are_counted_within_a_tag(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in (0, 1, 2, 1, 2, 3, 3):
            writer.add_scalar("loss", 1, step)
        for step in (0, 0, 1):
            writer.add_scalar("other", 1, step)
    assert told(tmp_path) == {"backwards": 1, "repeated": 4}


def test_a_pause_much_longer_than_usual_is_told(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(20):
            writer.add_scalar("loss", 1, step, walltime=1e9 + step + 9000 * (step > 9))
    (row,) = reportgen.read(tmp_path).health.itertuples()
    assert (row.kind, row.records) == ("pause", 1)
    assert "2.5 h" in row.detail or "2 h 30" in row.detail


def test_steady_logging_at_long_intervals_is_no_pause(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(5):
            writer.add_scalar("loss", 1, step, walltime=1e9 + step * 7200)
    assert told(tmp_path) == {}


def test_times_that_were_not_logged_are_no_pause(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(5):
            writer.add_scalar("loss", 1, step, walltime=0 if step < 3 else 1e9)
    assert told(tmp_path) == {}


def test_a_tag_of_two_kinds_is_told(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        writer.add_scalar("loss", 1, 0)
        writer.add_histogram("loss", [1, 2, 3], 0)
    assert told(tmp_path) == {"two kinds": 1}


def test_files_that_hold_nothing_are_counted_in_one_row(tmp_path):
    whole = log(tmp_path / "run", [(0, 1)]).read_bytes()
    version = 12 + whole[0] + 4
    for index, size in enumerate((0, 0, 12, version, version + 5)):
        (tmp_path / "run" / f"events.out.tfevents.{index}").write_bytes(whole[:size])
    health = reportgen.read(tmp_path).health
    assert health[["kind", "records"]].to_numpy().tolist() == [["empty", 5]]


def test_a_file_that_is_named_and_holds_something_else_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no event file, but long enough for a header")
    with pytest.raises(InputError):
        reportgen.read(path)


def test_what_is_not_understood_is_counted_and_named(tmp_path):
    plugin = SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name="third_party"))
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(3):
            value = Summary.Value(tag="odd", metadata=plugin)
            writer.file_writer.add_summary(Summary(value=[value]), step)
        writer.add_scalar("loss", 1, 0)
    (row,) = reportgen.read(tmp_path).health.itertuples()
    assert (row.kind, row.records) == ("unknown", 3)
    assert row.detail.startswith("third_party")
