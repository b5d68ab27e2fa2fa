"""Each figure is drawn once, whatever forms of it are asked for."""

from collections import Counter

import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.report.draw import draw
from reportgen.report.model import Report


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Report:
    """Curves of two runs, curves with several lines a run, PR curves, and a histogram."""
    folder = tmp_path_factory.mktemp("logs")
    for run in ("a", "b"):
        with SummaryWriter(str(folder / run)) as writer:
            for step in range(5):
                writer.add_scalar("loss", 1 / (step + 1), step)
                writer.add_scalars("parts", {"x": step, "y": 2 * step}, step)
            writer.add_pr_curve("pr", [0, 1, 1, 0], [0.1, 0.8, 0.4, 0.5], 0)
            writer.add_histogram("weights", [1, 2, 3], 0)
    return reportgen.build(reportgen.read(folder))


@pytest.fixture
def calls(report, monkeypatch):
    """How often each chart of the report is drawn, by its title and kind."""
    counter = Counter()

    def counting(original):
        def draw(chart, **how):
            counter[chart.kind, chart.title] += 1
            return original(chart, **how)

        return draw

    for kind in {type(block.chart) for block in report.figures()}:
        monkeypatch.setattr(kind, "draw", counting(kind.draw))
    return counter


def test_a_figure_asked_for_as_svg_and_png_is_drawn_once(report, calls):
    ids = {block.id for block in report.figures()}
    drawings = draw(report, svg=ids, png=ids)
    assert set(calls) == {(block.chart.kind, block.chart.title) for block in report.figures()}
    assert set(calls.values()) == {1}
    assert all(drawing.svg and drawing.png for drawing in drawings.values())


def test_markdown_alone_draws_each_figure_once(report, calls, tmp_path):
    reportgen.write(report, tmp_path / "report.md")
    assert set(calls.values()) == {1}


def test_each_form_is_the_same_with_and_without_the_other(report):
    ids = {block.id for block in report.figures()}
    both, vectors, pictures = (
        draw(report, svg=ids, png=ids),
        draw(report, svg=ids),
        draw(report, png=ids),
    )
    for name in ids:
        assert both[name].svg == vectors[name].svg
        assert both[name].png == pictures[name].png
        assert not vectors[name].png
        assert not pictures[name].svg


@pytest.fixture(scope="module")
def many_figures(tmp_path_factory) -> Report:
    """Forty histograms, which a page of 120 KB has no room for."""
    folder = tmp_path_factory.mktemp("histograms")
    with SummaryWriter(str(folder)) as writer:
        for index in range(40):
            for step in range(14):
                writer.add_histogram(f"layer{index}/w", [index, step, 2 * step, 3 * step], step)
    return reportgen.build(reportgen.read(folder))


@pytest.mark.slow
def test_figures_without_room_are_not_drawn_and_the_page_is_the_same(many_figures, tmp_path):
    ids = {block.id for block in many_figures.figures()}
    some = draw(many_figures, svg=ids, max_bytes=120_000)
    assert 0 < len(some) < len(ids)
    assert sum(len(drawing.svg) for drawing in some.values()) > 120_000
    options = reportgen.Options(max_size="120KB")
    reportgen.write(many_figures, tmp_path / "page.html", options=options)
    # A folder of files has no limit, so every figure is drawn.
    outputs = (f"html:{tmp_path / 'all.html'}", f"bundle:{tmp_path / 'bundle'}")
    reportgen.write(many_figures, *outputs, options=options)
    assert (tmp_path / "page.html").read_bytes() == (tmp_path / "all.html").read_bytes()


def test_pictures_are_drawn_however_little_room_vectors_have(many_figures):
    ids = {block.id for block in many_figures.figures()[:9]}
    drawings = draw(many_figures, svg=ids, png=ids, max_bytes=1)
    assert set(drawings) == ids
    assert all(drawing.png for drawing in drawings.values())
