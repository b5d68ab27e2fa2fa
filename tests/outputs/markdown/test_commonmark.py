"""Text from a log is inert, and only what means something where it stands is escaped."""

import html

import pytest
from markdown_it import MarkdownIt

from reportgen.outputs.markdown.commonmark import escape, fenced, sparkline, table
from reportgen.report.table import Cell, Column, Table


@pytest.mark.parametrize(
    "text",
    ["val_loss", "05:42 UTC", "58 of 60 (96.7%)", "a+b", "gpt-4", "C# and R&D", "a > b!", "{x}"],
)
def test_what_means_nothing_is_left_alone(text):
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*a*", r"\*a\*"),
        ("_a_", r"\_a\_"),
        ("<b>", r"\<b>"),
        ("&lt;", r"\&lt;"),
        ("![x](y)", r"!\[x\](y)"),
        ("# a #", r"\# a \#"),
        ("1. a", r"1\. a"),
        ("- a", r"\- a"),
        ("---", r"\---"),
        ("> a", r"\> a"),
        ("https://e.example", r"https\://e.example"),
        ("www.e.example", r"www\.e.example"),
        ("a\n\n# b", r"a \# b"),
        ("\x00\ud800", "\ufffd\ufffd"),
    ],
)
def test_what_means_something_is_escaped(text, escaped):
    assert escape(text) == escaped


@pytest.mark.parametrize(
    "text",
    [
        "<b>",
        "&amp;",
        "*a* _b_ `c`",
        "[a](b)",
        "# a",
        "- a",
        "+ a",
        "12) a",
        "===",
        "https://e.example",
        "a.b@c.example",
        r"\*",
        "***",
    ],
)
def test_it_reads_as_it_was_logged(text):
    assert html.unescape(MarkdownIt("gfm-like").render(escape(text))) == f"<p>{text}</p>\n"


def test_a_cell_cannot_end_its_column():
    content = Table("t", (Column("a|b"),), ((Cell("x | y", best=True),),), note="1 of 2 rows")
    assert table(content) == "| a\\|b |\n| --- |\n| **x \\| y** |\n\n1 of 2 rows"


def test_a_fence_is_longer_than_any_within():
    assert fenced("a\n````\nb").splitlines()[::4] == ["`````text", "`````"]


@pytest.mark.parametrize(
    ("values", "bars"),
    [((), ""), ((1.0,), ""), ((0, 7), "▁█"), ((2, 2), "▁▁"), (range(41), "▁▁▂▂▂▃▃▄▄▄▅▅▅▆▆▇▇▇██")],
)
def test_a_sparkline_shows_the_first_and_the_last_value(values, bars):
    assert sparkline(tuple(values)) == bars
