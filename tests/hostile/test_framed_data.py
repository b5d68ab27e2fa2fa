"""Well-framed records of impossible content give a report that says what is wrong."""

import itertools

import numpy as np
import pytest

import reportgen
from hostile.framing import value_event, write_log
from reportgen.events.messages import message

NAN, INF = float("nan"), float("inf")
EDGES = [
    [NAN, NAN, NAN],
    [-INF, 0.0, INF],
    [INF, INF, INF],
    [3.0, 1.0, 2.0],
    [0.0, 0.0, 0.0],
    [-1e308, 1e308, 1.79e308],
    [5e-324, 1e-323, 2e-323],
]
COUNTS = [[1.0, 2.0, 3.0], [NAN, 1.0, 1.0], [INF, 1.0, 1.0], [-1.0, -1.0, -1.0], [1e308] * 3]


def tensor(shape, dtype=1, plugin="", values=(1.0,), **fields):
    content = message("TensorProto")(dtype=dtype, float_val=values)
    for size in shape:
        content.tensor_shape.dim.add(size=size)
    event = value_event(tensor=content, **fields)
    event.summary.value[0].metadata.plugin_data.plugin_name = plugin
    return event


def histogram(tag, edges, counts, step):
    content = message("HistogramProto")(bucket_limit=edges, bucket=counts, num=6, min=0, max=1)
    return value_event(step, tag=tag, histo=content)


def report_of(directory, events, tmp_path):
    """The text of a report with a sound curve and what is hostile."""
    sound = [value_event(step, tag="loss", simple_value=1 / (1 + step)) for step in range(4)]
    logs = write_log(directory, [*sound, *events])
    done = reportgen.generate(
        [logs], [tmp_path / "x.html", tmp_path / "x.md", tmp_path / "x.json", tmp_path / "x.eml"]
    )
    assert len(done.written) == 4
    page = (tmp_path / "x.html").read_text()
    assert "loss" in page
    assert "could not be made" not in page
    return page


@pytest.mark.parametrize("wall_time", [1e300, -1e300, NAN, INF, -INF, 253_402_300_800.0, 1e-300])
def test_wall_times_beyond_the_calendar(tmp_path, wall_time):
    events = [value_event(step, wall_time, tag="late", simple_value=1.0) for step in range(3)]
    report_of(tmp_path / "run", events, tmp_path)


@pytest.mark.parametrize("x", ["time", "wall"])
def test_wall_times_beyond_the_calendar_as_an_axis(tmp_path, x):
    times = [1.0, 1e300, NAN, INF, -INF, -1e300]
    events = [value_event(n, time, tag="late", simple_value=1.0) for n, time in enumerate(times)]
    logs = write_log(tmp_path / "run", events)
    reportgen.generate([logs], [tmp_path / "x.html"], reportgen.Options(x=x))
    assert "could not be made" not in (tmp_path / "x.html").read_text()


def test_histograms_with_impossible_edges_and_counts(tmp_path):
    events = [
        histogram(f"h{number}", edges, counts, step)
        for number, (edges, counts) in enumerate(itertools.product(EDGES, COUNTS))
        for step in (0, 1)
    ]
    logs = write_log(tmp_path / "run", events)
    for form in ("all", "auto"):
        options = reportgen.Options(histograms=form)
        reportgen.generate([logs], [tmp_path / "x.html", tmp_path / "x.md"], options)
        assert "could not be made" not in (tmp_path / "x.html").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("rank", [0, 1, 2, 3, 40, 64, 200])
@pytest.mark.parametrize("plugin", ["", "scalars", "images", "histograms", "pr_curves", "text"])
def test_tensors_of_any_rank(tmp_path, rank, plugin):
    events = [tensor([1] * rank, plugin=plugin, tag=f"val/confusion_matrix_{rank}", step=0)]
    report_of(tmp_path / "run", events, tmp_path)


@pytest.mark.parametrize("step", [-1, -(2**63), 2**63 - 1])
def test_steps_at_the_ends_of_their_type(tmp_path, step):
    kinds = [
        value_event(step, tag="loss2", simple_value=1.0),
        histogram("h", [0.0, 1.0], [1.0, 1.0], step),
        tensor([2, 2], plugin="confusion", values=[1.0, 2.0, 3.0, 4.0], tag="confusion", step=step),
    ]
    report_of(tmp_path / "run", kinds, tmp_path)


def test_scalars_at_the_ends_of_their_type(tmp_path):
    values = [NAN, INF, -INF, 3.4e38, -3.4e38, 1e-45, 0.0, -0.0]
    events = [
        value_event(step, tag="edge", simple_value=value) for step, value in enumerate(values)
    ]
    events += [value_event(step, tag="nan", simple_value=NAN) for step in range(5)]
    events += [value_event(step, tag="inf", simple_value=INF) for step in range(5)]
    report_of(tmp_path / "run", events, tmp_path)


def test_confusion_matrices_of_impossible_counts(tmp_path):
    cells = [[NAN] * 4, [INF] * 4, [-1.0] * 4, [0.0] * 4, [3e38] * 4]
    events = [
        tensor([2, 2], values=values, tag=f"c{number}/confusion_matrix", step=step)
        for number, values in enumerate(cells)
        for step in (0, 1)
    ]
    report_of(tmp_path / "run", events, tmp_path)


def test_curves_of_impossible_counts(tmp_path):
    cells = [np.full(12, value) for value in (NAN, INF, -1.0, 0.0, 3e38)]
    events = [
        tensor([6, 2], plugin="pr_curves", values=values, tag=f"pr{number}", step=step)
        for number, values in enumerate(cells)
        for step in (0, 1)
    ]
    report_of(tmp_path / "run", events, tmp_path)
