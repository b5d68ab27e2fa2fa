"""What the page's script adds, by mouse and by keys: wide and narrow, light and dark."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from reportgen.series.smoothing import parse_smoothing
from reportgen.series.transforms import smooth

LOSS = "#curves-loss"


@pytest.fixture(params=[(1280, "light"), pytest.param((390, "dark"), marks=pytest.mark.slow)])
def page(request, visit):
    """The page with its charts in view and the contents open; no test may leave a message."""
    width, scheme = request.param
    visited = visit(width=width, height=2400, scheme=scheme)
    if width < 900:
        visited.page.locator(".fold > summary").click()
    visited.page.wait_for_selector(f"{LOSS} .probe")
    yield visited.page
    assert visited.messages == []


def paths(page, selector=LOSS):
    """The `d` of the lines of a chart that are seen."""
    return page.eval_on_selector_all(
        f"{selector} g[id*='--line-']:not([display=none]) path:first-child",
        "all => all.sort((a, b) => a.parentNode.id.localeCompare(b.parentNode.id))"
        ".map(p => p.getAttribute('d'))",
    )


def ticks(page, axis, selector=LOSS):
    return page.eval_on_selector_all(
        f"{selector} .drawing text",
        "(all, axis) => all.filter(t => t.checkVisibility() && t.getAttribute('display') !== 'none'"
        " && !t.closest('[display=none]') && !t.closest('[data-run]')"
        " && (t.getAttribute('text-anchor') === 'end') === (axis === 'y')).map(t => t.textContent)",
        axis,
    )


def drag(page, start, end, selector=LOSS):
    """Drags between two places, each as shares of the plot's width and height."""
    box = page.locator(f"{selector} .probe").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()


