import re
from pathlib import Path

import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen import generate
from reportgen.options import Options
from reportgen.outputs.html import html
from reportgen.outputs.job import Job, Target
from reportgen.report.blocks import Notice, Prose
from reportgen.report.draw import draw
from reportgen.report.shrink import lighter, shorter
from reportgen.report.table import Table
from reportgen.settings import parse_settings

# Two prefixes, as more than eight tags that differ by an index are one heat map.
PLAIN = [f"{prefix}/tag{index}" for prefix in ("other", "some") for index in range(6)]


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """A metric, twelve scalars without a better direction, and a histogram."""
    folder = tmp_path_factory.mktemp("logs")
    with SummaryWriter(str(folder)) as writer:
        for step in range(50):
            for index, tag in enumerate(PLAIN):
                writer.add_scalar(tag, index + step % 7, step)
            writer.add_scalar("loss", 1 / (step + 1), step)
        writer.add_histogram("weights", [1, 2, 3], 0)
    return folder


@pytest.fixture(scope="module")
def report(logs):
    return reportgen.build(reportgen.read(logs))


def costs(report):
    return {block.id: 10_000 for block in report.figures()}


def test_distributions_go_first_then_plain_curves_and_metrics_last(report):
    sections = [section.title for section in report.sections]
    left = []
    for excess in (1, 10_000, 120_000, 1_000_000):
        smaller = lighter(report, costs(report), excess)
        left.append([block.chart.title for block in smaller.figures()])
    assert sections == ["Metrics", "Other scalars", "Distributions"]
    assert left[0] == ["loss", *PLAIN]
    assert left[1] == left[0][:-1]
    assert left[2] == ["loss"]
    assert left[3] == []


def test_what_gives_way_leaves_a_row_with_a_sparkline_and_words(report):
    smaller = lighter(report, costs(report), 25_000)
    table = next(
        block
        for section in smaller.sections
        if section.title == "Other scalars"
        for block in section.blocks
        if isinstance(block, Table)
    )
    assert [row[0].text for row in table.rows] == ["some/tag4", "some/tag5"]
    assert len(table.rows[0][1].spark) == 40
    assert "from 10 to" in table.rows[0][2].text
    assert "2 of 12 figures" in table.note


@pytest.fixture(scope="module")
def families(tmp_path_factory):
    """A metric, a scalar without a better direction, and two metrics of twelve layers."""
    folder = tmp_path_factory.mktemp("families")
    with SummaryWriter(str(folder)) as writer:
        for step in range(5):
            writer.add_scalar("val/loss", 1 / (step + 1), step)
            writer.add_scalar("other", step, step)
            for layer in range(12):
                value = float("nan") if step == 2 or (layer, step) == (0, 3) else layer + step
                writer.add_scalar(f"layers/{layer}/norm", value, step)
    return reportgen.build(reportgen.read(folder))


def test_families_of_tags_go_after_plain_curves_and_before_metrics(families):
    left = [
        [block.chart.title for block in lighter(families, costs(families), excess).figures()]
        for excess in (1, 10_000, 20_000)
    ]
    assert left == [["loss", "layers/*/norm"], ["loss"], []]


def test_a_family_leaves_the_mean_of_its_members_where_there_is_one(families):
    layers = next(
        section
        for section in lighter(families, costs(families), 10_000).sections
        if section.title == "Layers"
    )
    (table,) = layers.blocks
    name, curve, words = table.rows[0]
    assert name.text == "layers/*/norm"
    assert curve.spark == pytest.approx((5.5, 6.5, 9, 9.5))
    assert "12 members" in words.text


@pytest.mark.parametrize("form", ["ridgeline", "heat-map", "percentiles"])
def test_distributions_of_every_form_leave_the_course_of_their_mean(tmp_path, form):
    with SummaryWriter(str(tmp_path)) as writer:
        for step in range(5):
            writer.add_histogram("weights", [step, step + 2], step)
    report = reportgen.build(reportgen.read(tmp_path), Options(histograms=form))
    (section,) = lighter(report, costs(report), 1).sections
    assert section.blocks[0].rows[0][1].spark == (1, 2, 3, 4, 5)


def test_a_second_round_adds_to_the_same_table(report):
    once = lighter(report, costs(report), 25_000)
    twice = lighter(once, costs(report), 10_000)
    tables = [block for block in twice.sections[1].blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [4]
    assert "4 of 12 figures" in tables[0].note


def page_within(report, limit):
    """The page of a report with a budget in bytes."""
    drawings = draw(report, svg={block.id for block in report.figures()}, png=set())
    target = Target("html", Path("report.html"))
    job = Job(target, report, drawings, parse_settings(Options(max_size=f"{limit / 1000}KB")))
    return html.render(job)[target.path].decode()


@pytest.mark.parametrize("limit", [150_000, 120_000, 110_000])
def test_a_page_fits_and_still_names_every_figure(report, limit):
    page = page_within(report, limit)
    assert len(page.encode()) <= limit
    for block in report.figures():
        assert block.chart.title in page
    assert len(re.findall("<figure", page)) < len(report.figures())


def test_a_page_that_cannot_be_small_enough_is_as_small_as_it_gets(report):
    page = page_within(report, 1_000)
    assert "<figure" not in page


def test_what_could_not_be_made_small_enough_is_told(logs, tmp_path):
    tight, roomy = (
        generate([logs], [tmp_path / "r.html"], Options(max_size=size)).written[0]
        for size in ("1KB", "5MB")
    )
    assert "over --max-size 1 KB: nothing more can be left out" in tight
    assert "max-size" not in roomy


@pytest.fixture(scope="module")
def wordy(tmp_path_factory):
    """A report of one short text, two long ones of several bytes a letter, and a chart."""
    folder = tmp_path_factory.mktemp("wordy")
    with SummaryWriter(str(folder)) as writer:
        writer.add_text("short", "A short text.", 0)
        for name in ("long", "longer"):
            writer.add_text(name, "größer " * (9_000 if name == "long" else 12_000), 0)
        writer.add_scalar("loss", 1, 0)
        writer.add_scalar("loss", 0, 1)
    return reportgen.build(reportgen.read(folder))


def test_long_texts_are_cut_to_one_length_and_short_ones_stay(wordy):
    section = shorter(wordy, 20_000).sections[-1]
    sizes = [len(block.markdown.encode()) for block in section.blocks if isinstance(block, Prose)]
    assert sizes[0] == 13
    assert 9_990 <= min(sizes[1:]) <= max(sizes) <= 9_993
    notes = [block.text for block in section.blocks if isinstance(block, Notice)]
    assert len(notes) == 1
    assert re.match(r"2 texts cut to the first 10(\.0)? KB, to keep the page small", notes[0])


def test_texts_cut_again_are_told_once_and_those_that_fit_are_left_alone(wordy):
    again = shorter(shorter(wordy, 20_000), 2_000).sections[-1]
    assert sum(isinstance(block, Notice) for block in again.blocks) == 1
    assert shorter(wordy, 1_000_000) is wordy


@pytest.mark.parametrize("limit", [130_000, 110_000])
def test_a_page_whose_texts_are_too_much_fits_and_keeps_its_chart(wordy, limit):
    page = page_within(wordy, limit)
    assert len(page.encode()) <= limit
    assert "<figure" in page
    assert "A short text." in page
