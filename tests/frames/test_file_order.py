"""The event files of a run are in the order in which they were begun."""

from tensorboardX import SummaryWriter
from tensorboardX.proto.event_pb2 import Event

import reportgen


def write(path, name, time, value):
    """Write a file whose first record has a wall time."""
    with SummaryWriter(str(path), filename_suffix=".tmp") as writer:
        writer.add_scalar("loss", value, int(value), walltime=time)
    (written,) = path.glob("*.tmp")
    data = written.read_bytes()
    first = int.from_bytes(data[:8], "little") + 16
    written.write_bytes(record(Event(wall_time=time, file_version="brain.Event:2")) + data[first:])
    written.rename(path / name)


def record(event):
    from tensorboardX.record_writer import masked_crc32c

    data = event.SerializeToString()
    header = len(data).to_bytes(8, "little")
    sums = (masked_crc32c(piece).to_bytes(4, "little") for piece in (header, data))
    return header + next(sums) + data + next(sums)


def test_files_are_in_the_order_of_their_first_wall_time(tmp_path):
    write(tmp_path, "a.tfevents", 300.0, 2)
    write(tmp_path, "b.tfevents", 100.0, 0)
    write(tmp_path, "c.tfevents", 200.0, 1)
    assert reportgen.read(tmp_path).scalars["value"].tolist() == [0, 1, 2]


def test_files_of_the_same_time_are_in_natural_order_of_their_names(tmp_path):
    for number in (12, 3, 7):
        write(tmp_path, f"events.out.tfevents.6920.{number}", 100.0, number)
    assert reportgen.read(tmp_path).scalars["value"].tolist() == [3, 7, 12]


def test_a_file_without_a_readable_first_record_is_last(tmp_path):
    write(tmp_path, "b.tfevents", 100.0, 5)
    (tmp_path / "a.tfevents").write_bytes(b"\xff" * 40)
    (tmp_path / "c.tfevents").write_bytes(b"")
    experiment = reportgen.read(tmp_path)
    assert experiment.scalars["value"].tolist() == [5]
    assert experiment.runs["files"].tolist() == [3]