def settled(page):
    """Waits for the next frame, in which the charts in view are drawn again."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def test_one_switch_takes_a_run_out_of_every_figure_and_back(page):
    before = paths(page)
    page.locator(".legend").get_by_role("button", name="lr=0.01", exact=True).click()
    settled(page)
    assert len(paths(page)) == len(before) // 2
    assert len(paths(page, "#pr-curve-pr-setosa")) == 1
    assert len(paths(page, "#roc-curve-pr-setosa-roc")) == 1
    for curve in ("pr-curve-pr-setosa", "roc-curve-pr-setosa-roc"):
        assert page.locator(f"#{curve} [id*='--best-']:not([display=none])").count() == 1
    assert page.locator("#confusion-val-confusion-lr-0-01").is_hidden()
    assert page.locator("#confusion-val-confusion-lr-0-1").is_visible()
    assert page.locator("#table-val-confusion-lr-0-01-classes").is_hidden()
    assert page.locator("#table-val-confusion-lr-0-1-classes").is_visible()
    assert set(page.locator("tr.off th").all_inner_texts()) == {"lr=0.01"}
    page.locator(".legend").get_by_role("button", name="lr=0.01", exact=True).press("Space")
    settled(page)
    assert paths(page) == before
    assert page.locator("#confusion-val-confusion-lr-0-01").is_visible()


def test_a_run_can_be_left_alone_and_the_axes_fit_it(page):
    page.get_by_role("button", name="Only lr=0.1", exact=True).press("Enter")
    settled(page)
    pressed = page.locator(".legend [aria-pressed]").evaluate_all(
        "all => Object.fromEntries(all.map(one => [one.textContent.trim(), one.ariaPressed]))"
    )
    assert pressed == {"lr=0.1": "true", "lr=0.01": "false"}
    assert "1.2" not in ticks(page, "y")


def test_pointing_reads_all_runs_at_a_step_in_every_chart(page):
    box = page.locator(f"{LOSS} .probe").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    message = page.locator(".readout").inner_text()
    assert re.match(r"Step (99|100|101)\n", message)
    assert message.count("lr=0.1,") == message.count("lr=0.01,") == 2
    assert page.locator(f"{LOSS} .dot").count() == 4
    assert page.locator("#curves-accuracy .dot").count() == 4
    page.mouse.move(0, 0)
    assert page.locator(".readout").is_hidden()


def test_the_readout_holds_what_was_logged(page, iris):
    data = json.loads(re.search(r'id="data">(.*?)</script>', iris.read_text())[1])
    lines = data["figures"]["curves-loss"]["lines"]
    page.locator(f"{LOSS} .probe").press("Home")
    text = page.locator(f"{LOSS} .probe").get_attribute("aria-valuetext")
    assert text.startswith("Step 0: ")
    for line in lines:
        assert f"{line['v'][0]:.4g}".rstrip("0") in text


def test_keys_move_the_cursor_zoom_and_go_back(page):
    probe = page.locator(f"{LOSS} .probe")
    probe.press("End")
    assert probe.get_attribute("aria-valuenow") == "199"
    probe.press("ArrowLeft")
    assert probe.get_attribute("aria-valuenow") == "198"
    probe.press("PageDown")
    assert probe.get_attribute("aria-valuenow") == "178"
    before = paths(page)
    probe.press("+")
    assert paths(page) != before
    assert "0" not in ticks(page, "x")
    probe.press("Escape")
    assert paths(page) == before


def test_keys_zoom_in_steps_about_what_was_read_and_switch_the_scale(page):
    probe = page.locator(f"{LOSS} .probe")
    before = (paths(page), ticks(page, "x"))
    probe.press("End")
    probe.press("+")
    probe.press("+")
    numbers = [float(text) for text in ticks(page, "x")[:-1]]
    assert 140 < numbers[0] < numbers[-1] <= 206
    probe.press("-")
    wider = [float(text) for text in ticks(page, "x")[:-1]]
    assert wider[0] < numbers[0]
    probe.press("0")
    assert (paths(page), ticks(page, "x")) == before
    probe.press("l")
    assert page.locator(f"{LOSS} .log").get_attribute("aria-pressed") == "true"
    probe.press("l")
    assert (paths(page), ticks(page, "x")) == before


def test_what_is_drawn_anew_has_the_colours_of_what_was_there(page):
    look = f"""() => [...document.querySelectorAll("{LOSS} .drawing text, {LOSS} .drawing path")]
        .filter(one => one.checkVisibility() && !one.closest('[display=none], clipPath, .cursor'))
        .map(one => getComputedStyle(one)[one.tagName === 'text' ? 'fill' : 'stroke'])"""
    before = set(page.evaluate(look))
    page.locator(f"{LOSS} .probe").press("+")
    assert set(page.evaluate(look)) <= before
    page.locator(f"{LOSS} .probe").press("End")
    swatch = "one => getComputedStyle(one).fill"
    value = page.locator(".readout .swatch rect").first.evaluate(swatch)
    assert value in page.locator(".legend .swatch rect").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )


@pytest.mark.slow
def test_a_page_that_is_loaded_without_its_view_is_as_it_came(page):
    before = paths(page)
    page.locator("#smoothing").press("End")
    page.get_by_label("Search tags and runs").press_sequentially("weights")
    page.locator(f"{LOSS} .probe").press("+")
    page.reload()
    page.wait_for_selector(f"{LOSS} .probe")
    assert page.locator("#smoothing").input_value() == "0.99"
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(f"{LOSS} .probe", state="attached")
    settled(page)
    assert paths(page) == before
    assert page.locator("#smoothing").input_value() == "0.6"
    assert page.locator(".search").input_value() == ""


def test_a_drag_zooms_with_new_ticks_and_a_double_click_goes_back(page):
    before, labels = paths(page), ticks(page, "x")
    drag(page, (0.4, 0.5), (0.6, 0.5))
    zoomed = ticks(page, "x")
    numbers = [float(text) for text in zoomed[:-1]]
    assert 75 <= numbers[0] < numbers[-1] <= 125
    assert zoomed[-1] == "step"
    assert len(numbers) > 3
    assert paths(page) != before
    page.locator(f"{LOSS} .probe").dblclick()
    assert (paths(page), ticks(page, "x")) == (before, labels)


def test_a_drag_of_a_box_takes_its_values_too(page):
    before = ticks(page, "y")
    drag(page, (0.1, 0.6), (0.6, 0.9))
    values = [float(text) for text in ticks(page, "y")]
    assert 0.2 < values[0] < values[-1] < 0.75
    page.locator(f"{LOSS} .reset").click()
    assert ticks(page, "y") == before


def test_the_scale_can_be_logarithmic_and_linear_again(page):
    before = paths(page)
    log = page.locator(f"{LOSS} .log")
    log.click()
    assert log.get_attribute("aria-pressed") == "true"
    assert paths(page) != before
    values = [float(text) for text in ticks(page, "y")]
    assert len(values) >= 3
    assert "logarithmic" in page.locator(f"{LOSS} figcaption").inner_text()
    log.press("Enter")
    assert paths(page) == before


@pytest.mark.parametrize("weight", ["0", "0.9", "0.99"])
def test_smoothing_in_the_page_is_that_of_the_report(page, iris, weight):
    data = json.loads(re.search(r'id="data">(.*?)</script>', iris.read_text())[1])
    chart = data["figures"]["curves-loss"]
    page.locator("#smoothing").fill(weight)
    settled(page)
    _, top, _, bottom = chart["box"]
    for line, path in zip(chart["lines"], paths(page), strict=True):
        values = np.array(line["v"])
        expected = smooth(values, np.arange(len(values)), parse_smoothing(f"tb:{weight}"))
        y = [float(pair.split(" ")[1]) for pair in re.split("[ML]", path)[1:]]
        low, high = chart["y"]
        drawn = low + (bottom - np.array(y)) / (bottom - top) * (high - low)
        assert np.abs(drawn - expected).max() < (high - low) / (bottom - top) * 0.11
    assert "smoothed" in page.locator(f"{LOSS} .now").inner_text() or weight == "0.6"


def smoothed_in_the_page(page, weight):
    """The steps and values that the only line of the page's only chart is drawn with."""
    page.wait_for_selector(f"{LOSS} .probe")
    page.locator("#smoothing").fill(weight)
    settled(page)
    with page.expect_download() as waiting:
        page.locator(f"{LOSS} .tools [aria-label$='as CSV']").click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text())))
    return [np.array([float(row[name]) for row in rows]) for name in ("step", "smoothed")]


