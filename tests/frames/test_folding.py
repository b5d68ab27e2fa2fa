"""What `add_scalars` and `add_hparams` write beside a run becomes part of the run."""

from pathlib import Path

import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.errors import UsageError

DATA = Path(__file__).parents[1] / "data"


def tags(experiment, run):
    return set(experiment.scalars["tag"][experiment.scalars["run"] == run])


@pytest.mark.parametrize("writer", ["torch", "tensorboardX"])
def test_lines_and_parameters_become_part_of_the_run(writer):
    experiment = reportgen.read(DATA / writer)
    assert experiment.runs["run"].tolist() == ["every_kind", "resumed"]
    folded = {"compare/loss/train", "compare/loss/val", "final/accuracy", "final/loss"}
    assert folded <= tags(experiment, "every_kind")
    assert tags(experiment, "resumed") == {"loss", "parts/a", "parts/b"}
    assert set(experiment.hparams["run"]) == {"every_kind"}
    assert experiment.runs["status"][0]


def test_lines_below_the_log_directory_itself_are_folded():
    experiment = reportgen.read(DATA / "mxboard")
    assert experiment.runs["run"].tolist() == ["mxboard"]
    assert tags(experiment, "mxboard") == {"loss", "parts/train", "parts/val"}


def test_folding_can_be_turned_off():
    runs = reportgen.read(DATA / "torch", fold=False).runs["run"].tolist()
    assert "every_kind/compare_loss_train" in runs
    assert "every_kind/trial" in runs


def test_trials_stay_runs():
    runs = reportgen.read(DATA / "tf2" / "trials").runs["run"].tolist()
    assert runs == ["trial_0", "trial_1", "trials"]


def test_no_line_is_folded_into_a_tag_that_the_run_has_logged(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        writer.add_scalar("parts/a", 1, 0)
        writer.add_scalars("parts", {"a": 2}, 0)
        writer.add_hparams({"rate": 1}, {"parts/a": 3}, name="trial")
    experiment = reportgen.read(tmp_path)
    assert experiment.runs["run"].tolist() == ["run", "run/parts/a"]
    assert tags(experiment, "run") == {"parts/a", "parts/a/final"}


def test_a_directory_with_another_name_or_other_tags_is_a_run(tmp_path):
    with SummaryWriter(str(tmp_path)) as writer:
        writer.add_scalar("loss", 1, 0)
    with SummaryWriter(str(tmp_path / "loss" / "more")) as writer:
        writer.add_scalar("loss", 1, 0)
        writer.add_scalar("accuracy", 1, 0)
    with SummaryWriter(str(tmp_path / "other")) as writer:
        writer.add_scalar("loss", 1, 0)
    assert len(reportgen.read(tmp_path).runs) == 3


@pytest.mark.parametrize(
    ("pattern", "chosen"),
    [
        ("every_*", ["every_kind"]),
        ("/^res/", ["resumed"]),
        (["resumed", "every_kind"], ["every_kind", "resumed"]),
        ("*", ["every_kind", "resumed"]),
    ],
)
def test_runs_are_selected_by_glob_or_regular_expression(pattern, chosen):
    experiment = reportgen.read(DATA / "torch", runs=pattern)
    assert experiment.runs["run"].tolist() == chosen


def test_a_selected_run_has_its_lines():
    experiment = reportgen.read(DATA / "torch", runs="resumed")
    assert tags(experiment, "resumed") == {"loss", "parts/a", "parts/b"}


def test_tags_are_selected_by_their_names_after_folding():
    experiment = reportgen.read(DATA / "torch", tags=["compare/loss/t*", "/^wei/"])
    assert set(experiment.scalars["tag"]) == {"compare/loss/train"}
    assert set(experiment.histograms["tag"]) == {"weights"}
    assert not len(experiment.images)
    assert not len(experiment.texts)


@pytest.mark.parametrize("selection", [{"runs": "/(/"}, {"tags": "/(/"}, {"runs": "none*"}])
def test_a_selection_that_matches_nothing_is_an_error(selection):
    with pytest.raises(UsageError):
        reportgen.read(DATA / "torch", **selection)


@pytest.mark.parametrize("kind", ["scalars", "images", "hparams"])
def test_runs_do_not_depend_on_the_kinds_that_are_read(kind):
    experiment = reportgen.read(DATA / "torch", kinds=[kind])
    assert experiment.runs["run"].tolist() == ["every_kind", "resumed"]
    assert bool(len(experiment.hparams)) is (kind == "hparams")


def test_a_run_below_another_with_several_steps_is_not_a_trial(tmp_path):
    for name, steps in (("", range(1)), ("net", range(5))):
        with SummaryWriter(str(tmp_path / name)) as writer:
            for step in steps:
                writer.add_scalar("loss", step, step)
    from tensorboardX.summary import hparams

    with SummaryWriter(str(tmp_path / "net"), filename_suffix=".1") as writer:
        for summary in hparams({"rate": 1}, {"loss": 1}):
            writer.file_writer.add_summary(summary)
    for kinds in (None, ["images"]):
        assert len(reportgen.read(tmp_path, kinds=kinds).runs) == 2
