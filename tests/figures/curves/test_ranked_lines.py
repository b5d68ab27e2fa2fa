"""The best value that a chart marks is the one by which the table ranks runs."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Two noisy runs with losses of training and validation, and of a test of one of them."""
    folder, noise = tmp_path_factory.mktemp("logs"), np.random.default_rng(0)
    for place, run in enumerate(("a", "b")):
        with SummaryWriter(str(folder / run)) as writer:
            for step in range(100):
                level = 1 / (step + 1) + place / 10
                writer.add_scalar("train/loss", level + 0.02 * noise.normal(), step)
                writer.add_scalar("val/loss", level + 0.1 + 0.02 * noise.normal(), step)
            writer.add_scalar("test/loss", 0.01, 99)
    return reportgen.build(reportgen.read(folder))


def _chart(report):
    return next(block.chart for block in report.figures() if block.tag == "loss")


def test_the_mark_in_the_chart_is_the_number_in_the_table(report):
    row = report.ranking.runs[0]
    best = _chart(report).best()
    assert (best.group, best.split) == (row.group, "validation")
    assert best.best == row.reached[0].value
    assert best.best_step == row.reached[0].ranked.step
    assert best.best_x == best.best_step


def test_no_line_of_another_split_has_a_best_value(report):
    others = [line for line in _chart(report).series if line.split != "validation"]
    assert len(others) == 4
    assert all(np.isnan(line.best) for line in others)


def test_words_say_which_values_the_best_one_stands_for(report):
    kind = report.ranking.kind(0)
    assert kind.startswith("best ")
    assert f"Mean of the {kind}, at best " in _chart(report).alt()


def test_the_ranks_of_a_run_have_no_mark_since_the_table_has_their_mean(tmp_path):
    for rank in range(3):
        with SummaryWriter(str(tmp_path / f"rank_{rank}")) as writer:
            for step in range(10):
                writer.add_scalar("val/loss", 1 / (step + 1) + rank / 100, step)
    assert _chart(reportgen.build(reportgen.read(tmp_path))).best() is None