@pytest.mark.parametrize("weight", ["0.3", "0.6", "0.9", "0.99"])
@pytest.mark.parametrize(("name", "near"), [("all", 0.12), ("few", 0.12), ("own", 0.3)])
def test_smoothing_in_the_page_is_near_that_of_all_points_where_few_are_drawn(
    visit, noisy, name, near, weight
):
    """To an eighth of the noise, root mean square; to less than a third without a known weight.

    The report's own weight is met to six digits, and a strong one to a fiftieth of the noise.
    """
    values, reports = noisy
    page = visit(reports[name].as_uri()).page
    steps, result = smoothed_in_the_page(page, weight)
    assert len(steps) < len(values) / 10
    places = (steps / 5).astype(int)
    expected = smooth(values, np.arange(len(values)), parse_smoothing(f"tb:{weight}"))[places]
    off = result - expected
    own_items = name != "own" and weight == "0.6"
    assert np.sqrt(np.mean(off**2)) < (1e-5 if own_items else 0.02 if weight == "0.99" else near)
    message = page.locator(f"{LOSS} .now").inner_text()
    assert own_items or "from the points drawn and means of the others" in message


def test_the_slider_starts_at_the_weight_of_the_report(visit, noisy):
    page = visit(noisy[1]["all"].as_uri()).page
    page.wait_for_selector(f"{LOSS} .probe")
    assert page.locator("#smoothing").input_value() == "0.6"
    assert page.locator("output[for=smoothing]").inner_text() == "0.60"
    page.goto(noisy[1]["own"].as_uri())
    assert page.locator("output[for=smoothing]").inner_text() == "as drawn"


