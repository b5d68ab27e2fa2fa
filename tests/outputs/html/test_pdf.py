"""PDF: contents with page numbers, vector figures, nothing loaded, nothing cut off."""

import builtins
import re
import sys

import pypdfium2
import pytest

from reportgen import write
from reportgen.errors import DependencyError

pytestmark = pytest.mark.slow  # pages set for paper


def pages(data):
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def objects(data, kind):
    document = pypdfium2.PdfDocument(data)
    return [item for page in document for item in page.get_objects() if item.type == kind]


@pytest.fixture(scope="module")
def printed(demo, shared_outputs):
    return shared_outputs(demo, "report.pdf")["report.pdf"]


def test_contents_point_to_the_pages_of_the_sections(printed):
    result = pages(printed)
    for section in ("Metrics", "Classification", "Text", "Parameters"):
        place = int(re.search(rf"^{section} ?\.+ (\d+)", result[0], re.MULTILINE)[1])
        assert any(line == section for line in result[place - 1].splitlines())
    assert f"1 / {len(result)}" in result[0]


def test_the_verdict_and_every_value_stand_there_as_text(printed):
    text = "\n".join(pages(printed))
    assert "fast leads 2 runs, one seed each: val/accuracy 0.9273 at step 10." in text
    assert "0.867" in text
    assert "predicted" in text  # an axis label of a figure: vectors, not pixels


def test_figures_are_vectors(printed):
    assert not objects(printed, pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
    assert objects(printed, pypdfium2.raw.FPDF_PAGEOBJ_PATH)


def test_long_texts_and_tables_run_over_pages_whole(make_report, written):
    rows = [(f"run-{number:03}", "loss", 0, float(number)) for number in range(150)]
    words = " ".join(f"word{number:04}" for number in range(2_000))
    report = make_report(rows, texts=[("run-000", "t", 0, words)])
    text = "".join(pages(written(report, "report.pdf")))
    assert all(f"run-{number:03}" in text for number in range(150))
    assert all(f"word{number:04}" in text for number in range(2_000))


def test_a_missing_library_is_told_in_one_line(demo, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    def missing(name, *arguments, **settings):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return imported(name, *arguments, **settings)

    imported = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", missing)
    monkeypatch.setattr("reportgen.outputs.target.find_spec", lambda _: True)
    with pytest.raises(DependencyError, match="system library"):
        write(demo, tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()


def test_the_bytes_are_the_same_every_time(printed, demo, written):
    assert written(demo, "report.pdf") == printed


def test_a_text_of_the_log_loads_nothing(make_report, written, monkeypatch):
    def never(*_, **__):
        pytest.fail("something was loaded")

    monkeypatch.setattr("socket.create_connection", never)
    hostile = "![x](http://127.0.0.1:9/x.png) ![y](file:///etc/passwd) <style>@import 'http://x'"
    report = make_report([("a", "loss", 0, 1.0)], texts=[("a", "t", 0, hostile)])
    assert written(report, "report.pdf").startswith(b"%PDF")


def test_formulas_are_shown_as_their_source(make_report, written):
    report = make_report(
        [("a", "loss", 0, 1.0)], run_notes=[("a", "README.md", r"So $\frac{p}{q}$")]
    )
    assert r"\frac{p}{q}" in "".join(pages(written(report, "report.pdf")))
