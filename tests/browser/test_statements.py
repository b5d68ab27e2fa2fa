"""What happened stands above the table, errors first, each with a ring where it can be seen."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

from browser.accessibility import violations
from reportgen import generate

LAYERS = 10


@pytest.fixture(scope="session")
def troubled(tmp_path_factory):
    """A report of runs with NaN, a spike, overfitting, confused classes and an odd layer."""
    folder = tmp_path_factory.mktemp("troubled")
    rng = np.random.default_rng(0)
    steps = np.arange(200)
    falling = 2 * np.exp(-steps / 60) + 0.3
    losses = {"fine": falling.copy(), "broken": falling.copy(), "jumpy": falling.copy()}
    losses["broken"][120:] = np.nan
    losses["jumpy"][150:152] = 9.0
    for run, loss in losses.items():
        with SummaryWriter(str(folder / "logs" / run)) as writer:
            for step in steps.tolist():
                noise = 1 + 0.01 * rng.normal()
                writer.add_scalar("train/loss", loss[step] * noise, step)
                rising = 0.004 * max(0, step - 80) * (run == "jumpy")
                if step % 5 == 0:
                    held_out = loss[step] if run == "broken" else falling[step]
                    writer.add_scalar("val/loss", (held_out + rising + 0.1) * noise, step)
                for layer in range(LAYERS):
                    level = 40.0 if (run, layer) == ("fine", 6) else 1.0
                    writer.add_scalar(f"layers/{layer}/weight_norm", level * noise, step)
    path = folder / "report.html"
    generate([folder / "logs"], [path])
    return path


@pytest.fixture
def page(visit, troubled):
    """The page; no test may leave a message."""
    visited = visit(troubled.as_uri(), width=1280, height=900)
    yield visited.page
    assert visited.messages == []


def test_errors_come_first_and_at_most_five_statements_are_open(page):
    shown = page.locator(".statements").first.locator("li")
    assert shown.count() <= 5
    texts = shown.all_inner_texts()
    assert "leads" in texts[0]
    assert "train/loss is NaN from step 120 on, as is val/loss" in texts[1]
    assert page.locator(".statements .swatch, .statements svg").count() >= 1


@pytest.mark.parametrize("words", ["is NaN", "jumps from", "rises since", "unlike the other"])
def test_a_statement_links_to_its_figure_which_has_its_ring(page, words):
    said = page.locator(".statements li", has_text=words)
    number = said.get_attribute("id").removeprefix("statement-")
    target = said.locator("a[href^='#']").first.get_attribute("href")
    figure = page.locator(target)
    assert figure.locator(f"[id$='mark-{number}']").count() == 1
    if said.locator("xpath=ancestor::details").count():
        page.locator("details.more > summary").first.click()
    said.locator("a[href^='#']").first.click()
    top = figure.bounding_box()["y"]
    assert -5 <= top < 900


def test_the_statements_are_accessible_when_all_are_open(page):
    more = page.locator("details.more > summary")
    if more.count():
        more.first.click()
    assert violations(page) == []
