"""Outcomes that are neither passed nor failed, and groups of seeds, in machine-readable outputs."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.command.main import main

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "summary-1.schema.json").read_text())
NOISE = "last val/loss <= baseline + noise"


def write_runs(directory, finals):
    for run, value in finals.items():
        with SummaryWriter(str(directory / run)) as writer:
            for step in range(30):
                writer.add_scalar("val/loss", value + 1 / (step + 1), step)


@pytest.fixture
def logs(tmp_path):
    write_runs(tmp_path / "logs", {"main": 1.0, "new": 1.5})
    return tmp_path / "logs"


@pytest.fixture
def seeds(tmp_path):
    finals = {"main/seed_0": 1.0, "main/seed_1": 1.01, "main/seed_2": 0.99, "new/seed_0": 1.5}
    write_runs(tmp_path / "seeds", {**finals, "new/seed_1": 1.51})
    return tmp_path / "seeds"


@pytest.mark.parametrize(
    ("words", "status", "outcome", "child"),
    [
        ([NOISE], 1, "unknown", "failure"),
        ([NOISE, "--allow-unknown"], 0, "unknown", "skipped"),
        ([f"{NOISE} or warn"], 0, "warned", "system-out"),
    ],
)
def test_what_nothing_tells_is_neither_passed_nor_failed(
    logs, tmp_path, words, status, outcome, child
):
    outputs = ["-o", f"{tmp_path}/s.json", "-o", f"junit:{tmp_path}/j.xml"]
    assert main([str(logs), *outputs, "--baseline", "main", "--check", *words]) == status
    summary = json.loads((tmp_path / "s.json").read_text())
    jsonschema.Draft202012Validator(SCHEMA).validate(summary)
    (check,) = summary["checks"]
    assert (check["outcome"], check["passed"]) == (outcome, False)
    case = ET.parse(tmp_path / "j.xml").find("testsuite[@name='checks']/testcase")  # noqa: S314
    assert [element.tag for element in case] == [child]
    if child == "failure":
        assert case[0].get("type") == "unknown"


def test_a_group_is_one_candidate_and_its_runs_say_so(seeds, tmp_path, capsys):
    words = ["-o", f"{tmp_path}/s.json", "--baseline", "main", "--check", NOISE, "--explain"]
    assert main([str(seeds), *words]) == 1
    summary = json.loads((tmp_path / "s.json").read_text())
    assert [check["run"] for check in summary["checks"]] == ["new"]
    assert {run["run"]: run["group"] for run in summary["runs"]}["new/seed_1"] == "new"
    assert f"{NOISE}: failed. new: last val/loss, the mean of 2 runs," in capsys.readouterr().out


def test_a_summary_is_a_baseline_of_a_later_report(seeds, logs, tmp_path):
    stored = tmp_path / "baseline.json"
    patterns = ("main*",)
    options = reportgen.Options(runs=patterns)
    reportgen.generate([seeds], [f"json:{stored}"], options)
    checks = (NOISE, "mean 20 val/loss <= baseline + 100%", "throughput >= 0")
    done = reportgen.generate(
        [logs],
        [tmp_path / "s.json"],
        reportgen.Options(baseline=(str(stored),), check=checks, runs=("new",)),
    )
    outcomes = [result.outcome for result in done.verdict.results]
    assert [outcome.outcome for outcome in outcomes] == ["failed", "passed", "passed"]
    assert outcomes[0].baseline_runs == 3
    with pytest.raises(reportgen.UsageError, match="holds the last 20 values"):
        reportgen.generate(
            [logs],
            [tmp_path / "t.json"],
            reportgen.Options(baseline=(str(stored),), check=("mean val/loss <= baseline",)),
        )
    assert not (tmp_path / "t.json").exists()


def test_a_directory_beside_the_logs_is_a_baseline(seeds, logs, tmp_path):
    done = reportgen.generate(
        [logs],
        [tmp_path / "s.json"],
        reportgen.Options(baseline=(str(seeds / "main"),), check=(NOISE,), runs=("main",)),
    )
    assert [result.outcome.outcome for result in done.verdict.results] == ["passed"]
