"""Families of tags: heat maps and tables instead of a chart a tag."""

import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.report.blocks import FigureBlock
from reportgen.report.table import Table


@pytest.fixture
def report_of(tmp_path):
    """The report of runs with two metrics of twelve layers, and eleven tasks."""

    def make(runs=("a",), **options):
        for number, run in enumerate(runs):
            with SummaryWriter(str(tmp_path / "logs" / run)) as writer:
                for step in range(8):
                    writer.add_scalar("val/loss", 1 / (step + 1 + number), step)
                    for layer in range(12):
                        faulty = 30.0 if layer == 7 else 1.0
                        writer.add_scalar(f"layers/{layer}/std", 1 + layer / 10, step)
                        writer.add_scalar(f"layers/{layer}/norm", faulty + step / 10, step)
                    for task in "abcdefghijk":
                        value = ord(task) / 200 + step / 100 + number / 50
                        if (task, step) == ("b", 7):
                            value -= 0.1
                        writer.add_scalar(f"eval/{task}/accuracy", value, step)
        return reportgen.build(reportgen.read(tmp_path / "logs"), reportgen.Options(**options))

    return make


def section(report, title):
    return next(item for item in report.sections if item.title == title)


def test_tags_of_layers_share_a_figure_in_which_the_odd_layer_is_large(report_of):
    (figure,) = section(report_of(), "Layers").blocks
    assert figure.wide
    assert figure.chart.title == "layers/*/norm"
    assert figure.chart.caption().startswith("Layer 7 stands out: it ends at 30.")
    tags = set(figure.chart.data()["tag"])
    assert tags == {f"layers/{layer}/{name}" for layer in range(12) for name in ("norm", "std")}


def test_tags_of_tasks_share_a_table_best_last(report_of):
    (table,) = section(report_of(), "Tasks").blocks
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns][2:] == [
        *("first", "last", "best", "at step", "last against best")
    ]
    assert [row[0].text for row in table.rows] == [*"kjihgfedc", "a", "b"]
    assert table.rows[0][0].around == ("eval/", "/accuracy")
    assert table.rows[0][-1].text == "is the best"
    assert table.rows[-1][-1].text.endswith("worse")
    assert table.rows[-1][1].dots.best is not None


def test_of_several_runs_a_table_has_a_column_each_and_a_heat_map_each(report_of):
    report = report_of(["a", "b"])
    (table,) = section(report, "Tasks").blocks
    assert [column.heading for column in table.columns][2:] == ["b", "a"]
    assert len(table.rows[0][1].dots.points) == 2
    assert table.rows[0][2].best
    titles = [block.chart.title for block in section(report, "Layers").blocks]
    assert titles == ["layers/*/norm, b", "layers/*/norm, a"]


def test_no_member_has_a_chart_of_its_own_nor_is_a_key_metric(report_of):
    report = report_of()
    charts = {block.tag for block in report.blocks() if isinstance(block, FigureBlock)}
    assert charts == {"loss", "layers/*/norm"}
    assert [key.tag for key in report.ranking.metrics] == ["val/loss"]


def test_a_member_that_the_user_names_has_a_chart(report_of):
    report = report_of(metric=["eval/c/accuracy"])
    assert [key.tag for key in report.ranking.metrics] == ["eval/c/accuracy"]
    charts = {block.tag for block in report.blocks() if isinstance(block, FigureBlock)}
    assert "c/accuracy" in charts
    (table,) = section(report, "Tasks").blocks
    assert len(table.rows) == 10
