"""The health frame says what is damaged or unusual in the logs."""

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
    (file,) = Path(path).glob("*tfevents*")
    return file


def records_by_kind(path):
    """Return the records of each row by its kind."""
    health = reportgen.read(path).health
    return dict(zip(health["kind"], health["records"], strict=True))


def test_clean_logs_give_no_row(tmp_path):
    log(tmp_path / "run", enumerate([3, 2, 1]))
    assert records_by_kind(tmp_path) == {}


def test_values_that_are_not_finite_are_counted_by_run(tmp_path):
    log(tmp_path / "run", enumerate([1, float("nan"), float("inf"), 2]))
    log(tmp_path / "other", enumerate([1, 2]))
    (row,) = reportgen.read(tmp_path).health.itertuples()
    assert (row.run, row.kind, row.records) == ("run", "not finite", 2)
    assert row.detail == "1 NaN, 1 infinite: loss"


def test_steps_that_go_back_and_duplicate_steps_are_counted_by_tag(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in (0, 1, 2, 1, 2, 3, 3):
            writer.add_scalar("loss", 1, step)
        for step in (0, 0, 1):
            writer.add_scalar("other", 1, step)
    assert records_by_kind(tmp_path) == {"backwards": 1, "repeated": 4}


def test_a_pause_much_longer_than_usual_is_reported(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(20):
            writer.add_scalar("loss", 1, step, walltime=1e9 + step + 9000 * (step > 9))
    (row,) = reportgen.read(tmp_path).health.itertuples()
    assert (row.kind, row.records) == ("pause", 1)
    assert "2.5 h" in row.detail or "2 h 30" in row.detail


def test_long_regular_intervals_are_not_pauses(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(5):
            writer.add_scalar("loss", 1, step, walltime=1e9 + step * 7200)
    assert records_by_kind(tmp_path) == {}


def test_missing_wall_times_are_not_pauses(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(5):
            writer.add_scalar("loss", 1, step, walltime=0 if step < 3 else 1e9)
    assert records_by_kind(tmp_path) == {}


def test_a_tag_of_two_kinds_is_reported(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        writer.add_scalar("loss", 1, 0)
        writer.add_histogram("loss", [1, 2, 3], 0)
    assert records_by_kind(tmp_path) == {"two kinds": 1}


def test_empty_files_are_counted_in_one_row(tmp_path):
    whole = log(tmp_path / "run", [(0, 1)]).read_bytes()
    version = 12 + whole[0] + 4
    for index, size in enumerate((0, 0, 12, version, version + 5)):
        (tmp_path / "run" / f"events.out.tfevents.{index}").write_bytes(whole[:size])
    health = reportgen.read(tmp_path).health
    assert health[["kind", "records"]].to_numpy().tolist() == [["empty", 5]]


def test_an_input_file_that_is_not_a_log_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no event file, but long enough for a header")
    with pytest.raises(InputError):
        reportgen.read(path)


def test_values_of_an_unknown_plugin_are_counted_and_named(tmp_path):
    plugin = SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name="third_party"))
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(3):
            value = Summary.Value(tag="odd", metadata=plugin)
            writer.file_writer.add_summary(Summary(value=[value]), step)
        writer.add_scalar("loss", 1, 0)
    (row,) = reportgen.read(tmp_path).health.itertuples()
    assert (row.kind, row.records) == ("unknown", 3)
    assert row.detail.startswith("third_party")
