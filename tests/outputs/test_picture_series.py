"""Pictures of one tag stand together, by run and step, in every output that shows them."""

import numpy as np
import pytest
from markdown_it import MarkdownIt
from tensorboardX import SummaryWriter

from reportgen import generate


@pytest.fixture
def logs(tmp_path):
    """Two runs of one tag at the same two steps, one at others, one with a picture of its own."""
    for run, steps in {"a|b": (0, 10), "b": (0, 10), "c": (5,)}.items():
        with SummaryWriter(str(tmp_path / "logs" / run)) as writer:
            for step in steps:
                writer.add_image("drawn", np.full((3, 4, 4), step / 100), step)
            if run == "b":
                writer.add_image("alone", np.zeros((3, 4, 4)), 0)
    return tmp_path / "logs"


def test_markdown_has_a_row_for_each_run_and_a_column_for_each_step(logs, tmp_path):
    generate([logs], [tmp_path / "report.md"])
    text = (tmp_path / "report.md").read_text()
    images = text[text.index("## Images") :]
    page = MarkdownIt("gfm-like").render(images)
    assert page.count("<table>") == 2
    assert page.count("<img") == 6
    heads = [line.strip()[4:-5] for line in page.splitlines() if "<th>" in line]
    assert heads == ["run", "step 0", "step 10", "run", "step 5"]
    assert "<td>a|b</td>" in page
    assert images.count("4 × 4 pixels, as logged.") == 2  # noqa: RUF001  # once a tag


def test_the_page_and_its_bundle_have_a_strip_for_each_run(logs, tmp_path):
    generate([logs], [tmp_path / "report.html", f"bundle:{tmp_path / 'bundle'}"])
    for path in (tmp_path / "report.html", tmp_path / "bundle" / "index.html"):
        text = path.read_text()
        assert text.count('class="strip"') == 3
        assert text.count('class="picture') == 6
        assert text.count("Link to drawn, ") == 5
