"""Every example runs, and its report holds what its log holds."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import reportgen

pytestmark = pytest.mark.slow  # whole commands, one after the other

EXAMPLES = Path(__file__).parents[1] / "examples"


def run(name: str, logdir: Path, epochs: int = 25) -> None:
    """Run an example as its reader would, for a few epochs."""
    words = [sys.executable, EXAMPLES / f"{name}.py", logdir, "--epochs", str(epochs)]
    subprocess.run(words, check=True, capture_output=True)


@pytest.mark.parametrize("name", ["iris", "regression", "ranks"])
def test_an_example_gives_a_report(name, tmp_path):
    run(name, tmp_path / name)
    reportgen.generate([tmp_path / name], [tmp_path / "report.html", tmp_path / "report.md"])
    page = (tmp_path / "report.html").read_text()
    assert page.count("<figure") == page.count("<figcaption") >= 2
    assert "Data health" not in page


@pytest.mark.parametrize(
    ("name", "runs", "tags"),
    [("finetune", 4, 9), ("sweep", 60, 3), ("many_tags", 1, 152), ("seeds", 15, 3)],
)
def test_an_example_of_many_runs_or_tags_logs_them_all(name, runs, tags, tmp_path):
    run(name, tmp_path, epochs=4)
    experiment = reportgen.read(tmp_path)
    assert len(experiment.runs) == runs
    assert experiment.scalars["tag"].nunique() + experiment.texts["tag"].nunique() == tags


def test_the_gate_of_the_example_of_seeds_finds_the_worse_version(tmp_path):
    run("seeds", tmp_path)
    options = reportgen.Options(baseline="main", check=("last val/loss <= baseline + noise",))
    verdict = reportgen.build(reportgen.read(tmp_path), options).verdict
    outcomes = {result.outcome.run: result.outcome.outcome for result in verdict.results}
    assert outcomes == {"refactor": "passed", "new-loader": "failed"}


def test_the_example_of_prompts_says_what_changed(tmp_path):
    run("prompts", tmp_path, epochs=5)
    options = reportgen.Options(compare=("careful", "short"))
    report = reportgen.build(reportgen.read(tmp_path), options)
    (section,) = (section for section in report.sections if section.title == "What changed")
    notice, metrics, texts, *figures = section.blocks
    assert notice.text == "careful beside short."
    assert metrics.rows[0][0].text == "best eval/accuracy"
    assert {row[0].text.split("/")[0] for row in texts.rows} == {"prompt", "answers"}
    assert [block.chart.kind for block in figures] == ["group_curves", "difference_curve"]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    """What the gallery logs."""
    folder = tmp_path_factory.mktemp("gallery")
    run("gallery", folder)
    return folder


def test_the_gallery_has_every_kind_of_figure(gallery):
    report = reportgen.build(reportgen.read(gallery), reportgen.Options(histograms="all"))
    assert {block.chart.kind for block in report.figures()} == {
        "audio",
        "calibration",
        "confusion",
        "confusion_change",
        "confusion_steps",
        "curves",
        "embedding",
        "heat_map",
        "margins",
        "mattered",
        "mesh",
        "parallel",
        "percentiles",
        "pr_curve",
        "pr_steps",
        "ranks",
        "ridgeline",
        "roc_curve",
        "roc_steps",
        "top_confusions",
    }


def test_the_confusion_matrix_in_the_report_is_the_one_logged(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util.tensor_util import make_ndarray

    run("iris", tmp_path / "iris")
    log = EventAccumulator(str(tmp_path / "iris" / "lr=0.1"))
    log.Reload()
    logged = make_ndarray(log.Tensors("val/confusion")[-1].tensor_proto)
    reportgen.generate([tmp_path / "iris"], [tmp_path / "report.html"])
    page = (tmp_path / "report.html").read_text()
    svg = re.search(r"confusion, lr=0\.1.*?(<svg.*?</svg>)", page, re.DOTALL)[1]
    shown = [int(text) for text in re.findall(r">(\d+)</text>", svg)]
    np.testing.assert_array_equal(np.reshape(shown, (3, 3)), logged)


def test_the_gallery_is_the_same_every_time(gallery, tmp_path):
    run("gallery", tmp_path)
    item, other = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (gallery, tmp_path)
    )
    assert item == other
    assert len(item) > 20
