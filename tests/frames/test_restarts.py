"""What each restart policy keeps of resumed and repeated runs."""

from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tensorboardX import SummaryWriter

import reportgen
from reportgen.errors import UsageError


def log(path, steps, purge_step=None, suffix="0", lines=(), **other):
    """Write one session: a scalar a step, and lines of `add_scalars`."""
    name = f".{suffix}"
    with SummaryWriter(str(path), purge_step=purge_step, filename_suffix=name, **other) as writer:
        for step in steps:
            writer.add_scalar("loss", step + 1000 * int(suffix), step)
            for line in lines:
                writer.add_scalars("parts", {line: step}, step)


def resumed(path, purge_step=50):
    log(path, range(0, 100, 10))
    log(path, range(50, 150, 10), purge_step, "1")


def resumed_without(path):
    resumed(path, None)


def three_passes(path):
    log(path, [*range(5)] * 3)


def three_files(path):
    for suffix in "012":
        log(path, range(5), suffix=suffix)


def ten_at_zero(path):
    log(path, [0] * 10)


CASES = [  # with the number of values that each policy keeps
    (resumed, {"session": 15, "step": 15, "keep-all": 20}),
    (resumed_without, {"session": 20, "step": 15, "keep-all": 20}),
    (three_passes, {"session": 15, "step": 15, "keep-all": 15}),
    (three_files, {"session": 15, "step": 5, "keep-all": 15}),
    (ten_at_zero, {"session": 10, "step": 10, "keep-all": 10}),
]


@pytest.mark.parametrize(
    ("make", "expected_counts"), CASES, ids=[case[0].__name__ for case in CASES]
)
def test_each_policy_keeps_what_it_says(tmp_path, make, expected_counts):
    make(tmp_path / "run")
    written = max(expected_counts.values())
    for policy, expected_count in expected_counts.items():
        experiment = reportgen.read(tmp_path / "run", restarts=policy)
        assert len(experiment.scalars) == expected_count, policy
        purged = experiment.health.query("kind == 'purged'")
        assert purged["records"].sum() == written - expected_count, policy


def test_the_values_of_the_later_session_remain(tmp_path):
    resumed(tmp_path / "run")
    scalars = reportgen.read(tmp_path / "run").scalars
    np.testing.assert_array_equal(scalars["step"], range(0, 150, 10))
    np.testing.assert_array_equal(scalars["value"] >= 1000, scalars["step"] >= 50)


def test_the_lines_of_add_scalars_follow_their_run(tmp_path):
    log(tmp_path / "run", range(0, 100, 10), lines="ab")
    log(tmp_path / "run", range(50, 150, 10), 50, "1", lines="ab")
    scalars = reportgen.read(tmp_path / "run").scalars
    assert scalars["tag"].value_counts().to_dict() == {"loss": 15, "parts/a": 15, "parts/b": 15}


def test_a_session_may_start_within_a_file(tmp_path):
    from tensorboardX.proto.event_pb2 import Event, SessionLog

    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(5):
            writer.add_scalar("loss", step, step)
            writer.add_text("note", "before", step)
        start = Event(step=2, session_log=SessionLog(status=SessionLog.START))
        writer.file_writer.event_writer.add_event(start)
        for step in range(2, 4):
            writer.add_scalar("loss", step + 10, step)
    experiment = reportgen.read(tmp_path / "run")
    assert experiment.scalars["value"].tolist() == [0, 1, 12, 13]
    assert experiment.texts["step"].tolist() == [0, 1]
    assert experiment.health["records"].tolist() == [6]


def test_a_later_file_voids_only_the_tags_that_it_has(tmp_path):
    log(tmp_path / "run", range(10))
    with SummaryWriter(str(tmp_path / "run"), filename_suffix=".1") as writer:
        writer.add_scalar("eval/loss", 1, 9)
    assert len(reportgen.read(tmp_path / "run", restarts="step").scalars) == 11


def test_an_unknown_policy_is_named(tmp_path):
    ten_at_zero(tmp_path / "run")
    with pytest.raises(UsageError, match="session, step or keep-all"):
        reportgen.read(tmp_path / "run", restarts="none")


STEPS = st.integers(-3, 6)
RECORDS = st.one_of(st.tuples(st.sampled_from("ab"), STEPS), st.tuples(st.just("start"), STEPS))
FILES = st.lists(st.lists(RECORDS, max_size=12), min_size=1, max_size=4)


def write(path, files):
    """Write event files of records; each scalar's value is its index among all records."""
    from tensorboardX.proto.event_pb2 import Event, SessionLog

    numbers = count()
    for index, records in enumerate(files):
        with SummaryWriter(str(path), filename_suffix=f".{index}") as writer:
            for tag, step in records:
                if tag == "start":
                    start = Event(step=step, session_log=SessionLog(status=SessionLog.START))
                    writer.file_writer.event_writer.add_event(start)
                    next(numbers)
                else:
                    writer.add_scalar(tag, next(numbers), step)


def expected(files, policy):
    """Return the indices of the records that a policy keeps, looking at each record alone."""
    records = [(file, *record) for file, in_file in enumerate(files) for record in in_file]
    remaining = []
    for index, (file, tag, step) in enumerate(records):
        later = records[index + 1 :]
        void = {
            "session": any(other == "start" and first <= step for _, other, first in later),
            "step": any(i > file and other == tag and at <= step for i, other, at in later),
            "keep-all": False,
        }
        if tag != "start" and not void[policy]:
            remaining.append(index)
    return remaining


@pytest.mark.slow
@given(files=FILES, policy=st.sampled_from(["session", "step", "keep-all"]))
@settings(max_examples=30, deadline=None)
def test_random_restarts_keep_what_the_plain_rules_keep(files, policy, tmp_path_factory):
    path = tmp_path_factory.mktemp("restarts") / "run"
    write(path, files)
    scalars = reportgen.read(path, restarts=policy).scalars
    assert scalars["value"].tolist() == expected(files, policy)
