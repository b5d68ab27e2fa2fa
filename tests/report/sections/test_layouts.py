"""Charts of several tags: those of add_scalars, and those that a layout asks for."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.analysis.annotated import annotated
from reportgen.analysis.custom_scalars import chosen
from reportgen.figures.canvas.style import run_styles
from reportgen.figures.curves.series import Weight
from reportgen.frames.experiment import frame
from reportgen.outputs.html import page_data
from reportgen.report.blocks import FigureBlock, Notice
from reportgen.report.draw import draw
from reportgen.report.sections import layouts
from reportgen.settings import parse_settings

DATA = Path(__file__).parents[2] / "data"


def report_of(path):
    return reportgen.build(reportgen.read(path))


def titles(report, name):
    blocks = next(section.blocks for section in report.sections if section.title == name)
    return [block.chart.title for block in blocks if isinstance(block, FigureBlock)]


def chart(report, title):
    return next(block.chart for block in report.figures() if block.chart.title == title)


@pytest.fixture(scope="module")
def banded(tmp_path_factory):
    """Two runs with bands, a layout in each, and lines of one main tag."""
    folder = tmp_path_factory.mktemp("banded")
    for run in ("one", "two"):
        with SummaryWriter(str(folder / run)) as writer:
            writer.add_custom_scalars(
                {
                    "Mine": {
                        "band": ["Margin", ["q/mean", "q/low", "q/high"]],
                        "both": ["Multiline", ["q/l.*", "q/mean"]],
                        "none": ["Multiline", ["(x+)+y"]],
                    }
                }
            )
            for step in range(600):
                for name, shift in (("mean", 0), ("low", -1), ("high", 1)):
                    writer.add_scalar(f"q/{name}", np.sin(step / 50) + shift, step)
                if step < 20:
                    writer.add_scalars("parts", {"a": step, "b": -step, "c": 2}, step)
    return report_of(folder)


@pytest.mark.parametrize("writer", ["torch", "tensorboardX"])
def test_lines_of_one_main_tag_share_a_chart(writer):
    report = report_of(DATA / writer)
    shown = titles(report, "Other scalars")
    assert "parts" in shown
    assert not [title for title in shown if title.startswith("parts/")]
    parts = chart(report, "parts")
    assert [curve.name for curve in parts.series] == ["resumed, a", "resumed, b"]
    assert len({curve.style.color for curve in parts.series}) == 2
    assert "One colour a line: a and b." in parts.caption()


def test_lines_that_are_splits_are_all_solid_and_validation_is_stronger_than_training():
    compare = chart(report_of(DATA / "torch"), "compare/loss")
    weights = {series.split: series.weight for series in compare.series}
    assert weights == {"train": Weight.LIGHT, "validation": Weight.STRONG}
    assert {series.dash for series in compare.series} == {"-"}
    assert len({series.style.color for series in compare.series}) == 1
    assert not any(series.line for series in compare.series)


def test_a_layouts_category_is_a_section_after_the_metrics(banded):
    assert [section.title for section in banded.sections] == ["Mine", "Other scalars"]
    assert titles(banded, "Mine") == ["band", "both"]
    assert titles(banded, "Other scalars") == ["parts", "q/high", "q/low", "q/mean"]
    assert [item.title for item in report_of(DATA / "torch").sections][:2] == ["Metrics", "losses"]


def test_lines_of_several_runs_have_a_dash_each(banded):
    parts = chart(banded, "parts")
    looks = {(curve.style.color, curve.dash) for curve in parts.series}
    assert len(parts.series) == len(looks) == 6
    assert len({curve.style.color for curve in parts.series}) == 2
    assert "One dash a line: a, b and c." in parts.caption()


def test_a_margin_is_a_band_around_its_value(banded):
    band = chart(banded, "band")
    assert [child.name for child in band.margins] == ["one", "two"]
    assert all(
        (child.low <= child.value).all() and (child.value <= child.high).all()
        for child in band.margins
    )
    assert 100 < len(band.margins[0].steps) < 600
    assert "q/mean between q/low and q/high" in band.caption()
    assert "every extreme" in band.caption()
    assert list(band.data()) == ["run", "line", "step", "value", "lower", "upper"]
    gids = {child.get_gid() for child in band.draw().axes[0].get_children()}
    assert {"line-1", "line-2", "line-3", "line-4"} <= gids


def test_the_page_can_switch_both_lines_and_bands_off(banded):
    drawings = draw(banded, svg={block.id for block in banded.figures()})
    runs, axis = {"one": 0, "two": 1}, page_data._axis(banded)
    by_title = {
        block.chart.title: page_data._figure(block, drawings[block.id].frame, runs, axis)
        for block in banded.figures()
    }
    assert [line["r"] for line in by_title["band"]["lines"]] == [0, 0, 1, 1]
    assert [line["n"] for line in by_title["parts"]["lines"]] == ["a", "b", "c"] * 2


def test_a_pattern_that_may_take_for_ever_is_told_and_not_tried(banded):
    notices = [block.text for block in banded.sections[0].blocks if isinstance(block, Notice)]
    assert notices == ["none: these patterns of tags were not tried: (x+)+y."]


@pytest.mark.parametrize("pattern", ["(", "(a*)*", "a" * 300, ".*.*.*.*", "a{99999999999}"])
def test_a_pattern_that_is_none_or_slow_is_refused(pattern):
    assert chosen(["a", "b"], [pattern]) == ([], [pattern])


def test_patterns_match_from_the_start_and_names_match_themselves():
    assert chosen(["loss/a", "my/loss/a", "f(x"], ["loss", "f(x"])[0] == ["loss/a", "f(x"]


def test_what_a_layout_names_and_nobody_logged_is_told():
    (section,) = [block for block in report_of(DATA / "torch").sections if block.title == "losses"]
    message = [block.text for block in section.blocks if isinstance(block, Notice)]
    assert message == ["band: not all of loss/mean, loss/low and loss/high were logged."]


def test_a_layout_names_tags_as_they_were_given_to_the_writer(tmp_path):
    names = ["train loss", "low (5%)", "/high"]
    with SummaryWriter(str(tmp_path)) as writer:
        charts = {"lines": ["Multiline", names], "bands": ["Margin", names]}
        writer.add_custom_scalars({"Mine": charts})
        for step in range(9):
            for name in names:
                writer.add_scalar(name, step, step)
    report = report_of(tmp_path)
    assert [curve.line for curve in chart(report, "lines").series] == [
        "train_loss",
        "low__5__",
        "high",
    ]
    assert chart(report, "bands").tags == (("train_loss", "low__5__", "high"),)


def test_each_band_that_nobody_logged_is_told():
    scalars = reportgen.read(DATA / "torch").scalars
    names = scalars[scalars["run"] == scalars["run"].iloc[0]]
    tags = sorted(set(names["tag"].astype(str)))[:3]
    rows = annotated(
        names, pd.DataFrame({"run": [names["run"].iloc[0]], "group": "a", "split": ""})
    )
    asked = frame(
        "layouts",
        {
            "run": ["a"],
            "category": ["Mine"],
            "title": ["bands"],
            "style": ["margin"],
            "tags": [(*tags, "nobody", tags[1], tags[2])],
            "origin": ["custom_scalars"],
        },
    )
    ((_, blocks),) = layouts.sections(rows, asked, run_styles(["a"]), parse_settings())
    message, drawn = blocks
    assert message.text == f"bands: not all of nobody, {tags[1]} and {tags[2]} were logged."
    assert drawn.chart.tags == (tuple(tags),)


def test_a_tag_that_is_named_is_not_refused_for_being_no_pattern():
    assert chosen(["f(x", "t" * 500], ["f(x", "t" * 500]) == (["f(x", "t" * 500], [])
