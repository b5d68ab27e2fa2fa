"""Pictures of several runs can be compared."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.report.blocks import Media


def shown(folder, width=200, **steps):
    for run, own_items in steps.items():
        with SummaryWriter(str(folder / run)) as writer:
            for step in own_items:
                writer.add_image("drawn", np.full((3, 4, width), step / 100), step)
    report = reportgen.build(reportgen.read(folder))
    (section,) = report.sections
    return [(block.runs[0], block.step) for block in section.blocks if isinstance(block, Media)]


def test_runs_show_pictures_of_the_same_steps(tmp_path):
    result = shown(tmp_path, after=range(0, 50, 10), before=range(0, 40, 5))
    assert result == [(run, step) for run in ("after", "before") for step in (0, 20, 30)]


def test_runs_without_a_step_in_common_show_their_own(tmp_path):
    result = shown(tmp_path, after=[1, 2, 3, 4], before=[5, 6])
    assert result == [("after", 1), ("after", 3), ("after", 4), ("before", 5), ("before", 6)]


def test_small_pictures_are_shown_at_more_steps_the_first_and_the_last_among_them(tmp_path):
    result = shown(tmp_path, width=168, only=range(100))
    assert [step for _, step in result] == [0, 20, 40, 59, 79, 99]


@pytest.mark.slow
def test_many_runs_show_fewer_steps_and_each_its_last_picture(tmp_path):
    result = shown(tmp_path, width=4, **{f"run{run:02}": range(4) for run in range(40)})
    assert result == [(f"run{run:02}", step) for run in range(40) for step in (0, 3)]
    result = shown(tmp_path, width=4, **{f"run{run:02}": range(4) for run in range(40, 100)})
    assert result == [(f"run{run:02}", 3) for run in range(100)]


def test_pictures_of_more_than_a_megabyte_are_shown_and_made_to_fit(tmp_path):
    noise = np.random.default_rng(0).random((3, 800, 800))
    with SummaryWriter(str(tmp_path / "logs")) as writer:
        for step in range(3):
            writer.add_image("large", noise, step)
    page = tmp_path / "report.html"
    reportgen.generate([tmp_path / "logs"], [page])
    assert page.read_text().count("data:image/jpeg") == 3
    assert page.stat().st_size < 5_000_000


def test_what_is_not_shown_is_counted_with_the_reason(tmp_path):
    with SummaryWriter(str(tmp_path)) as writer:
        for step in range(10):
            writer.add_image("drawn", np.full((3, 4, 200), step / 100), step)
    (section,) = reportgen.build(reportgen.read(tmp_path)).sections
    assert section.blocks[-1].text == (
        "7 pictures of 10 logged are not shown; "
        "shown are some steps of each tag and run, of at most 16 MB, 200 MB in all."
    )
