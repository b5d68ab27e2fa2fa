"""What a reader does with the whole page: lift a run, search, read statements, share a view."""

import pytest
from tensorboardX import SummaryWriter

from browser.accessibility import violations
from browser.waiting import until
from reportgen import generate
from reportgen.options import Options


@pytest.fixture(scope="session")
def written_samples(tmp_path_factory):
    """A report of three runs with curves, parameters, and a text at three steps."""
    folder = tmp_path_factory.mktemp("reading")
    for number, run in enumerate(("quiet", "loud", "late")):
        with SummaryWriter(str(folder / "logs" / run)) as writer:
            writer.add_hparams({"lr": 0.1 * (number + 1), "batch": 8}, {}, name=".")
            for step in range(40):
                writer.add_scalar("val/loss", (1 + number) / (1 + step), step)
            for step, text in ((0, "one two"), (10, "one three"), (20, f"one {run}")):
                writer.add_text("samples/reply", f"Say it: {text}", step)
    path = folder / "report.html"
    generate([folder / "logs"], [path], Options(baseline="loud"))
    return path


@pytest.fixture
def page(visit, written_samples):
    """The page with its charts in view; no test may leave a message."""
    visited = visit(written_samples.as_uri(), width=1280, height=2000)
    visited.page.wait_for_selector(".probe")
    yield visited.page
    assert visited.messages == []


def test_a_run_that_is_pointed_at_in_the_table_is_lifted_everywhere(page):
    page.locator(".ranked tbody tr").nth(1).hover()
    assert page.locator(".legend li.lit").count() == 1
    assert page.locator("#curves-loss .dim").count() >= 2
    page.mouse.move(0, 0)
    assert page.locator(".dim").count() == 0


def test_the_address_holds_the_view_and_brings_it_back(page, visit):
    page.locator(".legend [aria-pressed]").nth(1).click()
    page.get_by_label("Light").check()
    page.locator("#curves-loss .probe").press("+")
    assert "#view&off=1" in page.url
    other = visit(page.url, width=1280, height=2000).page
    other.wait_for_selector("#curves-loss .reset:not([hidden])")
    assert other.locator(".legend [aria-pressed=false]").count() == 1
    assert other.locator("#theme-light").is_checked()


@pytest.mark.slow
def test_a_page_that_loads_itself_again_keeps_what_its_reader_chose(visit, iris_logs, tmp_path):
    path = tmp_path / "fresh.html"
    generate([iris_logs], [path], Options(refresh="2"))
    page = visit(path.as_uri(), locale="en").page  # in a browser of its own, as it goes on
    page.locator(".legend [aria-pressed]").first.click()
    page.get_by_label("Dark").check()
    with page.expect_event("load"):
        pass
    assert page.locator(".legend [aria-pressed=false]").count() == 1
    assert page.locator("#theme-dark").is_checked()


def test_a_slash_searches_by_pattern_and_leaves_what_matches(page):
    page.keyboard.press("/")
    page.keyboard.type("^samples/.*reply|batch$")
    until(page, "document.querySelector('.found-count').textContent")
    assert page.locator("#curves-loss").is_hidden()
    assert page.locator(".texts").is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.locator("#curves-loss").is_visible()


def test_n_and_p_go_through_the_statements(page):
    page.keyboard.press("n")
    assert page.locator(".ring.now").inner_text() == "1"
    count = page.locator("[id^=statement-]").count()
    page.keyboard.press("p")
    assert page.locator(".ring.now").inner_text() == f"{count}"


def test_one_slider_shows_the_texts_of_all_runs_at_a_step(page):
    slider = page.get_by_label("Step of the texts")
    shown = page.locator(".sample:not(.past)")
    assert {text.split("\n")[0] for text in shown.all_inner_texts()} == {"quiet", "loud", "late"}
    slider.press("Home")
    assert {text.split("\n")[0] for text in shown.all_inner_texts()} == {"two"}
    assert page.locator(".prompt").inner_text().strip() == "Say it: one"


def test_every_page_holds_its_summary(page):
    facts = page.evaluate("JSON.parse(document.getElementById('summary-json').textContent)")
    assert [run["run"] for run in facts["runs"]] == ["quiet", "loud", "late"]
