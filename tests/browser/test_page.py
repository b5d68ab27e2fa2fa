"""What holds for every report, however it is opened."""

import re
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe
from tensorboardX import SummaryWriter

from browser.accessibility import violations
from browser.waiting import until
from reportgen import generate
from reportgen.options import Options
from reportgen.outputs.html.html import style_sheet

NARROW = pytest.param(390, marks=pytest.mark.slow)
DARK = pytest.param("dark", marks=pytest.mark.slow)
WAYS = pytest.mark.parametrize(
    ("width", "scheme", "script"),
    [
        (width, scheme, script)
        for width in (1280, 390)
        for scheme in ("light", "dark")
        for script in (True, False)
    ],
)


@WAYS
def test_the_browser_says_nothing_and_asks_for_nothing(visit, iris, width, scheme, script):
    visited = visit(width=width, scheme=scheme, script=script)
    visited.page.wait_for_timeout(100)
    assert visited.messages == []
    assert visited.requests == [iris.as_uri()]


@WAYS
def test_the_page_never_scrolls_sideways(visit, width, scheme, script):
    page = visit(width=width, scheme=scheme, script=script).page
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_axe_finds_nothing_at_any_level(visit, width, scheme):
    page = visit(width=width, scheme=scheme).page
    for details in page.locator("details").all():
        details.evaluate("details => details.open = true")
    assert violations(page) == []


def test_every_id_stands_once(iris):
    ids = Counter(re.findall(r'\sid="([^"]*)"', iris.read_text()))
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_reference_to_an_id_finds_it(iris):
    text = re.sub(r"(?s)<script.*", "", iris.read_text())
    ids = set(re.findall(r'\sid="([^"]*)"', text))
    named = set(re.findall(r'href="#([^"]*)"', text)) | set(re.findall(r"url\(#([^)]*)\)", text))
    assert named - ids == set()


def test_every_figure_says_what_it_shows(visit):
    page = visit(script=False).page
    figures = page.locator("figure").all()
    assert len(figures) >= 10
    for figure in figures:
        if (table := figure.locator("> .scroll")).count():
            assert table.get_attribute("aria-label").endswith(", table")
            assert table.locator("thead th").count() >= 5
            continue
        picture = figure.locator("[role=img], img").first
        message = picture.get_attribute("aria-label") or picture.get_attribute("alt") or ""
        assert len(message) > 30


def test_the_same_logs_give_the_same_bytes(iris, iris_logs, tmp_path):
    again = tmp_path / "report.html"
    generate([iris_logs], [again], Options(smooth="tb:0.6"))
    assert again.read_bytes() == iris.read_bytes()


def test_the_report_of_the_iris_example_takes_at_most_400_kb(iris):
    assert iris.stat().st_size <= 400_000


def test_without_a_script_all_figures_and_tables_are_there(visit):
    page = visit(script=False).page
    assert page.locator("figure svg").count() >= 15
    assert page.locator("figure details summary").count() >= 15
    assert page.locator(".search, .smoothing").locator("visible=true").count() == 0


def test_the_contents_fold_into_one_line_on_a_phone(visit):
    page = visit(width=390, script=False).page
    contents = page.locator(".contents")
    assert contents.is_hidden()
    page.get_by_text("Runs and contents").click()
    assert contents.is_visible()


def test_the_contents_stand_open_beside_a_wide_page(visit):
    page = visit(script=False).page
    assert page.locator(".contents").is_visible()
    assert page.get_by_text("Runs and contents").is_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_names_from_a_log_are_shown_and_never_run(visit, hostile, script):
    visited = visit(hostile.as_uri(), script=script)
    visited.page.wait_for_timeout(200)
    assert visited.page.get_by_text("<b onclick=alert(1)>").first.is_visible()
    assert visited.page.locator("script").count() == 3
    assert visited.page.locator("[onclick], [onerror], a[href^=javascript]").count() == 0
    assert visited.messages == []
    assert visited.requests == [hostile.as_uri()]


