"""Names in right-to-left letters, with marks that turn directions, and long ones, in a page."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

from reportgen import generate
from reportgen.outputs.html.bidi import breakable, turns

TURNED = "run\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe"
HEBREW = "ריצה ראשונה"


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    """A page of runs whose names turn directions, and of one that does not."""
    folder = tmp_path_factory.mktemp("names")
    for place, name in enumerate((TURNED, HEBREW, "<b>plain")):
        with SummaryWriter(str(folder / "logs" / name)) as writer:
            for step in range(5):
                writer.add_scalar("val/loss", step + place, step)
                writer.add_scalar("دقت/accuracy", step + place, step)
            writer.add_pr_curve("pr", np.arange(9) % 2, np.arange(9) / 9 + place / 99, 1)
    generate([folder / "logs"], [folder / "report.html"])
    return (folder / "report.html").read_text()


@pytest.mark.parametrize("name", [TURNED, HEBREW])
def test_a_name_that_turns_directions_is_kept_to_itself_in_captions(text, name):
    captions = text.split("<figcaption>")[1:]
    named = [caption.partition("</figcaption>")[0] for caption in captions if name in caption[:500]]
    assert named
    assert all(caption.count(f"<bdi>{name}</bdi>") == caption.count(name) for caption in named)


def test_a_plain_name_is_escaped_and_stands_as_it_is(text):
    assert "(&lt;b&gt;plain)" in text
    assert "<bdi>&lt;b&gt;plain" not in text
    assert "<b>plain" not in text


def test_what_turns_directions_is_told_from_what_does_not():
    assert turns(HEBREW)
    assert turns(TURNED)
    assert turns("دقت/accuracy")
    assert not turns("lr=0.01, naïve 模型 µ")


def test_a_long_name_may_break_between_its_parts_and_is_escaped():
    assert breakable("lr=0.01,units=256") == "lr=0.01,<wbr>units=256"
    assert breakable("val/top_1_accuracy<b>") == "val/<wbr>top_<wbr>1_<wbr>accuracy&lt;b&gt;"
    assert breakable("lr=0.01") == "lr=0.01"
    assert breakable("a sentence, with words") == "a sentence, with words"