def test_smoothing_goes_back_to_the_report_as_it_came(page):
    before = paths(page)
    page.locator("#smoothing").press("ArrowRight")
    settled(page)
    assert paths(page) != before
    page.get_by_role("button", name="Reset").click()
    settled(page)
    assert paths(page) == before


def test_search_lists_figures_by_tag_and_by_run(page):
    page.get_by_label("Search tags and runs").press_sequentially("weights 0.01")
    result = page.locator(".found a")
    assert result.first.get_attribute("href") == "#ridgeline-weights-hidden-lr-0-01"
    message = page.locator(".found-count").inner_text()
    assert re.fullmatch(rf"{result.count()} of \d+ parts of the page", message)
    page.keyboard.press("Enter")
    page.wait_for_url("**#ridgeline-weights-hidden-lr-0-01")


def test_the_summary_sorts_by_any_column_both_ways_and_as_it_came(page):
    table = page.locator("table.sortable").first

    def shown():
        return table.locator("tbody th").all_inner_texts()

    by_rank = ["lr=0.01", "lr=0.1"]
    assert shown() == by_rank
    heads = [  # a phone hides those of parameters
        (place, head)
        for place, head in enumerate(table.locator("thead th").all())
        if head.is_visible()
    ]
    assert len(heads) >= 6
    for place, head in heads:
        values = table.locator(f"tbody tr > :nth-child({place + 1})").evaluate_all(
            "all => all.map(one => Number(one.dataset.value ?? one.innerText.replace('lr=', '')))"
        )
        upwards = [run for _, run in sorted(zip(values, by_rank, strict=True))]
        orders = []
        for key in ("Enter", "Space", "Enter"):
            head.get_by_role("button").press(key)
            orders.append((head.get_attribute("aria-sort"), shown()))
        assert orders == [("ascending", upwards), ("descending", upwards[::-1]), (None, by_rank)]


def test_the_change_against_the_baseline_sorts_by_its_value(visit, judged):
    page = visit(judged["failed"].as_uri()).page
    page.locator("details.members > summary").first.click()
    head = page.locator("table.sortable thead th", has_text="against baseline").first
    table = page.locator("table.sortable").filter(
        has=page.locator("th", has_text="against baseline")
    )
    head.get_by_role("button").click()
    cells = table.locator("td", has_text=re.compile("better$|worse$|^baseline$|^the same$"))
    shown = [text.split(" ")[0] for text in cells.all_inner_texts()]
    plain = [re.sub("baseline|the", "0", text.replace("\N{MINUS SIGN}", "-")) for text in shown]
    assert [float(text) for text in plain] == sorted(float(text) for text in plain)
    assert len(shown) == 3
    assert "baseline" in shown


def test_a_figure_is_saved_as_svg_and_its_data_as_csv(page):
    with page.expect_download() as waiting:
        page.locator(f"{LOSS} .tools").get_by_text("SVG").click()
    saved = waiting.value
    assert saved.suggested_filename == "curves-loss.svg"
    root = ET.fromstring(saved.path().read_text())  # noqa: S314  # our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root.findall(".//{*}path")) > 8
    written = [match.text for match in root.findall(".//{*}text")]
    assert written[0] == "loss"
    names = [f"lr={rate}, {split}" for rate in (0.1, 0.01) for split in ("train", "validation")]
    assert sorted(written[-4:]) == sorted(names)
    assert root.find("{*}desc").text.startswith("val/loss strong, train/loss light")
    with page.expect_download() as waiting:
        page.locator(f"{LOSS} .tools [aria-label$='as CSV']").click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text())))
    assert len(rows) == 800
    assert set(rows[0]) == {"run", "tag", "step", "value", "smoothed"}


def test_a_saved_figure_names_only_the_runs_that_are_seen(page):
    page.get_by_role("button", name="Only lr=0.1", exact=True).press("Enter")
    settled(page)
    page.locator("#pr-curve-pr-setosa").scroll_into_view_if_needed()
    with page.expect_download() as waiting:
        page.locator("#pr-curve-pr-setosa .tools").get_by_text("SVG").press("Enter")
    root = ET.fromstring(waiting.value.path().read_text())  # noqa: S314  # our own
    written = [match.text for match in root.findall(".//{*}text")]
    assert written[-1] == "lr=0.1"
    assert "lr=0.01" not in written


