"""The section of groups of seeds."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.errors import UsageError
from reportgen.report.role import Role

FINALS = {"good": [0.9, 0.91, 0.92, 0.9], "bad": [0.5, 0.51, 0.52, 0.5]}


@pytest.fixture
def section_of(tmp_path):
    """The section of a report of runs by name."""
    for group, finals in FINALS.items():
        for seed, value in enumerate(finals):
            with SummaryWriter(str(tmp_path / "logs" / group / f"seed_{seed}")) as writer:
                for step in range(5):
                    writer.add_scalar("val/accuracy", value * step / 4, step)

    def make(**options):
        report = reportgen.build(reportgen.read(tmp_path / "logs"), reportgen.Options(**options))
        return next((section for section in report.sections if section.title == "Seeds"), None)

    return make


def test_the_figures_of_the_headline_come_first_and_the_table_of_runs_last(section_of):
    message, curves, values, differences, sentence, runs = section_of().blocks
    assert "good (4 runs)" in message.text
    kinds = [block.chart.kind for block in (curves, values, differences)]
    assert kinds == ["group_curves", "group_values", "group_differences"]
    assert (curves.wide, curves.role, curves.tag) == (True, Role.GROUPS, "accuracy")
    assert [line.name for line in curves.chart.lines] == ["good", "bad"]
    assert sentence.text.startswith(
        "val/accuracy: A run of good beats a run of bad with probability 100 %"
    )
    assert (runs.title, len(runs.rows), runs.folded) == ("Runs of the groups", 8, True)


def test_the_option_chooses_the_strong_line(section_of):
    chart = section_of(aggregate="mean").blocks[1].chart
    assert chart.lines[0].centre[-1] == pytest.approx(np.mean(FINALS["good"]), abs=1e-6)
    assert "mean bold" in chart.subtitle()
    with pytest.raises(UsageError, match="--aggregate mdian: unknown value; did you mean median"):
        section_of(aggregate="mdian")


def test_without_groups_there_is_no_section(section_of):
    assert section_of(no_group=True) is None


def test_groups_can_be_named_by_a_pattern(section_of):
    chart = section_of(group="seed_([01])").blocks[1].chart
    assert {line.name for line in chart.lines} >= {"0", "1"}


def test_two_seeds_of_one_group_are_not_compared_as_rivals(tmp_path):
    rng = np.random.default_rng(0)
    for group, level in {"a": 900, "b": 500}.items():
        for seed in range(3):
            with SummaryWriter(str(tmp_path / "logs" / group / f"seed_{seed}")) as writer:
                for step in range(30):
                    writer.add_scalar("eval/mean_reward", level + rng.normal(0, 30), step)
    report = reportgen.build(reportgen.read(tmp_path / "logs"))
    assert not any(finding.rule == "within-noise" for finding in report.findings)
    assert report.statements[0].text.startswith("a is best")
    assert not any("Repeat both" in said.text for said in report.statements)
