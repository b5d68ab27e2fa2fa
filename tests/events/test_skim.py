import pytest

from reportgen.events import event_file
from reportgen.events.messages import message
from reportgen.events.skim import skim

SCALARS = frozenset({"scalars"})


def picture(plugin=""):
    """An image as TensorFlow 2 writes it; the first of its tag names the plugin."""
    event = message("Event")(wall_time=1.0, step=3)
    value = event.summary.value.add(tag="picture")
    value.tensor.dtype = 7
    value.tensor.tensor_shape.dim.add(size=3)
    value.tensor.string_val.extend([b"1", b"1", b"\x89PNG" * 2000])
    value.metadata.plugin_data.plugin_name = plugin
    return event.SerializeToString()


def skimmed(payload, kinds=SCALARS, plugins=None):
    return skim(memoryview(payload), 0, len(payload), kinds, plugins or {})


def test_tags_and_plugins_of_an_unwanted_record_are_returned():
    (value,) = skimmed(picture("images")).summary.value
    assert (value.tag, value.metadata.plugin_data.plugin_name) == ("picture", "images")


def test_an_earlier_record_may_have_named_the_plugin():
    assert skimmed(picture()) is None
    assert skimmed(picture(), plugins={"picture": "images"}) is not None


@pytest.mark.parametrize("kind", ["images", "confusions", "tensors"])
def test_a_record_that_may_become_a_wanted_kind_is_wanted(kind):
    assert skimmed(picture("images"), kinds=frozenset({kind})) is None


def test_a_record_other_than_a_plain_summary_is_left_to_protobuf():
    graph = message("Event")(graph_def=b"x" * 5000).SerializeToString()
    assert skimmed(graph) is None
    assert skimmed(b"\xff" * 50) is None


def test_unwanted_records_are_skipped_with_their_checksums(tmp_path, files):
    data = [files.framed(picture("images")), *[files.framed(picture())] * 3]
    damaged = bytearray(data[2])
    damaged[-100] ^= 1
    path = tmp_path / "events.out.tfevents.1"
    path.write_bytes(b"".join([*data[:2], damaged, data[3]]))
    assert not event_file.read(path, SCALARS).damage
    assert [spot.kind for spot in event_file.read(path).damage] == ["payload"]
    assert len(event_file.read(path).columns["images"]["blob"]) == 3
