"""One budget holds over all texts of a report, counted and not measured."""

import pypdf
import pytest

import reportgen
from hostile.framing import value_event, write_log
from hostile.test_corpus import text_event
from reportgen.report.blocks import Notice, Prose
from reportgen.report.model import Section
from reportgen.report.text_budget import within_budget

ROWS = ("|a|b|\n|-|-|\n" * 40 + "\n") * 190  # two seconds, and just within the limit of one text


def plain(sections):
    """Titles of the texts that are shown as plain text."""
    blocks = [block for section in sections for block in section.blocks]
    return [block.title for block in blocks if isinstance(block, Prose) and block.plain]


def section(*texts, by_user=False):
    blocks = [Prose(str(place), text, by_user=by_user) for place, text in enumerate(texts)]
    return Section("texts", "Texts", (Notice("ours"), *blocks))


def test_texts_of_usual_size_are_formatted():
    usual = [section(*["A sentence of some words.\n" * 40] * 300)]
    assert within_budget(usual) == tuple(usual)


def test_what_exceeds_the_budget_is_plain_and_what_still_fits_is_not():
    assert plain(within_budget([section("a" * 500, "b" * 9_000, "c")], max_cost=3_000)) == ["1"]


def test_marks_cost_more_than_letters():
    letters, marks = section("a" * 2_000), section("|" * 2_000)
    assert plain(within_budget([letters], max_cost=4_000)) == []
    assert plain(within_budget([marks], max_cost=4_000)) == ["0"]


def test_earlier_texts_count():
    text = Prose("x", "a", earlier=tuple((step, "a") for step in range(20)))
    assert plain(within_budget([Section("texts", "Texts", (text,))], max_cost=4_000)) == ["x"]


def test_the_texts_of_the_user_come_first():
    sections = [section("a" * 2_000), section("b" * 2_000, by_user=True)]
    of_log, of_user = within_budget(sections, max_cost=4_000)
    assert (plain([of_log]), plain([of_user])) == (["0"], [])


@pytest.mark.slow
def test_a_report_says_which_texts_are_plain(tmp_path):
    curve = [value_event(step, tag="loss", simple_value=1.0) for step in range(3)]
    texts = [text_event(f"text {number}", f"{number}\n\n{ROWS}") for number in range(9)]
    logs = write_log(tmp_path / "run", [*curve, *texts])
    report = reportgen.build(reportgen.read(logs))
    marked = plain(report.sections)
    assert 0 < len(marked) < 9
    reportgen.write(report, tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text()
    assert page.count("all texts of this report together are too long") == len(marked)


@pytest.mark.slow
def test_a_pdf_has_a_smaller_budget_and_shows_how_plain_texts_begin(tmp_path):
    logs = write_log(tmp_path / "run", [text_event("text", f"Begins so.\n\n{ROWS}")])
    reportgen.generate([logs], [tmp_path / "x.pdf"])
    words = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "x.pdf").pages)
    assert "together are too long to be formatted" in " ".join(words.split())
    assert "Begins so." in words
    assert "more characters are left out" in " ".join(words.split())
