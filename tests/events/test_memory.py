"""A small file takes little memory, whatever its records claim to hold."""

import tracemalloc

import pytest

from reportgen.events import event_file
from reportgen.events.messages import message

LIMIT = 150e6  # bytes


def summary(tag, plugin, step):
    event = message("Event")(wall_time=1.0, step=step)
    value = event.summary.value.add(tag=tag)
    value.metadata.plugin_data.plugin_name = plugin
    return event, value.tensor


def filled(shape, tag="tensor", plugin="", step=0, **values):
    """A tensor whose only value fills its shape."""
    event, tensor = summary(tag, plugin, step)
    tensor.dtype = 7 if "string_val" in values else 1
    for size in shape:
        tensor.tensor_shape.dim.add(size=size)
    for name, cells in values.items():
        getattr(tensor, name).extend(cells)
    return event.SerializeToString()


def graph(nodes, name):
    """A function with a long name, which every node of it repeats."""
    definition = message("GraphDef")()
    function = definition.library.function.add()
    function.signature.name = name
    for _ in range(nodes):
        function.node_def.add()
    return message("Event")(wall_time=1.0, graph_def=definition.SerializeToString())


def read(tmp_path, files, payloads):
    """The content of a log, and the peak of memory while it is read."""
    path = tmp_path / "events.out.tfevents.1"
    path.write_bytes(b"".join(map(files.framed, payloads)))
    tracemalloc.start()
    file = event_file.read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return file, peak


@pytest.mark.parametrize(
    ("tag", "plugin", "shape"),
    [
        ("tensor", "", (1 << 22,)),
        ("confusion", "", (2048, 2048)),
        ("weights", "histograms", (1 << 20, 3)),
        ("pr", "pr_curves", (6, 1 << 19)),
        ("mesh", "mesh", (1, 1 << 20, 3)),
    ],
)
def test_tensors_of_a_repeated_value_stay_within_the_budget(tmp_path, files, tag, plugin, shape):
    payloads = [filled(shape, tag, plugin, step, float_val=[1]) for step in range(40)]
    file, peak = read(tmp_path, files, payloads)
    assert file.size < 10_000
    assert peak < LIMIT
    assert sum(file.unknown.values()) >= 30


@pytest.mark.parametrize("plugin", ["", "text", "images", "other"])
def test_a_repeated_string_stays_within_the_budget(tmp_path, files, plugin):
    text = filled((300_000,), "note", plugin, string_val=[b"x" * 1000])
    file, peak = read(tmp_path, files, [text])
    assert peak < LIMIT
    assert sum(file.unknown.values()) == 1


def test_the_reason_is_counted(tmp_path, files):
    payloads = [filled((1 << 22,), step=step, float_val=[1]) for step in range(9)]
    file, _ = read(tmp_path, files, payloads)
    assert any("memory" in reason for reason in file.unknown)


def test_nodes_of_a_function_with_a_long_name_stay_within_the_budget(tmp_path, files):
    event = graph(30_000, "f" * 10_000)
    file, peak = read(tmp_path, files, [event.SerializeToString()])
    assert peak < LIMIT
    assert sum(file.unknown.values()) == 1


def test_a_few_repeated_values_are_read(tmp_path, files):
    file, _ = read(tmp_path, files, [filled((100, 100), float_val=[1])])
    assert file.columns["tensors"]["tensor"][0].shape == (100, 100)
    assert not file.unknown
