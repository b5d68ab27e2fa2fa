"""Pictures by run and step: all there without a script, compared and enlarged with one."""

import pytest

from browser.accessibility import violations
from browser.waiting import until

STEPS = ["step 0", "step 1,000", "step 2,000", "step 3,000"]


@pytest.fixture(params=[(1280, "light"), pytest.param((390, "dark"), marks=pytest.mark.slow)])
def page(request, visit, shots):
    """The page of pictures; no test may leave a message."""
    width, scheme = request.param
    visited = visit(shots.as_uri(), width=width, scheme=scheme)
    yield visited.page
    assert visited.messages == []


def shown(page):
    """The captions of the pictures of each run that are seen."""
    strips = page.locator(".series[data-name=samples] .strip").locator("visible=true").all()
    return [
        [
            caption.removesuffix("#").strip()
            for caption in strip.locator("figcaption").locator("visible=true").all_inner_texts()
        ]
        for strip in strips
    ]


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_pictures_of_all_runs_stand_together_by_step(visit, shots, script, width):
    page = visit(shots.as_uri(), script=script, width=width).page
    strips = page.locator(".series[data-name=samples] .strip")
    assert shown(page) == [[STEPS[0], *STEPS[2:]]] * 3
    assert [name.strip() for name in strips.locator("> p").all_inner_texts()] == [
        "run 0",
        "run 1",
        "run 2",
    ]
    tops = [element.bounding_box()["y"] for element in strips.first.locator("img").all()]
    assert len(set(tops)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".series .slide").count() == (1 if script else 0)


def test_one_slider_leaves_one_step_of_all_runs(page):
    slider = page.get_by_label("Step of samples")
    assert slider.get_attribute("aria-valuetext") == "all steps"
    slider.press("ArrowLeft")
    assert shown(page) == [STEPS[3:]] * 3
    assert slider.get_attribute("aria-valuetext") == "step 3,000"
    slider.press("Home")
    assert shown(page) == [STEPS[:1]] * 3
    slider.press("End")
    assert shown(page) == [[STEPS[0], *STEPS[2:]]] * 3


def test_a_run_that_is_switched_off_takes_its_pictures_along(page):
    if not page.locator(".legend").is_visible():
        page.locator(".fold > summary").click()
    page.locator(".legend").get_by_role("button", name="run 1", exact=True).click()
    assert len(shown(page)) == 2


def test_a_link_to_a_picture_of_another_step_shows_it(page):
    page.get_by_label("Step of samples").press("Home")
    last = page.locator(".series figure[data-step='3000']").last
    assert last.is_hidden()
    page.evaluate("id => { location.hash = id }", last.get_attribute("id"))
    until(page, "() => document.querySelector('figure:target')?.checkVisibility()")
    assert shown(page) == [STEPS[3:]] * 3


def test_a_picture_opens_large_and_keys_go_to_other_steps_and_runs(page):
    title = page.locator("dialog span")
    page.locator(".enlarge[aria-label*=samples]").first.press("Enter")
    box = page.locator("dialog img").bounding_box()
    assert box["width"] % 48 == 0
    assert box["width"] > 200
    assert title.inner_text() == "samples, run 0, step 0"
    for key, message in [
        ("ArrowRight", "samples, run 0, step 2,000"),
        ("ArrowDown", "samples, run 1, step 2,000"),
        ("ArrowUp", "samples, run 0, step 2,000"),
        ("ArrowLeft", "samples, run 0, step 0"),
    ]:
        page.keyboard.press(key)
        assert title.inner_text() == message
    page.keyboard.press("Escape")
    assert page.locator("dialog").is_hidden()
    assert page.locator(".enlarge[aria-label*=samples]").first.evaluate(
        "one => one === document.activeElement"
    )


def test_a_picture_opens_large_and_buttons_leaf_where_there_are_no_keys(page):
    page.locator(".enlarge[aria-label*=samples]").first.click()
    page.get_by_role("button", name="Next").click()
    assert page.locator("dialog span").inner_text() == "samples, run 0, step 2,000"
    page.get_by_role("button", name="Previous").click()
    assert page.locator("dialog span").inner_text() == "samples, run 0, step 0"
    box = page.locator("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    page.get_by_role("button", name="Close").click()
    assert page.locator("dialog").is_hidden()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_film_stands_still_for_who_asks_for_little_motion(visit, shots, motion):
    page = visit(shots.as_uri(), reduced_motion=motion).page
    sources = "() => [...document.querySelectorAll('img[alt*=film]')].map(one => one.src)"
    kind = "png" if motion == "reduce" else "gif"
    until(page, f"({sources})().every(one => one.startsWith('data:image/{kind}'))")
    page.locator(".enlarge[aria-label*=film]").first.click()
    assert page.locator("dialog img").get_attribute("src").startswith("data:image/gif")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_of_pictures_and_its_lightbox(visit, shots, width, scheme):
    page = visit(shots.as_uri(), width=width, scheme=scheme).page
    assert violations(page) == []
    page.locator(".enlarge").first.click()
    assert violations(page) == []