def test_escape_takes_the_readout_away_from_under_the_mouse(page):
    box = page.locator(f"{LOSS} .probe").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    assert page.locator(".readout").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".readout").is_hidden()
    assert page.locator(".cursor").count() == 0


def test_the_readout_stands_clear_of_what_keys_read(page):
    page.locator(f"{LOSS} .probe").press("End")
    plot = page.locator(f"{LOSS} .probe").bounding_box()
    message = page.locator(".readout").bounding_box()
    assert (
        message["y"] + message["height"] <= plot["y"] or message["y"] >= plot["y"] + plot["height"]
    )


def test_the_data_of_other_figures_is_saved_whole(page):
    page.locator("#pr-curve-pr-setosa").scroll_into_view_if_needed()
    with page.expect_download() as waiting:
        page.locator("#pr-curve-pr-setosa .tools").get_by_text("CSV").click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text())))
    assert {row["run"] for row in rows} == {"lr=0.1", "lr=0.01"}


def test_a_figure_can_be_linked_to(page):
    page.locator(f"{LOSS} .anchor").press("Enter")
    page.wait_for_url(f"**{LOSS}")
    assert page.locator(LOSS).evaluate("one => one.matches(':target')")


def test_the_theme_is_switched_without_a_script_too(visit):
    page = visit(script=False).page
    light = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    page.get_by_role("radio", name="Dark").check()
    dark = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert (light, dark) == ("rgb(255, 255, 255)", "rgb(21, 23, 26)")


def test_a_chosen_theme_is_kept(page):
    page.get_by_role("radio", name="Dark").check()
    page.reload()
    assert page.locator("#theme-dark").is_checked()


@pytest.fixture
def pictures(visit, hostile):
    visited = visit(hostile.as_uri(), height=2400)
    yield visited.page
    assert visited.messages == []


def test_a_logarithmic_chart_zooms_switches_and_comes_back(pictures):
    chart = "#curves-one-loss"
    before = paths(pictures, chart)
    assert pictures.locator(f"{chart} .log").get_attribute("aria-pressed") == "true"
    drag(pictures, (0.1, 0.1), (0.6, 0.6), chart)
    assert paths(pictures, chart) != before
    pictures.locator(f"{chart} .log").click()
    assert "linear" in pictures.locator(f"{chart} .now").inner_text()
    pictures.locator(f"{chart} .log").click()
    assert paths(pictures, chart) == before


def test_points_are_where_the_figure_has_them(page, iris):
    data = json.loads(re.search(r'id="data">(.*?)</script>', iris.read_text())[1])
    chart = data["figures"]["curves-loss"]
    left, top, right, bottom = chart["box"]
    probe = page.locator(f"{LOSS} .probe").bounding_box()
    svg = page.locator(f"{LOSS} .drawing svg").bounding_box()
    scale = svg["width"] / int(page.locator(f"{LOSS} .drawing svg").get_attribute("width"))
    assert abs(probe["x"] - svg["x"] - left * scale) < 0.5
    assert abs(probe["width"] - (right - left) * scale) < 0.5
    assert abs(probe["height"] - (bottom - top) * scale) < 0.5


def test_a_step_of_a_distribution_is_picked_out(page):
    slider = page.get_by_label("Step of weights/hidden, lr=0.1")
    faint = page.locator("#ridgeline-weights-hidden-lr-0-1 g.past")
    page.locator("#ridgeline-weights-hidden-lr-0-1").scroll_into_view_if_needed()
    assert slider.get_attribute("aria-valuetext") == "all steps"
    slider.press("Home")
    assert slider.get_attribute("aria-valuetext") == "step 0"
    assert faint.count() == 10
    slider.press("End")
    assert faint.count() == 0


