"""All scalars are drawn by group: metrics with seeds and range, others as lines of medians."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.report.role import Role

STEPS = 12


@pytest.fixture
def report_of(tmp_path):
    """A report of two groups of three seeds that logged an accuracy, two losses and a rate."""
    for group, level in (("a", 1.0), ("b", 2.0)):
        for seed in range(3):
            with SummaryWriter(str(tmp_path / "logs" / group / f"seed_{seed}")) as writer:
                for step in range(STEPS):
                    loss = level + seed + 9.0 / (1 + step)
                    writer.add_scalar("val/accuracy", 1 - loss / 20, step)
                    writer.add_scalar("val/loss", loss, step)
                    writer.add_scalar("train/loss", loss - 0.5, step)
                    writer.add_scalar("time/fps", 100 * level + 10 * seed**2 + step % 3, step)

    def make(**options):
        return reportgen.build(reportgen.read(tmp_path / "logs"), reportgen.Options(**options))

    return make


def charts_of(report, title):
    section = next(section for section in report.sections if section.title == title)
    return {block.chart.title: block.chart for block in section.blocks if hasattr(block, "chart")}


def test_each_split_of_a_metric_has_a_line_a_group_with_its_seeds(report_of):
    charts = charts_of(report_of(), "Metrics")
    assert set(charts) == {"loss, validation", "loss, train"}
    for chart in charts.values():
        assert chart.kind == "group_curves"
        assert {line.name: line.size for line in chart.lines} == {"a": 3, "b": 3}
    last = {line.name: float(line.centre[-1]) for line in charts["loss, train"].lines}
    assert last == pytest.approx({"a": 1.5 + 9 / STEPS, "b": 2.5 + 9 / STEPS})


def test_other_scalars_are_small_and_have_the_median_of_each_group(report_of):
    chart = charts_of(report_of(), "Other scalars")["time/fps"]
    lines = {line.group: line.raw for line in chart.step_curves().series}
    steps = np.arange(STEPS) % 3
    assert set(lines) == {"a", "b"}
    assert lines["a"].tolist() == (110.0 + steps).tolist()
    assert lines["b"].tolist() == (210.0 + steps).tolist()
    mean = charts_of(report_of(aggregate="mean"), "Other scalars")["time/fps"].step_curves().series
    assert mean[0].raw[0] == pytest.approx(100 + 50 / 3)


def test_the_headline_is_drawn_once_and_can_be_linked_to(report_of):
    report = report_of()
    headline = [block for block in report.figures() if block.tag == "accuracy"]
    assert [block.role for block in headline if block.role] == [Role.GROUPS]


@pytest.mark.parametrize(
    "options", [{"x": "time"}, {"log_y": True}, {"smooth": "tb:0.6"}, {"group": None}]
)
def test_what_the_user_asks_of_curves_is_kept_to_where_groups_cannot(report_of, options):
    options = {"no_group": True} if "group" in options else options
    charts = charts_of(report_of(**options), "Metrics")
    assert {chart.kind for chart in charts.values()} == {"curves"}


def test_a_page_of_groups_is_made_with_all_lines_numbered(report_of, tmp_path):
    reportgen.write(report_of(), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    assert "Median of the seeds of each group." in page
    assert '"runs":["a","b",' in page
