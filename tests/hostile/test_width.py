"""Nothing that is nested deeply makes the page wider than the window."""

import pytest

import reportgen
from hostile.framing import value_event, write_log


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{'    ' * depth}- a\n" for depth in range(60)),
        "".join(f"{'    ' * depth}1. a\n" for depth in range(60)),
        ">" * 60 + " a",
    ],
    ids=["lists", "numbered", "quotes"],
)
def test_nested_blocks_of_a_note_stay_within_the_window(tmp_path, text, browser):
    logs = write_log(tmp_path / "run", [value_event(tag="loss", simple_value=1.0)])
    (logs / "notes.md").write_text(text)
    reportgen.generate([logs], [tmp_path / "x.html"])
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"file://{tmp_path / 'x.html'}")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert width <= 360
