import pandas as pd
import pytest

from reportgen.outputs.templating import prose, rows, spark


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/track.png)",
        "[x](javascript:alert(1))",
        '<a href="data:text/html,x" onclick="x()">y</a>',
        "<style>body{display:none}</style>",
        '<p style="position:fixed" id="summary" class="skip">x</p>',
        "<iframe src=//example.org></iframe><svg onload=x>",
    ],
)
def test_untrusted_markdown_brings_nothing_that_runs_loads_or_covers(text):
    html = prose(text).lower()
    for sign in (
        "<script",
        "<img",
        "<style",
        "<iframe",
        "<svg",
        "javascript:",
        "data:",
        " on",
        " style=",
    ):
        assert sign not in html
    assert " id=" not in html
    assert " class=" not in html


def test_markdown_is_rendered_below_the_headings_of_the_page():
    html = prose(
        "# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n**bold** [link](https://example.org)"
    )
    assert "<h4>Title</h4>" in html
    assert "<td>1</td>" in html
    assert "<strong>bold</strong>" in html
    assert 'href="https://example.org"' in html


def test_a_text_beyond_all_measure_is_cut_and_the_rest_counted():
    html = prose("a" * 100_007)
    assert "7 more characters are left out" in html
    assert len(html) < 101_000


def test_the_data_of_a_figure_is_thinned_and_says_so():
    cells, note = rows(pd.DataFrame({"step": range(1000), "value": [0.5] * 1000}))
    assert cells[0] == ["0", "0.5"]
    assert cells[-1] == ["999", "0.5"]
    assert note == "50 of 1,000 rows, evenly spaced."


def test_a_constant_sparkline_is_flat():
    assert spark([1.0, 1.0]) == "2.0,18.0 74.0,18.0"