@pytest.mark.parametrize("width", [1280, pytest.param(320, marks=pytest.mark.slow)])
def test_hostile_names_and_wide_texts_leave_the_page_narrow_and_axe_silent(visit, hostile, width):
    page = visit(hostile.as_uri(), width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    violations = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["target"]) for item in violations] == []


def test_with_forced_colours_the_system_chooses_the_ground(visit):
    page = visit(scheme="dark", forced_colors="active").page
    page.locator("#theme-light").evaluate("one => { one.checked = true; }")
    assert page.locator(".theme").is_hidden()
    line = page.locator("[id$='--line-1'] path").first
    assert line.evaluate("one => getComputedStyle(one).stroke") != "rgb(0, 114, 178)"


@pytest.mark.parametrize("width", [1280, NARROW])
def test_a_sound_is_played_under_its_figure(visit, sounds, width):
    visited = visit(sounds.as_uri(), width=width)
    page = visited.page
    assert page.locator("figure audio").count() == page.locator("audio").count() == 2
    player = page.locator("audio").first
    player.evaluate("one => { one.muted = true; return one.play(); }")
    until(page, "() => document.querySelector('audio').currentTime > 0")
    assert player.evaluate("one => one.duration") == 0.5
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert visited.messages == []


def end_of_the_first_table(page):
    box = page.locator(".ranked").bounding_box()
    return box["y"] + box["height"]


def test_all_up_to_the_table_fits_one_screen(visit, trials):
    page = visit(trials[3].as_uri(), height=900).page
    assert end_of_the_first_table(page) < 600
    rows = page.locator("table.sortable").first.locator("tbody tr")
    assert rows.locator("th").all_inner_texts() == ["trial1", "trial2", "trial0"]
    values = [row.locator("td").first.inner_text() for row in rows.all()]
    assert values == sorted(values, reverse=True)
    assert re.fullmatch(r"0\.\d{3}", page.locator("td strong").first.inner_text())


@pytest.mark.parametrize("count", [3, 50])
def test_all_up_to_the_table_of_a_group_of_seeds_fits_one_screen(visit, runs, count):
    page = visit(runs[count].as_uri(), height=900).page
    assert end_of_the_first_table(page) < 600
    (row,) = page.locator("table.sortable").first.locator("tbody tr").all()
    assert row.locator("th").inner_text().endswith("augment")
    assert row.locator("td").nth(1).inner_text() == str(count)
    assert re.fullmatch(r"0\.\d{3,4} ± 0\.\d{3,4}", row.locator("td").nth(2).inner_text())


def test_a_verdict_with_all_its_sentences_leaves_the_table_on_the_first_screen(visit, judged):
    page = visit(judged["failed"].as_uri(), height=900).page
    checks = page.locator(".checks")
    assert page.locator("header > .note").inner_text().startswith("3 of 3 checks failed. 3 more f")
    assert checks.locator("li.failed").count() == 5
    assert page.locator(".statements .lead").bounding_box()["y"] < checks.bounding_box()["y"]
    assert checks.bounding_box()["y"] < page.locator("table").first.bounding_box()["y"]
    assert end_of_the_first_table(page) < 900


@pytest.mark.parametrize("width", [1280, NARROW])
@pytest.mark.parametrize("scheme", ["light", DARK])
@pytest.mark.parametrize("name", ["failed", "passed"])
def test_axe_finds_nothing_on_a_page_with_a_verdict(visit, judged, name, width, scheme):
    page = visit(judged[name].as_uri(), width=width, scheme=scheme).page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []


def test_on_a_phone_the_verdict_stands_before_the_folded_contents(visit, judged):
    page = visit(judged["failed"].as_uri(), width=390).page
    assert page.locator(".checks").bounding_box()["y"] < page.locator("nav").bounding_box()["y"]


