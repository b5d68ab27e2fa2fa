"""The line under the title."""

import pytest
from tensorboardX import SummaryWriter
from tensorboardX.summary import hparams

import reportgen

HASH = "3fa91c2b7d0e4f5a6b7c8d9e0f1a2b3c4d5e6f70"


@pytest.fixture
def facts_of(tmp_path):
    """The facts of runs with these parameters."""

    def make(*runs):
        for place, settings in enumerate(runs):
            with SummaryWriter(str(tmp_path / "logs" / f"run{place}")) as writer:
                writer.add_scalar("loss", 1.0, 5)
                for summary in hparams(settings, {}) if settings else ():
                    writer.file_writer.add_summary(summary)
        facts = reportgen.build(reportgen.read(tmp_path / "logs")).facts
        return [fact for fact in facts if "UTC" not in fact]

    return make


def test_what_all_runs_trained_comes_first_and_the_commit_last(facts_of):
    shared = {"config/Model": "resnet18", "dataset": "cifar10", "git_sha": HASH, "lr": 0.1}
    assert facts_of(shared, shared | {"lr": 0.2}) == [
        *("model resnet18", "dataset cifar10", "2 runs", "step 5", "commit 3fa91c2")
    ]


@pytest.mark.parametrize(
    "other", [{}, {"model": "vgg", "commit": "abc"}, {"model": 3.0, "commit": True}]
)
def test_what_some_runs_do_not_share_is_not_said(facts_of, other):
    assert facts_of({"model": "resnet", "commit": HASH}, other) == ["2 runs", "step 5"]


def test_an_environment_and_a_task_are_said_and_an_odd_commit_as_it_stands(facts_of):
    assert facts_of({"env_id": "CartPole-v1", "task": "control", "commit": "v1.2-dirty"}) == [
        *("task control", "environment CartPole-v1", "1 run", "step 5", "commit v1.2-dirty")
    ]


def test_a_value_is_one_short_line(facts_of):
    result = facts_of({"model": "a\nb" + "x" * 500})[0]
    assert result.startswith("model a bxxx")
    assert len(result) < 50
