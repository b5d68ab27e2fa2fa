"""Trainings that wrote into one directory are sessions; what resumes a training is not one."""

import pytest
from tensorboardX import SummaryWriter

import reportgen


def log(path, number, steps, tags=("loss", "val/loss"), **other):
    with SummaryWriter(str(path), filename_suffix=f".{number}", **other) as writer:
        for step in steps:
            for tag in tags:
                writer.add_scalar(tag, 1 / (1 + step), step, walltime=1e9 + 1000 * number + step)


def sessions(path, **options):
    """Return the session of each file's values, by step in the order of the log."""
    scalars = reportgen.read(path, **options).scalars
    return scalars[scalars["tag"] == "loss"]["session"].tolist()


def test_files_that_begin_again_are_sessions(tmp_path):
    for number in range(3):
        log(tmp_path / "run", number, range(4))
    assert sessions(tmp_path) == [0] * 4 + [1] * 4 + [2] * 4


def test_a_crash_after_the_first_value_is_a_session(tmp_path):
    log(tmp_path / "run", 0, [0])
    log(tmp_path / "run", 1, [0], ("loss",))
    log(tmp_path / "run", 2, range(3))
    assert sessions(tmp_path) == [0, 1, 2, 2, 2]


@pytest.mark.parametrize("first", [4, 2, 7])
def test_a_training_that_goes_on_from_a_checkpoint_is_one_session(tmp_path, first):
    log(tmp_path / "run", 0, range(4))
    log(tmp_path / "run", 1, range(first, 9))
    assert set(sessions(tmp_path)) == {0}


def test_a_restart_that_voids_all_before_it_is_one_session(tmp_path):
    log(tmp_path / "run", 0, range(4))
    log(tmp_path / "run", 1, range(4), purge_step=0)
    assert sessions(tmp_path) == [0] * 4
    assert sessions(tmp_path, restarts="keep-all") == [0] * 4 + [1] * 4


def test_files_of_other_tags_belong_to_the_session(tmp_path):
    log(tmp_path / "run", 0, range(4))
    log(tmp_path / "run", 1, [3], ("test/loss",))
    log(tmp_path / "run", 2, [1], ("test/loss",))
    assert set(reportgen.read(tmp_path).scalars["session"]) == {0}


def test_lines_of_add_scalars_follow_the_sessions_of_their_run(tmp_path):
    for number in range(2):
        log(tmp_path / "run", number, range(3))
        log(tmp_path / "run" / "parts_a", number, range(3), ("parts",))
    scalars = reportgen.read(tmp_path).scalars
    lines = scalars[scalars["tag"] == "parts/a"]
    assert lines["session"].tolist() == [0] * 3 + [1] * 3


def test_duplicate_steps_and_pauses_are_looked_for_within_a_session(tmp_path):
    log(tmp_path / "run", 0, range(4))
    log(tmp_path / "run", 9, range(4))
    assert reportgen.read(tmp_path).health.empty
