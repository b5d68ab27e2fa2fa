"""Pictures give way to smaller ones before any figure gives way to a row."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from tensorboardX import SummaryWriter

import reportgen
from reportgen import generate
from reportgen.options import Options
from reportgen.outputs.html.smaller_pictures import smaller
from reportgen.report.blocks import Media, Notice


@pytest.fixture
def logs(tmp_path):
    """A large photograph-like picture and a small one."""
    noise = np.random.default_rng(0).integers(0, 8, (3, 400, 1200))
    smooth = np.linspace(0, 200, 1200)[None, None, :] + noise
    with SummaryWriter(str(tmp_path / "logs")) as writer:
        writer.add_image("large", smooth.astype(np.uint8), 0)
        writer.add_image("small", np.zeros((3, 8, 8), np.uint8), 0)
    return tmp_path / "logs"


def media(report):
    result = {}
    for section in report.sections:
        result |= {
            block.title.split(",")[0]: block for block in section.blocks if isinstance(block, Media)
        }
    return result


def test_a_large_picture_is_encoded_again_and_a_small_one_is_not(logs):
    report = reportgen.build(reportgen.read(logs))
    before, after = media(report), media(smaller(report, 1_000_000))
    assert after["small"] is before["small"]
    assert len(after["large"].data) < 0.5 * len(before["large"].data)
    assert Image.open(io.BytesIO(after["large"].data)).size == (880, 293)
    assert "Shown as JPEG of 880" in after["large"].caption
    notes = [
        block.text
        for section in smaller(report, 1_000_000).sections
        for block in section.blocks
        if isinstance(block, Notice)
    ]
    assert notes == ["1 picture encoded again, to keep the page small; --max-size allows for more."]


@pytest.mark.parametrize("length", [20, 30_000, 60_000])
def test_a_picture_that_is_cut_or_broken_stays_as_it_is(logs, length):
    report = reportgen.build(reportgen.read(logs))
    cut = replace(media(report)["large"], data=media(report)["large"].data[:length] + bytes(40_000))
    broken = replace(report, sections=(replace(report.sections[0], blocks=(cut,)),))
    assert smaller(broken, 1_000_000) is broken


@pytest.mark.parametrize("limit", ["off", "300KB"])
def test_a_page_without_a_limit_has_them_as_logged(logs, tmp_path, limit):
    page = tmp_path / "report.html"
    generate([logs], [page], Options(max_size=limit))
    text = page.read_text()
    assert ("image/jpeg" in text) == (limit != "off")
    assert text.count("<img") == 2


@pytest.mark.slow
def test_many_pictures_are_made_narrower_before_any_is_left_out(tmp_path):
    random = np.random.default_rng(0)
    with SummaryWriter(str(tmp_path / "logs")) as writer:
        for tag in range(12):
            noise = random.integers(0, 256, (3, 500, 500)).astype(np.uint8)
            writer.add_image(f"noise{tag:02}", noise, 0)
    report = reportgen.build(reportgen.read(tmp_path / "logs"))
    sizes = {}
    for room in (8_000_000, 1_500_000, 10_000):
        shown = media(smaller(report, room)).values()
        assert len(shown) == 12
        sizes[room] = {Image.open(io.BytesIO(item.data)).width for item in shown}
    assert sizes == {8_000_000: {500}, 1_500_000: {440}, 10_000: {220}}
    page = tmp_path / "report.html"
    generate([tmp_path / "logs"], [page], Options(max_size="1MB"))
    assert page.stat().st_size <= 1_000_000
    assert page.read_text().count("<img") == 12
