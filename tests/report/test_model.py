"""A report shows itself, in a terminal and in a notebook."""

import html
import re

import pytest
from tensorboardX import SummaryWriter

import reportgen


@pytest.fixture
def report(tmp_path):
    with SummaryWriter(str(tmp_path / "a")) as writer:
        for step in range(3):
            writer.add_scalar("train/loss", 1.0, step)
            writer.add_scalar("lr", 1.0, step)
    return reportgen.build(reportgen.read(tmp_path), reportgen.Options(title='"><b>'))


def test_its_repr_is_a_line_a_section(report):
    title, *lines = repr(report).splitlines()
    assert title == """Report '"><b>'"""
    assert len(lines) == len(report.sections)
    assert lines[0] == "  Metrics: 1 block, 1 figure"


def test_a_notebook_shows_the_page_isolated_from_its_styles(report, tmp_path):
    frame = report._repr_html_()
    assert re.fullmatch(
        r'<iframe srcdoc="[^"]*" title="[^"]*" sandbox="[^"]*" [^>]*></iframe>', frame
    )
    assert "allow-same-origin" not in frame
    reportgen.write(report, tmp_path / "r.html")
    page = re.search(r'srcdoc="([^"]*)"', frame)[1]
    assert html.unescape(page) == (tmp_path / "r.html").read_text()
