"""The page on paper."""

import re
import unicodedata

import pypdf
import pytest
from tensorboardX import SummaryWriter

from reportgen import generate


@pytest.fixture(params=["light", pytest.param("dark", marks=pytest.mark.slow)])
def pages(request, visit, tmp_path):
    """The text of each page of the printed report, spaces as one."""
    page = visit(scheme=request.param).page
    titles = page.locator("figure h3").all_inner_texts()
    captions = page.locator("figcaption").all_inner_texts()
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    read = pypdf.PdfReader(tmp_path / "report.pdf")
    texts = [" ".join(text.extract_text().split()) for text in read.pages]
    return [unicodedata.normalize("NFKC", text) for text in texts], titles, captions


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


@pytest.fixture
def on_paper(visit):
    """Opens a page as it is laid out on A4, whose margins leave 688 pixels."""

    def open_page(where, **context):
        page = visit(where, width=688, **context).page
        page.emulate_media(media="print")
        return page

    return open_page


@pytest.fixture(scope="module")
def broad(tmp_path_factory):
    """A report of 24 runs, whose table of parameters has a column a run."""
    folder = tmp_path_factory.mktemp("broad")
    for run in range(24):
        with SummaryWriter(str(folder / "logs" / f"resnet50_lr0.1_wd0.0001_seed{run}")) as writer:
            for step in range(3):
                writer.add_scalar("val/loss", 1 / (step + run + 1), step)
            parameters = {f"parameter {place}": run / (place + 7) for place in range(60)}
            writer.add_hparams(parameters, {"val/score": run}, name=".")
    path = folder / "report.html"
    generate([folder / "logs"], [path])
    return path


def test_no_table_reaches_over_the_edge_of_the_paper(on_paper, broad):
    page = on_paper(broad.as_uri())
    assert page.locator("table.broad th").count() > 24
    edges = page.locator("table").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right)"
    )
    assert max(edges) <= 688 + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 688


@pytest.mark.parametrize("script", [True, False])
def test_the_head_of_a_table_stands_on_each_of_its_pages(visit, trials, tmp_path, script):
    page = visit(trials[50].as_uri(), script=script).page
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    texts = [item.extract_text() for item in pypdf.PdfReader(tmp_path / "report.pdf").pages]
    ranks = [re.findall(r"(?m)^(\d+)\s+0\.\d{3,4}\s*$", text) for text in texts]
    assert [int(rank) for page_ranks in ranks for rank in page_ranks] == list(range(1, 51))
    with_rows = [text for text, page_ranks in zip(texts, ranks, strict=True) if page_ranks]
    assert len(with_rows) >= 2
    for text in with_rows:
        assert re.search(r"#\s+run\s+val/accuracy\s+best\s+all 50 runs, this one lit", text)


def test_a_table_of_many_columns_is_turned_and_each_cell_follows_its_head(on_paper, broad):
    page = on_paper(broad.as_uri())
    table = page.locator("table.broad").first
    assert table.locator("thead").is_hidden()
    heads = table.locator("thead th").all_text_contents()
    for row in table.locator("tbody tr").all()[:5]:
        before = row.locator("td").evaluate_all(
            "all => all.map(one => getComputedStyle(one, '::before').content)"
        )
        assert len(before) == len(heads) - 1
        assert all(len(content.strip('" ')) > 0 for content in before)


def test_pictures_of_a_series_stand_beside_each_other(on_paper, hostile):
    page = on_paper(hostile.as_uri())
    tops = page.locator(".series figure").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
    )
    assert len(tops) > len(set(tops)) >= 1
    assert page.locator(".series figure").first.is_visible()


def test_paper_is_light_whatever_the_reader_has_chosen(on_paper, iris):
    page = on_paper(iris.as_uri(), scheme="dark")
    page.locator("#theme-dark").evaluate("one => { one.checked = true; }")
    ground = page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    line = page.locator("[id$='--line-1'] path").first
    assert line.evaluate("one => getComputedStyle(one).stroke") == "rgb(0, 114, 178)"


def test_a_table_that_was_opened_goes_on_over_pages_and_leaves_none_empty(visit, tmp_path):
    page = visit(height=2400).page
    page.get_by_role("button", name="Data of accuracy", exact=True).click()
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    texts = [item.extract_text() for item in pypdf.PdfReader(tmp_path / "report.pdf").pages]
    assert re.search(r"(?s)Metrics\s+accuracy.*higher is better", texts[0])
    rows = [len(re.findall(r"(?m)^lr=[\d.]+ (?:train|validation) \d+ ", text)) for text in texts]
    pages = [place for place, count in enumerate(rows) if count]
    assert sum(rows) == 50
    assert len(pages) >= 2
    assert pages == list(range(pages[0], pages[-1] + 1))
    assert pages[0] <= 1  # no page is left empty between the chart and its table
    for place in pages:
        assert re.search(r"run\s+split\s+step\s+value\s+smoothed", texts[place])
    assert "50 of 800 rows" in texts[pages[-1]]
    assert "Data" in texts[pages[0]].splitlines()  # the table's title stands with its first row
