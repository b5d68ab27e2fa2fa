"""Many small files that each claim much: all of them together take little memory."""

import json
import tracemalloc

import pytest

import reportgen
from hostile.framing import value_event, write_log
from hostile.test_corpus import text_event
from reportgen.budget import FLOOR, Budget, BudgetError, floor_of_each
from reportgen.events.messages import message
from reportgen.executor import InProcess

LIMIT = 500e6  # bytes
FILES = 60

pytestmark = pytest.mark.slow  # allocations are traced


def peak_of_reading(root):
    """The experiment in a directory, and the peak of memory while it is read."""
    tracemalloc.start()
    experiment = reportgen.read(root, executor=InProcess())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return experiment, peak


def write_curve(directory):
    """Write a run with one curve; return its directory."""
    events = [value_event(step, tag="loss", simple_value=1.0) for step in range(3)]
    return write_log(directory, events)


@pytest.mark.parametrize("runs", [FILES, 1])
def test_repeated_values_of_many_event_files_stay_within_one_budget(tmp_path, runs):
    content = message("TensorProto")(dtype=1, float_val=[1.0])
    content.tensor_shape.dim.add(size=2_000)
    content.tensor_shape.dim.add(size=2_000)
    event = value_event(tag="confusion", tensor=content)
    for number in range(FILES):
        directory = write_log(tmp_path / f"run{number % runs}", [event] * 3)
        next(directory.glob("*.host")).rename(directory / f"events.out.tfevents.{number}.h")
    experiment, peak = peak_of_reading(tmp_path)
    assert peak < LIMIT
    left_out = experiment.health[experiment.health["detail"].str.contains("memory")]
    assert left_out["records"].sum() >= 2 * FILES
    assert set(left_out["run"]) == set(experiment.runs["run"])


def test_classes_of_many_tables_stay_within_one_budget(tmp_path):
    rows = "".join(f"{code},{code}\n" for code in range(990))
    for number in range(70):
        logs = write_curve(tmp_path / f"run{number}")
        (logs / "predictions.csv").write_text(f"actual,predicted\n{rows}")
    experiment, peak = peak_of_reading(tmp_path)
    assert peak < LIMIT
    assert experiment.health["detail"].str.contains("memory").any()


def test_settings_of_many_runs_stay_within_one_budget(tmp_path):
    text = json.dumps({"k" * 26_000: {f"k{number}": 1 for number in range(150)}})
    for number in range(150):
        (write_curve(tmp_path / f"run{number}") / "config.json").write_text(text)
    experiment, peak = peak_of_reading(tmp_path)
    assert peak < LIMIT
    assert experiment.health["detail"].str.contains("memory").any()
    assert len(experiment.hparams)


def test_settings_in_texts_stay_within_one_budget(tmp_path):
    text = json.dumps({"k" * 26_000: {f"k{number}": 1 for number in range(150)}})
    for number in range(150):
        write_log(tmp_path / f"run{number}", [text_event("config", text)])
    _, peak = peak_of_reading(tmp_path)
    assert peak < LIMIT


def test_an_embedding_that_is_named_many_times_is_read_once(tmp_path):
    logs = write_curve(tmp_path / "run")
    (logs / "points.tsv").write_text("0\t" * 500 + "0\n" + ("1\t" * 500 + "1\n") * 500)
    entry = 'embeddings {tensor_name: "a" tensor_path: "points.tsv"}\n'
    (logs / "projector_config.pbtxt").write_text(entry * 600)
    experiment, peak = peak_of_reading(tmp_path)
    assert peak < LIMIT
    assert len(experiment.embeddings) == 600


def test_few_files_have_the_whole_floor_and_many_share_one():
    assert floor_of_each(0) == floor_of_each(1) == floor_of_each(4) == FLOOR
    assert sum([floor_of_each(10_000)] * 10_000) <= 4 * FLOOR
    with pytest.raises(BudgetError):
        Budget(100, floor_of_each(10_000)).charge(FLOOR)
