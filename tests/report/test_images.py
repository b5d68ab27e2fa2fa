"""Pictures of several runs can be compared."""

import numpy as np
from tensorboardX import SummaryWriter

import reportgen
from reportgen.report.model import Media


def shown(folder, **steps):
    for run, own in steps.items():
        with SummaryWriter(str(folder / run)) as writer:
            for step in own:
                writer.add_image("drawn", np.full((3, 4, 4), step / 100), step)
    report = reportgen.build(reportgen.read(folder))
    (section,) = report.sections
    return [(one.runs[0], one.step) for one in section.blocks if isinstance(one, Media)]


def test_runs_show_pictures_of_the_same_steps(tmp_path):
    found = shown(tmp_path, after=range(0, 50, 10), before=range(0, 40, 5))
    assert found == [(run, step) for run in ("after", "before") for step in (0, 20, 30)]


def test_runs_without_a_step_in_common_show_their_own(tmp_path):
    found = shown(tmp_path, after=[1, 2, 3, 4], before=[5, 6])
    assert found == [("after", 1), ("after", 3), ("after", 4), ("before", 5), ("before", 6)]