AXES = [("epoch", "Epoch 2", 3.98), ("time", r"Time \(s\) [56]\d", 119.4), ("log", "Step 6", 398)]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "message", "last"), AXES)
def test_charts_over_other_axes_are_read_and_zoomed_too(visit, over, kind, message, last):
    visited = visit(over[kind].as_uri(), height=2400)
    page = visited.page
    page.wait_for_selector(f"{LOSS} .probe")
    before = (paths(page), ticks(page, "x"))
    box = page.locator(f"{LOSS} .probe").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    assert re.match(message, page.locator(".readout").inner_text())
    drag(page, (0.5, 0.5), (0.9, 0.5))
    numbers = [float(text) for text in ticks(page, "x")[:-1]]
    assert len(numbers) > 2
    assert 0 < numbers[0] < numbers[-1] <= last
    page.locator(f"{LOSS} .probe").press("Escape")
    assert (paths(page), ticks(page, "x")) == before
    assert visited.messages == []


@pytest.mark.parametrize("kind", ["step", "epoch", "time", "log"])
def test_points_are_drawn_again_where_the_figure_had_them(visit, over, kind):
    page = visit(over[kind].as_uri(), height=2400).page
    page.wait_for_selector(f"{LOSS} .probe")
    places = """() => [...document.querySelectorAll("#curves-loss g[id*='--line-'] path")].map(
        one => [0, .3, .7, 1].map(part => one.getPointAtLength(part * one.getTotalLength()))
        .flatMap(point => [point.x, point.y]))"""
    before = np.array(page.evaluate(places))
    page.locator("#smoothing").press("End")
    page.locator("#smoothing").press("Home")
    settled(page)
    assert np.abs(np.array(page.evaluate(places))[:, [0, 6]] - before[:, [0, 6]]).max() < 0.2


@pytest.mark.parametrize("kind", ["step", "epoch"])
def test_marks_at_the_edge_leave_when_their_place_does(visit, over, kind):
    page = visit(over[kind].as_uri(), height=2400).page
    page.wait_for_selector(f"{LOSS} .probe")
    marks = page.locator(f"{LOSS} g[id*='--over-']").locator("visible=true")
    rings = page.locator(f"{LOSS} g[id*='--mark-']:has(text)").locator("visible=true")
    numbers = rings.all_text_contents()
    assert marks.count() == 2
    assert {"2", "4"} <= set(numbers)
    drag(page, (0.6, 0.5), (0.9, 0.5))
    assert marks.count() == 0
    assert rings.all_text_contents() == []
    bad = page.locator(f"{LOSS} g[id*='--bad-1'] path")
    x = bad.evaluate("one => one.getBBox().x + one.getBBox().width / 2")
    left, _, right, _ = page.evaluate("JSON.parse(data.textContent).figures['curves-loss'].box")
    assert 0.35 < (x - left) / (right - left) < 0.65
    page.locator(f"{LOSS} .probe").dblclick()
    assert marks.count() == 2
    assert rings.all_text_contents() == numbers


def test_a_chart_over_dates_stays_as_it_came_but_for_its_runs(visit, over):
    visited = visit(over["wall"].as_uri(), height=2400)
    page = visited.page
    page.wait_for_selector(f"{LOSS} .tools")
    assert page.locator(".probe").count() == 0
    page.locator(".legend").get_by_role("button", name="a", exact=True).click()
    seen = page.locator(f"{LOSS} .drawing g[id]").locator("visible=true")
    names = seen.evaluate_all("all => all.map(one => one.id)")
    assert not [name for name in names if name.endswith("-1")]
    assert [name for name in names if name.endswith("-2")]
    assert visited.messages == []


def test_sorting_classes_leaves_their_averages_last(page):
    table = page.locator("#table-val-confusion-lr-0-1-classes")
    table.scroll_into_view_if_needed()  # charts in view get their tools, which may move it
    table.get_by_role("button", name="F1", exact=True).click()
    scores = table.locator("tbody td:nth-child(4)").all_inner_texts()
    assert scores == sorted(scores, key=float)
    last = table.locator("tr").all()[-2:]
    assert [row.locator("th").inner_text() for row in last] == ["macro average", "weighted average"]
