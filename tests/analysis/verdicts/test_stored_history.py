import json

import numpy as np
import pytest

from reportgen.analysis.verdicts.baseline_places import load_baseline
from reportgen.analysis.verdicts.run_values import measure
from reportgen.errors import UsageError


def history(values, **extra):
    rows = [
        {
            "source": f"{night}.json",
            "metrics": {"val/loss": {"value": value, "run": "a", "best": value, "last": value + 1}
                        | {"min": value, "max": 9.0}},
        }
        for night, value in enumerate(values)
    ]  # fmt: skip
    return {"version": 1, "reports": rows, "metrics": []} | extra


@pytest.fixture
def stored(tmp_path):
    def store(content):
        path = tmp_path / "history.json"
        path.write_text(json.dumps(content))
        return str(path)

    return store


def test_each_report_is_a_run_of_one_group_with_its_statistics(stored):
    place = stored(history([0.5, 0.6, 0.7]))
    runs = load_baseline(place, read_logs=lambda _: ())
    assert [run.name for run in runs] == ["0.json", "1.json", "2.json"]
    assert {run.seed_group for run in runs} == {place}
    series = runs[0].find("val/loss")
    assert measure(series, None, None).value == 0.5
    assert measure(series, "last", None).value == 1.5
    assert np.isnan(runs[0].facts["steps"])


def test_only_the_newest_count_where_that_is_asked_for(stored):
    runs = load_baseline(stored(history([0.5, 0.6, 0.7])), read_logs=lambda _: (), last=2)
    assert [run.name for run in runs] == ["1.json", "2.json"]


def test_a_statistic_that_a_history_does_not_hold_is_refused(stored):
    (run,) = load_baseline(stored(history([0.5])), read_logs=lambda _: ())
    with pytest.raises(UsageError, match="do not tell the mean"):
        measure(run.find("val/loss"), "mean", 10)


def test_reports_without_numbers_are_left_out(stored):
    content = history([0.5])
    content["reports"] += [{"source": "x", "metrics": {}}, {"metrics": {"a": {"best": "x"}}}, 7]
    assert len(load_baseline(stored(content), read_logs=lambda _: ())) == 1


def test_the_last_of_what_is_no_history_are_refused(stored):
    with pytest.raises(UsageError, match="is no history"):
        load_baseline(stored({"runs": [], "scalars": []}), read_logs=lambda _: (), last=3)
