"""Findings on the health of the logs are grouped by kind, the worst first."""

import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen import pipeline
from reportgen.frames.experiment import frame
from reportgen.frames.health import KINDS
from reportgen.report.health_groups import health_groups, worst_sentence


def health(*rows):
    """Return a health frame of rows of kind, run, file and records."""
    columns = {
        "run": [],
        "file": [],
        "offset": [],
        "kind": [],
        "records": [],
        "bytes": [],
        "detail": [],
    }
    for kind, run, file, records in rows:
        cells = (run, file, -1, kind, records, 0, KINDS[kind])
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    return frame("health", columns)


def test_alike_findings_are_one_group_and_the_worst_is_first():
    rows = [("pause", "a", "", 1)]
    rows += [("truncated", f"run_{n}", f"/logs/run_{n}/events", 1) for n in range(19)]
    first, second = health_groups(health(*rows))
    assert first.sentence == "19 files end in the middle of a record"
    assert (first.records, len(first.details)) == (19, 1)
    assert second.sentence == "a paused"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], ""),
        (
            [("truncated", "a", "/logs/a/events.1", 1)],
            "events.1 ends in the middle of a record",
        ),
        (
            [("repeated", "a", "", 3), ("not finite", "a", "", 2), ("not finite", "b", "", 1)],
            "2 runs have NaN or infinite values, and 1 other finding",
        ),
    ],
)
def test_the_worst_is_named_and_the_others_are_counted(rows, sentence):
    where = "; see Data health at the end of the report"
    assert worst_sentence(health(*rows)) == (sentence and sentence + where)


def test_every_kind_has_a_sentence():
    for kind in KINDS:
        for file in ("", "/logs/a"):
            (group,) = health_groups(health((kind, "a", file, 1)))
            assert "{" not in group.sentence
            assert group.sentence


def test_epochs_that_lightning_logs_twice_a_step_are_normal(tmp_path):
    with SummaryWriter(str(tmp_path)) as writer:
        for step in (0, 1, 1, 0):
            writer.add_scalar("epoch", 0, step)
    assert reportgen.read(tmp_path).health.empty


def test_the_command_names_the_worst(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        writer.add_scalar("loss", float("nan"), 0)
        writer.add_scalar("loss", 1, 0)
    done = pipeline.generate([tmp_path], [tmp_path / "r.json"])
    (note,) = done.notes
    assert note.startswith("run has NaN or infinite values, and 1 other finding; ")
