"""The outputs for machines: JSON by its schema, CSV, Parquet, OpenMetrics by its parser."""

import csv
import io
import json
import math
from importlib import util
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pandas as pd
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from tensorboardX import SummaryWriter
from tensorboardX.summary import hparams

import reportgen
from reportgen.errors import DependencyError

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "summary-1.schema.json").read_text())


def check(text):
    """The object in a JSON text that keeps to the published schema."""
    content = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    jsonschema.Draft202012Validator(SCHEMA).validate(content)
    return content


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_json_tells_the_runs_best_first(demo, written):
    result = check(written(demo, "summary.json"))
    assert [run["run"] for run in result["runs"]] == ["fast", "slow"]
    assert [metric["tag"] for metric in result["metrics"]] == ["val/accuracy", "val/loss"]
    assert result["runs"][0]["metrics"]["val/accuracy"] == {
        "value": pytest.approx(1 - 0.8 / 11),
        "value_kind": "best evaluation",
        "best": pytest.approx(1 - 0.8 / 11),
        "best_step": 10,
        "last": pytest.approx(1 - 0.8 / 11),
    }
    assert len(result["scalars"]) == 6
    assert result["scalars"][0]["points"] == 11


def test_json_says_what_leads_and_where_the_logs_come_from(tmp_path, written):
    for run, best in (("a", 0.9), ("b", 0.8)):
        with SummaryWriter(str(tmp_path / run)) as writer:
            for summary in hparams({"git_sha": "0123456789abcdef", "lr": best}, {}):
                writer.file_writer.add_summary(summary, walltime=1e9)
            for step in range(5):
                writer.add_scalar("val/accuracy", best - 0.1 / (step + 1), step, walltime=1e9)
    experiment = reportgen.read(tmp_path)
    result = check(written(reportgen.build(experiment), "summary.json"))
    assert result["commit"] == "0123456789abcdef"
    assert result["started"] == "2001-09-09T01:46:40Z"
    assert result["ended"] == result["started"]
    (leading,) = result["statements"]
    assert leading["sentence"].startswith("a leads: val/accuracy 0.88")
    assert (leading["run"], leading["tag"], leading["step"]) == ("a", "val/accuracy", 4)
    assert not {statement["sentence"] for statement in result["statements"]} & {
        finding["sentence"] for finding in result["findings"]
    }


def test_json_keeps_what_is_not_finite_and_tells_what_is_not_known(make_report, written):
    values = [1.0, 0.5, math.nan]
    rows = [("a", "loss", step, value) for step, value in enumerate(values)]
    rows += [("b", "loss", 0, math.inf), ("b", "speed", 0, -math.inf)]
    result = check(written(make_report(rows), "summary.json"))
    by_series = {(scalar["run"], scalar["tag"]): scalar for scalar in result["scalars"]}
    assert by_series["a", "loss"]["last"] == "NaN"
    assert (by_series["a", "loss"]["best"], by_series["a", "loss"]["best_step"]) == (0.5, 1)
    assert by_series["b", "loss"]["last"] == "Infinity"
    assert by_series["b", "loss"]["best"] is None
    assert by_series["b", "speed"]["direction"] is None


def test_the_user_says_in_every_output_which_way_is_better(make_report, written):
    rows = [("a", tag, step, step) for tag in ("score", "loss") for step in (3.0, 1.0, 2.0)]
    report = make_report(rows, best=("score=up", "loss=none"))
    result = check(written(report, "summary.json"))
    assert result["metrics"][0]["direction"] == "up"
    by_tag = {scalar["tag"]: scalar for scalar in result["scalars"]}
    assert (by_tag["score"]["direction"], by_tag["loss"]["direction"]) == ("up", None)
    assert (by_tag["score"]["best"], by_tag["score"]["best_step"]) == (3.0, 3)
    assert by_tag["loss"]["best"] is None
    text = written(report, "openmetrics:metrics.txt").decode()
    _, best = text_string_to_metric_families(text)
    assert [(scalar.labels["tag"], scalar.value) for scalar in best.samples] == [("score", 3.0)]


def test_json_of_a_log_without_scalars_is_whole(make_report, written):
    result = check(written(make_report([("a", "x", 0, 1.0)]), "summary.json"))
    assert result["metrics"] == []
    assert result["runs"][0]["metrics"] == {}


def test_csv_and_parquet_hold_the_scalars_frame(demo, written):
    frame = demo.experiment.scalars
    read = pd.read_csv(io.BytesIO(written(demo, "scalars.csv")))
    expected = frame.astype({"run": "str", "tag": "str", "session": "int64"})
    pd.testing.assert_frame_equal(read, expected)
    content = pd.read_parquet(io.BytesIO(written(demo, "scalars.parquet")))
    pd.testing.assert_frame_equal(content, frame, check_categorical=False)


@pytest.mark.parametrize("tag", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1"])  # noqa: RUF001
def test_csv_holds_no_formula(tag, make_report, written):
    text = written(make_report([(tag, tag, 0, -1.0)]), "scalars.csv").decode()
    row = list(csv.reader(io.StringIO(text)))[1]
    assert row[:2] == [f"'{tag}"] * 2
    assert row[4] == "-1.0"


def test_openmetrics_is_understood_by_prometheus(make_report, written):
    odd = 'a"b\\c\nd}'
    rows = [("r", odd, 0, 1.5), ("r", "loss", 0, 0.25), ("r", "loss", 1, math.nan)]
    text = written(make_report(rows), "openmetrics:metrics.txt").decode()
    last, best = text_string_to_metric_families(text)
    assert [(sample.labels["tag"], sample.value) for sample in last.samples[:1]] == [(odd, 1.5)]
    assert math.isnan(last.samples[1].value)
    assert [(sample.labels["tag"], sample.value) for sample in best.samples] == [("loss", 0.25)]


def test_a_missing_package_is_told_before_the_work(demo, written, monkeypatch):
    monkeypatch.setattr("reportgen.outputs.target.find_spec", lambda _: None)
    with pytest.raises(DependencyError, match=r"pip install pyarrow") as caught:
        written(demo, "scalars.parquet")
    assert "\n" not in str(caught.value)
    assert util.find_spec("pyarrow")


def test_junit_fails_where_values_are_not_finite_or_records_are_damaged(tmp_path):
    for run, values in (("good", [2.0, 1.0]), ("bad", [2.0, math.nan])):
        with SummaryWriter(str(tmp_path / "runs" / run)) as writer:
            for step, value in enumerate(values):
                writer.add_scalar("loss", value, step)
    file = next((tmp_path / "runs" / "bad").iterdir())
    file.write_bytes(file.read_bytes() + b"half a record")
    reportgen.generate([tmp_path / "runs"], [f"junit:{tmp_path / 'health.xml'}"])
    suites = ET.parse(tmp_path / "health.xml").getroot()  # noqa: S314  # our own
    assert {suite.get("name"): suite.get("failures") for suite in suites} == {
        "good": "0",
        "bad": "2",
    }
    assert (suites.get("tests"), suites.get("failures")) == ("4", "2")
    assert suites.find("testsuite[@name='good']/properties/property").attrib == {
        "name": "loss",
        "value": "1",
    }
    assert "1 record" in suites.find("testsuite[@name='bad']//failure").get("message")
