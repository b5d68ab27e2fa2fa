"""Outputs ask charts, so that a new kind of figure needs no change of theirs."""

import pickle
from dataclasses import dataclass, replace
from typing import ClassVar

import pandas as pd
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.figures.canvas.style import new_figure, styled
from reportgen.figures.chart import Chart, Sparkline
from reportgen.figures.text_table import TextCell, TextColumn, TextTable
from reportgen.report.blocks import FigureBlock
from reportgen.report.model import Section
from reportgen.report.shrink import lighter


@dataclass(frozen=True, slots=True)
class Bars(Chart):
    """The least that a kind of figure has to define."""

    kind: ClassVar[str] = "bars"
    heights: tuple[float, ...]

    def caption(self):
        return f"The highest bar is {max(self.heights):g}."

    def alt(self):
        return f"{len(self.heights)} bars."

    def data(self):
        return pd.DataFrame({"height": self.heights})

    def draw(self, *, legend=False):
        del legend
        with styled():
            figure, axes = new_figure()
            axes.bar(range(len(self.heights)), self.heights)
        return figure


class SmallBars(Bars):
    """A kind that also defines what has a default."""

    def priority(self):
        return 0

    def sparkline(self):
        return Sparkline(self.heights, "#000000")

    def text_table(self, order):
        assert order == {"a": 0}
        cells = tuple(TextCell(f"{height:g}", height) for height in self.heights)
        columns = tuple(TextColumn(f"bar {place}", numeric=True) for place in range(len(cells)))
        return TextTable(columns, (cells,), explanation=self.caption())


@pytest.fixture
def report_of(tmp_path):
    """A function that returns a report of these charts."""
    with SummaryWriter(str(tmp_path / "logs" / "a")) as writer:
        writer.add_scalar("loss", 1, 0)
    report = reportgen.build(reportgen.read(tmp_path / "logs"))

    def made(*charts):
        blocks = tuple(FigureBlock(f"bars-{place}", chart) for place, chart in enumerate(charts))
        return replace(report, sections=(Section("section-bars", "Bars", blocks),))

    return made


def test_a_new_kind_of_figure_stands_in_every_output(report_of, tmp_path):
    report = report_of(Bars("heights", (1.0, 3.0)))
    for output in ("html:report.html", "md:report.md", "github:summary.md", "email:mail.eml"):
        reportgen.write(report, output.replace(":", f":{tmp_path}/"))
    page = (tmp_path / "report.html").read_text()
    assert "The highest bar is 3." in page
    assert '"table":{"height":[1,3]}' in page
    assert "2 bars." in (tmp_path / "report.md").read_text()
    assert "2 bars." in (tmp_path / "summary.md").read_text()


def test_a_chart_gives_its_own_table_to_hosts_that_show_no_pictures(report_of, tmp_path):
    reportgen.write(report_of(SmallBars("heights", (1.0, 3.0))), f"github:{tmp_path / 'page.md'}")
    text = (tmp_path / "page.md").read_text()
    assert "| bar 0 | bar 1 |\n| --: | --: |\n| 1 | 3 |\n\nThe highest bar is 3." in text


def test_the_chart_of_the_lowest_priority_leaves_a_large_page_first(report_of):
    report = report_of(SmallBars("small", (1.0, 3.0)), Bars("large", (1.0, 3.0)))
    smaller = lighter(report, {"bars-0": 10_000, "bars-1": 10_000}, 1)
    assert [block.chart.title for block in smaller.figures()] == ["large"]
    (row,) = smaller.sections[0].blocks[-1].rows
    assert row[1].spark == (1.0, 3.0)
    assert row[2].text == "2 bars."


def test_a_chart_can_be_drawn_in_another_process():
    chart = Bars("heights", (1.0, 3.0))
    assert pickle.loads(pickle.dumps(chart)) == chart  # noqa: S301  # ours


def test_a_kind_of_figure_without_a_caption_is_refused():
    class Silent(Bars):
        caption = Chart.caption

    with pytest.raises(TypeError, match="caption"):
        Silent("heights", (1.0,))
