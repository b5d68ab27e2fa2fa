import re
from html.parser import HTMLParser

import pytest

from reportgen.outputs.html.prose import prose

MATHML = {"math", "mrow", "mi", "mtext"}


class Elements(HTMLParser):
    """What a browser would find."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))


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


def test_footnotes_are_linked_under_the_name_of_their_text():
    html = prose('One[^a] and two[^"x].\n\n[^a]: First.\n[^"x]: Second.', "text-about")
    assert re.findall(r' id="([^"]*)"', html) == [
        f"text-about--{place}" for place in ("fnref-1", "fnref-2", "fn-1", "fn-2")
    ]
    targets = re.findall(r' href="#([^"]*)"', html)
    assert sorted(targets) == sorted(re.findall(r' id="([^"]*)"', html))


def test_formulas_are_mathml_and_money_is_not():
    html = prose(r"$5 and $6, \$7 and `$x$`; $\frac{a}{b}$" + "\n\n$$\nx_1 *y*\n$$")
    assert html.count("<math ") == 2
    assert "<mfrac>" in html
    assert 'display="block"' in html
    assert "$5 and $6, $7 and <code>$x$</code>" in html


@pytest.mark.parametrize("formula", [r"\frac{", r"\left(", "^" * 1500, "{" * 9000])
def test_a_formula_that_cannot_be_read_is_shown_as_code(formula):
    assert f"<code>{formula}</code>" in prose(f"${formula}$")


def test_formulas_are_code_where_there_is_no_mathml():
    assert prose("$a<b$", mathml=False) == "<p><code>a&lt;b</code></p>"


@pytest.mark.parametrize(
    "text",
    [
        r"$\href{javascript:evil()}{x}$ $\style{position:fixed}{x}$",
        r"$\text{<script>evil()</script>}$ $\text{&lt;img src=x onerror=evil()&gt;}$",
        r'[x](https://e.example?$\text{ onclick=evil() }$) <b title="$x$">',
        "<math><mtext><style><img src=x onerror=evil()></style></mtext></math>",
        "<li id=summary><a href='&#xe000;0&#xe001;'>&#xe000;0&#xe001; $x$",
        "[^evil](javascript:evil())\n\n[^evil]: <iframe src=//evil.example>",
    ],
)
def test_formulas_and_footnotes_let_nothing_through(text):
    for tag, attributes in Elements(prose(text)).found:
        assert tag in {"p", "a", "li", "sup", "hr", "ol", "code"} | MATHML
        for name, value in attributes:
            assert name in {"href", "id", "rel", "display"}
            assert value.startswith(("#text--fn", "text--fn", "https://")) or name in {
                "rel",
                "display",
            }


def test_columns_of_tables_are_aligned_as_they_say():
    html = prose("| a | b |\n|--:|---|\n| 1 | <td align=evil>2 |")
    assert '<td align="right">1</td>' in html
    assert "evil" not in html


def test_no_level_of_headings_is_skipped():
    html = prose("## A\n\n#### B\n\n# C\n\n### D", level=3)
    assert re.findall(r"<h\d>\w", html) == ["<h3>A", "<h4>B", "<h3>C", "<h4>D"]


@pytest.mark.parametrize("text", ["[" * 50_000, "[^1]" * 25_000 + "\n\n[^1]: x", "$" * 100_000])
def test_a_text_made_to_take_long_does_not(text):
    assert prose(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![loss](plots/loss.png)", "(picture not shown: loss, plots/loss.png)"),
        ("<img src='a.png'>", "(picture not shown: a.png)"),
        ("<img src=a.png>", "(picture not shown)"),
        ("`![x](y.png)`", "<code>![x](y.png)</code>"),
    ],
)
def test_a_picture_of_a_text_is_told_and_not_loaded(text, message):
    assert message in prose(text)
    assert "<img" not in prose(text)


def test_a_table_of_a_text_scrolls_in_a_box_of_its_own():
    html = prose("| a |\n|---|\n| " + "x" * 500 + " |\n\n<table><tr><td>y</table>")
    assert html.count('<div class="scroll" role="group" tabindex="0"') == 2
    assert html.count("<table>") == html.count("</table></div>") == 2


def test_code_that_is_wider_than_the_page_scrolls_by_keyboard():
    assert '<pre tabindex="0"><code' in prose("```python\nx = 1\n```")


@pytest.mark.parametrize("unit", ["> ", ">>", "> - ", "=\n", "a\n=\n"])
@pytest.mark.parametrize("size", [500, 2_000])
def test_texts_that_take_the_reader_long_are_shown_plain(unit, size):
    block = (unit * size)[:size].replace("\n\n", "\n")
    assert "Shown as plain text" in prose("\n\n".join([block] * (95_000 // size)))


def test_marks_in_code_do_not_count():
    code = "```\n" + ">>> print(1)\n" * 3_000 + "```\n"
    assert "Shown as plain text" not in prose(code)


def test_a_text_that_is_not_to_be_formatted_is_shown_as_it_is_and_cut_where_asked_for():
    assert "<pre" in prose("**a**", plain=True)
    assert "**a**" in prose("**a**", plain=True)
    cut = prose("a" * 900, plain=True, max_plain=500)
    assert "a" * 500 in cut
    assert "a" * 501 not in cut
    assert "(400 more characters are left out.)" in cut
