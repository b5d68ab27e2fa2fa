"""The page under fingers: reading, zooming, leafing."""

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004  # what waiting raises

LOSS = "#curves-loss"


@pytest.fixture(params=["light", pytest.param("dark", marks=pytest.mark.slow)])
def page(request, visit):
    """The page on a phone; no test may leave a message."""
    visited = visit(width=390, height=844, has_touch=True, is_mobile=True, scheme=request.param)
    probe = visited.page.locator(f"{LOSS} .probe")
    visited.page.locator(LOSS).scroll_into_view_if_needed()
    probe.evaluate("one => one.scrollIntoView({ block: 'center' })")
    yield visited.page
    assert visited.messages == []


def steps(page):
    """The numbers along the axis of steps."""
    return page.eval_on_selector_all(
        f"{LOSS} .drawing text[text-anchor=middle]",
        "all => all.filter(one => !one.closest('[display=none]')).map(one => one.textContent)",
    )[:-1]


def fingers(page, *moves):
    """Touches the plot: each of `moves` has the places of all fingers, shares of its size."""
    box = page.locator(f"{LOSS} .probe").bounding_box()
    session = page.context.new_cdp_session(page)
    for place, move in enumerate([*moves, []]):
        points = [
            {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"], "id": finger}
            for finger, (x, y) in enumerate(move)
        ]
        kind = "touchEnd" if not move else "touchMove" if place else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def tapped_back(page):
    """Taps on what goes back to the whole; again where a slow machine made a long press of it."""
    button = page.locator(f"{LOSS} .reset")
    for _ in range(5):
        button.tap()
        try:
            button.wait_for(state="hidden", timeout=5_000)
        except TimeoutError:
            continue
        return
    pytest.fail("the chart is still zoomed")


def test_a_tap_reads_a_chart_and_a_tap_elsewhere_ends_it(page):
    page.locator(f"{LOSS} .probe").tap()
    assert page.locator(".readout").inner_text().startswith("Step ")
    page.locator(f"{LOSS} h3").tap()
    assert page.locator(".readout").is_hidden()


def test_the_readout_stands_clear_of_what_a_finger_reads_and_scrolls_with_it(page):
    page.locator(f"{LOSS} .probe").tap()
    plot = page.locator(f"{LOSS} .probe").bounding_box()
    message = page.locator(".readout").bounding_box()
    assert (
        message["y"] + message["height"] <= plot["y"] or message["y"] >= plot["y"] + plot["height"]
    )
    assert message["x"] >= 0
    assert message["x"] + message["width"] <= 390
    page.evaluate("scrollBy(0, 50)")
    assert abs(page.locator(".readout").bounding_box()["y"] - message["y"] + 50) < 1


def test_a_swipe_scrolls_a_wide_figure_and_zooms_nothing(page):
    fingers(page, [(0.45, 0.5)], [(0.35, 0.5)], [(0.2, 0.5)], [(0.05, 0.5)])
    page.wait_for_function(f"document.querySelector('{LOSS} .sideways').scrollLeft > 20")
    assert page.locator(f"{LOSS} .reset").is_hidden()


def test_two_fingers_zoom_and_a_button_goes_back_to_the_whole(page):
    before = steps(page)
    fingers(page, [(0.45, 0.5), (0.55, 0.5)], [(0.3, 0.5), (0.7, 0.5)], [(0.25, 0.5), (0.75, 0.5)])
    numbers = [float(text) for text in steps(page)]
    assert 75 <= numbers[0] < numbers[-1] <= 125
    assert page.locator(".readout").is_hidden()
    tapped_back(page)
    assert steps(page) == before


def test_two_fingers_that_close_go_back_to_the_whole(page):
    before = steps(page)
    fingers(page, [(0.2, 0.5), (0.28, 0.5)], [(0.06, 0.5), (0.42, 0.5)])
    assert steps(page) != before
    fingers(page, [(0.06, 0.5), (0.42, 0.5)], [(0.23, 0.5), (0.25, 0.5)])
    assert steps(page) == before


def test_a_button_zooms_about_what_was_read(page):
    page.locator(f"{LOSS} .sideways").evaluate("one => { one.scrollLeft = one.scrollWidth; }")
    fingers(page, [(0.9, 0.5)])
    for _ in range(2):
        page.locator(f"{LOSS} .closer").tap()
    numbers = [float(text) for text in steps(page)]
    assert 140 <= numbers[0] < numbers[-1] <= 206
    assert numbers[-1] - numbers[0] <= 55
    tapped_back(page)


def test_a_run_is_switched_off_inside_the_folded_contents(page):
    page.evaluate("scrollTo(0, 0)")
    page.locator(".fold > summary").tap()
    page.locator(".legend").get_by_role("button", name="Only lr=0.1", exact=True).tap()
    assert page.locator("#confusion-val-confusion-lr-0-01").is_hidden()
    page.locator(".contents a").last.tap()
    assert page.locator(".contents").is_hidden()
    assert page.locator(".ranked tr.off").count() == 1


def test_the_tools_of_a_figure_fit_the_width_of_a_phone(page):
    page.locator(f"{LOSS} .closer").tap()
    tools = page.locator(f"{LOSS} .tools").bounding_box()
    assert tools["x"] >= 0
    assert tools["x"] + tools["width"] <= 390
    assert page.locator(f"{LOSS} .tools button").all_inner_texts()[:1] == ["Data"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
