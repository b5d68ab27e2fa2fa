"""Logs that grow are read as if they had been there whole."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.frames import sketched_reading
from reportgen.frames.experiment import COLUMNS
from reportgen.frames.growing_logs import GrowingLogs
from reportgen.frames.read import read
from reportgen.series.smoothing import parse_smoothing

DATA = Path(__file__).parents[1] / "data"
SMOOTHING = parse_smoothing("auto")


def assert_same(experiment, other):
    for kind in COLUMNS:
        frame, other_frame = getattr(experiment, kind), getattr(other, kind)
        if kind in {"scalars", "runs", "hparams", "metrics", "health"}:
            pd.testing.assert_frame_equal(frame, other_frame)
        else:
            assert repr(frame.to_dict("list")) == repr(other_frame.to_dict("list"))


@pytest.fixture(params=["whole", "sketched"])
def both(request, monkeypatch):
    """Reads logs that grow, and the same logs at once, whole or sketched."""
    if request.param == "sketched":
        monkeypatch.setattr(sketched_reading, "LARGE", 0)
    smoothing = SMOOTHING if request.param == "sketched" else None
    logs = GrowingLogs()
    return lambda folder: (
        read(folder, sketched=smoothing, growing=logs),
        read(folder, sketched=smoothing),
    )


@pytest.mark.parametrize("writer", ["tensorboardX", "torch", "tf2", "lightning"])
def test_logs_of_a_writer_that_grow_give_the_same_frames(writer, both, tmp_path):
    for share in (0.2, 0.6, 1.0):
        for source in sorted((DATA / writer).rglob("*")):
            target = tmp_path / source.relative_to(DATA / writer)
            if source.is_dir():
                target.mkdir(exist_ok=True)
            elif "tfevents" in source.name:
                content = source.read_bytes()
                with target.open("ab") as file:
                    file.write(content[target.stat().st_size : round(share * len(content))])
            else:
                shutil.copy(source, target)
        growing, whole = both(tmp_path)
        if share == 1.0:
            assert_same(growing, whole)
        else:  # which of them calls the last record damage
            pd.testing.assert_frame_equal(growing.scalars, whole.scalars)


def write(folder, steps, **options):
    with SummaryWriter(str(folder), **options) as writer:
        for step in steps:
            writer.add_scalar("loss", 1 / (1 + step), step)
            writer.add_scalar("accuracy", step / 100, step)


def test_a_new_file_and_a_new_run_are_read_too(both, tmp_path):
    write(tmp_path / "a", range(50))
    assert_same(*both(tmp_path))
    write(tmp_path / "a", range(50, 90), filename_suffix=".later")
    write(tmp_path / "b", range(20))
    assert_same(*both(tmp_path))


def test_a_file_that_was_replaced_is_read_from_its_start(both, tmp_path):
    write(tmp_path / "a", range(50))
    both(tmp_path)
    (path,) = (tmp_path / "a").iterdir()
    path.unlink()
    write(tmp_path / "a", range(30))
    assert_same(*both(tmp_path))


def test_an_earlier_file_may_go_on_too(both, tmp_path):
    write(tmp_path / "a", range(50))
    (path,) = (tmp_path / "a").iterdir()
    content = path.read_bytes()
    os.truncate(path, len(content) // 2)
    write(tmp_path / "a", range(50, 90), filename_suffix=".later")
    both(tmp_path)
    path.write_bytes(content)
    assert_same(*both(tmp_path))


def test_a_table_is_read_again_where_it_has_changed(tmp_path):
    logs = GrowingLogs()
    table = tmp_path / "metrics.csv"
    for rows in (3, 5, 5):
        lines = [f"{step},{1 / (1 + step)}" for step in range(rows)]
        table.write_text("\n".join(["step,loss", *lines]) + "\n")
        assert_same(read(tmp_path, growing=logs), reportgen.read(tmp_path))
