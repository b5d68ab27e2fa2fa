"""The page on paper."""

import unicodedata

import pypdf
import pytest


@pytest.fixture(params=["light", "dark"])
def pages(request, visit, tmp_path):
    """The text of each page of the printed report, spaces as one."""
    page = visit(scheme=request.param).page
    titles = page.locator("figure h3").all_inner_texts()
    captions = page.locator("figcaption").all_inner_texts()
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    read = pypdf.PdfReader(tmp_path / "report.pdf")
    texts = [" ".join(one.extract_text().split()) for one in read.pages]
    return [unicodedata.normalize("NFKC", one) for one in texts], titles, captions


def test_no_figure_is_cut_in_two(pages):
    texts, titles, captions = pages
    for title, caption in zip(titles, captions, strict=True):
        assert any(title in text and " ".join(caption.split()) in text for text in texts), title


def test_the_first_page_holds_the_title_the_contents_and_the_table(pages):
    first = pages[0][0]
    places = [first.index(word) for word in ("iris", "RUNS", "CONTENTS", "val/accuracy best")]
    assert places == sorted(places)


def test_pages_are_numbered_and_controls_stay_off_paper(pages):
    texts = pages[0]
    assert f"1 / {len(texts)}" in texts[0]
    assert not any(word in text for text in texts for word in ("Theme", "Smoothing", "CSV", "Skip"))
