"""Figures on a narrow page: letters that can be read, and no page that scrolls sideways."""

import pytest

from browser.accessibility import violations

WIDE = "#curves-accuracy"
SMALLEST = """figures => Math.min(...figures.flatMap((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll("text")].map(
    (text) => parseFloat(getComputedStyle(text).fontSize) * scale);
}))"""


@pytest.fixture
def page(visit, trials):
    """Fifty runs on a phone, whose key figure is wide; no test may leave a message."""
    visited = visit(trials[50].as_uri(), width=390, height=844, has_touch=True, is_mobile=True)
    yield visited.page
    assert visited.messages == []


@pytest.mark.slow
def test_letters_of_figures_are_at_least_nine_pixels_high(page):
    assert page.eval_on_selector_all(".drawing svg", SMALLEST) >= 9


@pytest.mark.slow
def test_a_wide_figure_scrolls_by_keyboard_and_the_page_does_not(page):
    region = page.locator(f"{WIDE} .sideways")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("one => one.scrollLeft > 0", arg=region.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_tap_on_a_scrolled_figure_reads_the_step_under_the_finger(page):
    page.locator(f"{WIDE} .sideways").evaluate("one => { one.scrollLeft = one.scrollWidth; }")
    page.locator(f"{WIDE} .probe").evaluate(
        "one => one.scrollIntoView({ block: 'center', inline: 'end' })"
    )
    box = page.locator(f"{WIDE} .probe").bounding_box()
    share = (200 - box["x"]) / box["width"]
    page.touchscreen.tap(200, box["y"] + box["height"] / 2)
    assert 0.4 < share < 1
    read = float(page.locator(f"{WIDE} .probe").get_attribute("aria-valuenow"))
    assert abs(read - 11 * share) < 1.5


@pytest.mark.slow
def test_axe_finds_nothing_in_a_figure_that_scrolls(page):
    assert violations(page) == []