@pytest.mark.parametrize("width", [1280, NARROW])
@pytest.mark.parametrize("scheme", ["light", DARK])
def test_fifty_runs_leave_room_for_figures(visit, trials, width, scheme):
    page = visit(trials[50].as_uri(), width=width, scheme=scheme, height=900).page
    assert end_of_the_first_table(page) < 1000
    assert page.evaluate("document.documentElement.scrollWidth") == width
    if width < 900:
        page.locator(".fold > summary").click()
    assert page.get_by_label("Search tags and runs").is_visible()
    assert violations(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
def test_a_large_report_is_laid_out_as_it_is_read_and_tells_what_is_not_drawn(visit, large, width):
    visited = visit(large.as_uri(), width=width)
    page = visited.page
    drawn = page.locator("figure").count()
    assert 60 < drawn < 80
    assert large.stat().st_size <= 450_000
    notes = " ".join(page.locator(".note").all_inner_texts())
    assert f"{80 - drawn} of 80 figures of this section are rows here" in notes
    assert page.locator("body.many").count() == 1
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert visited.messages == []


@pytest.mark.slow
def test_what_is_not_drawn_is_found_by_the_search_and_linked_to(visit, large):
    page = visit(large.as_uri()).page
    row = page.locator("tr[id]").last
    name = row.locator("th").inner_text()
    page.get_by_label("Search tags and runs").fill(name)
    page.locator(".found a", has_text=name).click()
    page.wait_for_url(f"**#{row.get_attribute('id')}")
    assert row.is_visible()


def test_each_tag_of_a_family_is_found_by_the_search_and_linked_to(visit, families):
    page = visit(families.as_uri()).page
    for tag, family in (("layers/17/norm", "layers/*/norm"), ("eval/task_bd/accuracy", "eval/*/")):
        page.get_by_label("Search tags and runs").fill(tag)
        page.locator(".found a", has_text=family).click()
        figure = page.locator("figure:target")
        assert figure.is_visible()
        assert tag in figure.text_content()
    page.get_by_label("Search tags and runs").fill("layers/99/norm")
    assert page.locator(".found a").count() == 0


def test_the_browsers_own_search_finds_a_tag_in_closed_data(visit, families):
    page = visit(families.as_uri()).page
    assert page.locator("figure .data[open]").count() == 0
    assert page.evaluate("window.find('layers/17/norm')")


@pytest.mark.parametrize("width", [1280, NARROW])
def test_a_link_into_a_large_report_arrives(visit, large, width):
    page = visit(f"{large.as_uri()}#curves-group1-tag-fa", width=width).page
    page.wait_for_timeout(500)
    assert abs(page.locator("figure#curves-group1-tag-fa").bounding_box()["y"] - 16) < 40


@pytest.mark.parametrize("width", [1280, NARROW])
def test_a_link_to_what_is_not_drawn_arrives_at_its_row(visit, large, width):
    page = visit(f"{large.as_uri()}#curves-group1-tag-hj", width=width).page
    page.wait_for_timeout(500)
    box = page.locator("tr#curves-group1-tag-hj").bounding_box()
    at_the_end = page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
    assert abs(box["y"] - 16) < 40 or (at_the_end and 0 <= box["y"] < 800 - box["height"])


def test_no_rule_of_the_style_looks_through_the_whole_page():
    """Else each part that the script adds costs as much as the page is large."""
    result = re.findall(r"([^\s,{}(]+):has\(([^)]*)", style_sheet())
    assert len(result) >= 4
    for anchor, within in result:
        assert within.startswith("> ") or "th" in anchor, anchor


def test_links_of_small_charts_stay_inside_a_narrow_page(visit, tmp_path):
    with SummaryWriter(str(tmp_path / "runs" / "a"), flush_secs=1) as writer:
        for step in range(40):
            for tag in ("val/loss", "grad_norm", "learning_rate", "perf/tokens_per_s"):
                writer.add_scalar(tag, 1 / (step + 1) + len(tag), step)
    page = tmp_path / "r.html"
    generate([tmp_path / "runs"], [page])
    visited = visit(page.as_uri(), width=390).page
    assert visited.locator("figure.small").count() >= 2
    assert visited.evaluate("document.documentElement.scrollWidth") == 390
