"""What holds in every state that a reader can bring the page into: access, and keys alone."""

import re

import pytest

from browser.accessibility import violations
from browser.waiting import until
from reportgen.outputs.html.html import style_sheet


@pytest.fixture(params=[(1280, "light"), pytest.param((390, "dark"), marks=pytest.mark.slow)])
def page(request, visit, judged):
    """A page with a verdict and its contents open; no test may leave a message."""
    width, scheme = request.param
    visited = visit(judged["failed"].as_uri(), width=width, height=2400, scheme=scheme)
    if width < 900:
        visited.page.locator(".fold > summary").click()
    visited.page.wait_for_selector(".probe")
    yield visited.page
    assert visited.messages == []


def test_axe_finds_nothing_on_a_chart_that_is_read_and_zoomed(page):
    probe = page.locator(".probe").first
    for key in ("ArrowRight", "+", "L"):
        probe.press(key)
    assert page.locator(".readout").is_visible()
    assert "scale" in page.locator("figcaption .now").first.inner_text()
    assert violations(page) == []


def test_axe_finds_nothing_where_a_run_is_off_and_a_table_sorted(page):
    page.locator(".legend [aria-pressed]").first.click()
    page.locator("details.members > summary").first.click()
    page.locator("th button:visible").nth(1).click()
    assert page.locator("tr.off").count() >= 1
    assert violations(page) == []


@pytest.mark.parametrize("words", ["loss", "nothing at all"])
def test_axe_finds_nothing_in_what_a_search_shows(page, words):
    page.get_by_label("Search tags and runs").fill(words)
    until(page, "document.querySelector('.found-count').textContent")
    assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_around_an_enlarged_picture(visit, shots, width):
    page = visit(shots.as_uri(), width=width).page
    page.locator("button.enlarge").first.click()
    assert page.locator("dialog").is_visible()
    assert violations(page) == []


def test_what_is_read_by_keys_is_told_to_all_who_listen(page):
    """The box that follows the cursor is for the eye; the slider says the same."""
    probe = page.locator(".probe").first
    probe.press("End")
    message = probe.get_attribute("aria-valuetext")
    names = page.locator(".readout td:first-child").all_inner_texts()
    assert names
    assert all(name in message for name in names)
    assert page.locator(".readout").get_attribute("aria-hidden") == "true"


def test_contents_that_stand_open_are_open_to_all(visit):
    """A closed element that a style sheet shows is hidden for some who listen."""
    page = visit().page
    assert page.locator(".fold").get_attribute("open") == ""
    page.set_viewport_size({"width": 390, "height": 800})
    until(page, "!document.querySelector('.fold').open")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tabulator_passes_all_of_the_page_and_is_seen_to(visit, shots, width):
    page = visit(shots.as_uri(), width=width).page
    count = page.locator(":is(a, button, input, summary, [tabindex])").count()
    places = []
    for _ in range(2 * count):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (one === document.body) return null;
              const { outlineStyle } = getComputedStyle(one);
              const { x, y, width, height } = one.getBoundingClientRect();
              const at = document.elementFromPoint(x + width / 2, Math.min(y + height / 2, y + 99));
              return { outlineStyle, html: one.outerHTML.slice(0, 80),
                seen: at !== null && (one.contains(at) || at.contains(one)) };
            }"""
        )
        if stop is None:
            break
        places.append(stop)
    assert stop is None, "the keyboard never leaves the page"
    assert len(places) > 10
    assert [place for place in places if place["outlineStyle"] == "none" or not place["seen"]] == []


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""


@pytest.mark.parametrize("width", [1280, 640, 320])  # 320 is 400 % of 1280
def test_spaced_text_and_enlargement_lose_nothing(visit, judged, width):
    """WCAG 1.4.12 and 1.4.10."""
    page = visit(judged["failed"].as_uri(), width=width, bypass_csp=True).page
    page.add_style_tag(content=SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    cut = page.eval_on_selector_all(
        "h1, h2, h3, p, li, figcaption, button, summary, label",
        """all => all.filter(one => one.checkVisibility()
          && getComputedStyle(one).overflow !== 'visible'
          && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
          .map(one => one.outerHTML)""",
    )
    assert cut == []


def test_nothing_moves_by_itself():
    style = style_sheet()
    assert not any(word in style for word in ("transition", "animation", "scroll-behavior"))


def luminance(color):
    """Relative luminance as WCAG 2 has it, of a colour such as "#1c1f24"."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        piece / 12.92 if piece <= 0.04045 else ((piece + 0.055) / 1.055) ** 2.4 for piece in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["ink", "grey", "link", "better", "worse"])
def test_each_colour_of_text_stands_out_from_the_ground_as_aaa_asks(name):
    def pair(name):
        return re.search(rf"--{name}: light-dark\((.*?), (.*?)\)", style_sheet()).groups()

    for text, ground in zip(pair(name), ("#ffffff", pair("ground")[1]), strict=True):
        low, high = sorted([luminance(text), luminance(ground)])
        assert (high + 0.05) / (low + 0.05) >= 7


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_to_a_figure_of_a_run_that_is_off_switches_the_run_on(visit, width):
    page = visit(width=width, height=2400).page
    if width < 900:
        page.locator(".fold > summary").click()
    page.locator(".legend").get_by_role("button", name="lr=0.01", exact=True).click()
    figure = page.locator("#confusion-val-confusion-lr-0-01")
    assert figure.is_hidden()
    page.get_by_label("Search tags and runs").fill("confusion lr=0.01")
    page.locator('.found a[href="#confusion-val-confusion-lr-0-01"]').click()
    page.wait_for_url("**#confusion-val-confusion-lr-0-01")
    figure.wait_for()
    assert 0 <= figure.bounding_box()["y"] < 2400
    assert page.locator("tr.off").count() == 0
    assert page.locator(".legend [aria-pressed=false]").count() == 0


def test_the_contents_mark_the_summary_again_at_the_top(visit):
    page = visit().page
    marked = page.locator(".contents [aria-current]")
    page.locator(".contents").get_by_text("Distributions").click()
    until(page, "document.querySelector('[aria-current]')?.textContent != 'Summary'")
    page.evaluate("scrollTo(0, 0)")
    until(page, "document.querySelector('[aria-current]')?.textContent == 'Summary'")
    assert marked.count() == 1


@pytest.mark.parametrize("keys", ["Tab", "Shift+Tab"])
def test_a_heading_that_has_the_focus_is_clear_of_the_column_that_stays(visit, keys):
    page = visit(width=390).page
    table = page.locator(".ranked > .scroll").first
    buttons = table.locator("thead th button:visible")
    count = buttons.count()
    assert count >= 6
    (buttons.first if keys == "Tab" else buttons.last).focus()
    stays = table.locator("thead th").first.bounding_box()
    for _ in range(count - 1):
        page.keyboard.press(keys)
        box = page.locator(":focus").bounding_box()
        assert box["x"] + box["width"] <= 390
        first = page.locator(":focus").evaluate("one => !one.parentElement.previousElementSibling")
        assert first or box["x"] >= stays["x"] + stays["width"] - 5  # its margin
