"""Texts of several runs under one tag, side by side and step by step."""

import re

import pytest
from markupsafe import Markup

from reportgen.outputs.html.text_series import text_series, with_changes

PROMPT = "Write a line: "


@pytest.fixture
def texts(make_report):
    """A report of three runs that write after one prompt, two of them the same."""
    rows = [
        (run, "samples/line", step, PROMPT + text)
        for run, written in (("a", "one cat"), ("b", "one dog"), ("c", "one cat"))
        for step, text in ((0, "nothing yet"), (10, written))
    ]
    return make_report([(run, "loss", 0, 1.0) for run in "abc"], texts=rows)


def series(report):
    """The texts that stand together."""
    (section,) = [section for section in report.sections if section.title == "Text"]
    return text_series(section.blocks)


def test_the_prompt_stands_once_and_equal_texts_share_a_column(texts):
    (together,) = series(texts)
    assert together.prompt == PROMPT
    assert together.steps == (0, 10)
    assert [text.runs for text in together.texts] == [("a", "c"), ("b",)]
    assert together.samples(together.texts[1]) == [(0, "nothing yet"), (10, "one dog")]


def test_a_text_that_was_logged_once_stands_alone(make_report):
    report = make_report([("a", "loss", 0, 1.0)], texts=[("a", "about", 0, "One text.")])
    (alone,) = series(report)
    assert alone.markdown == "One text."


def test_a_page_holds_every_step_without_script(texts, written):
    page = re.sub(r"<[^>]*>", "", written(texts, "report.html").decode())
    assert page.count("Write a line:") == 1
    assert page.count("nothing yet") == 2
    assert page.count("one cat") == 1
    assert "1 earlier step" in page


def test_words_that_changed_are_marked_whatever_markup_is_between():
    before = Markup("<p>a small <em>red</em> house</p>")
    now = Markup("<p>a <em>very large</em> house &amp; garden</p>")
    marked, count = with_changes(now, before)
    assert marked == ("<p>a <em><mark>very large</mark></em> house <mark>&amp; garden</mark></p>")
    assert count == "4 of 6 words changed"
    assert with_changes(now, now) == (now, "no word changed")
    assert with_changes(now, None) == (now, "")


def test_formulas_are_not_marked():
    formula = Markup("<p>new <math><mi>x</mi></math></p>")
    marked, _ = with_changes(formula, Markup("<p>old</p>"))
    assert "<math><mi>x</mi></math>" in marked
