"""Log directories are read into the documented frames."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.errors import UsageError
from reportgen.executor import InProcess, make
from reportgen.frames.experiment import COLUMNS


def write(path, tags, steps, picture=0):
    with SummaryWriter(str(path)) as writer:
        for step in range(steps):
            for tag in tags:
                writer.add_scalar(tag, step / 2, step, walltime=1000.0 + step)
        if picture:
            pixels = np.random.default_rng(0).random((3, picture, picture))
            writer.add_image("picture", pixels, 1000)


def test_scalars_are_in_the_order_of_the_log_run_by_run(tmp_path):
    write(tmp_path / "run_10", ["b", "a"], 3)
    write(tmp_path / "run_2", ["c", "a"], 2)
    scalars = reportgen.read(tmp_path).scalars
    assert scalars["run"].tolist() == ["run_2"] * 4 + ["run_10"] * 6
    assert scalars["tag"].tolist() == ["c", "a"] * 2 + ["b", "a"] * 3
    assert scalars["step"].tolist() == [0, 0, 1, 1, 0, 0, 1, 1, 2, 2]
    assert scalars["value"].tolist() == [0.0, 0.0, 0.5, 0.5, 0.0, 0.0, 0.5, 0.5, 1.0, 1.0]


def test_scalars_have_the_documented_columns_and_sorted_categories(tmp_path):
    write(tmp_path / "b", ["y", "x"], 2)
    write(tmp_path / "a", ["z"], 2)
    scalars = reportgen.read(tmp_path).scalars
    expected = {
        name: pd.Series(scalars[name].tolist(), dtype=dtype)
        for name, dtype in COLUMNS["scalars"].items()
    }
    pd.testing.assert_frame_equal(scalars, pd.DataFrame(expected))
    assert scalars["tag"].cat.categories.tolist() == ["x", "y", "z"]


def test_files_of_one_run_follow_each_other(tmp_path):
    for name, tags in (("1", ["a"]), ("2", ["b", "a"])):
        with SummaryWriter(str(tmp_path), filename_suffix=f".{name}") as writer:
            for tag in tags:
                writer.add_scalar(tag, float(name), 7)
    scalars = reportgen.read(tmp_path).scalars
    assert scalars["tag"].tolist() == ["a", "b", "a"]
    assert scalars["value"].tolist() == [1.0, 2.0, 2.0]


def test_runs_have_the_first_and_last_step_and_time(tmp_path):
    write(tmp_path / "a", ["loss"], 5)
    (row,) = reportgen.read(tmp_path / "a").runs.itertuples()
    assert (row.first_step, row.last_step) == (0, 4)
    assert (row.first_wall_time, row.last_wall_time) == (1000.0, 1004.0)


def test_a_log_without_scalars_has_an_empty_frame_of_the_documented_columns(tmp_path):
    write(tmp_path / "a", [], 0, picture=4)
    experiment = reportgen.read(tmp_path)
    assert list(experiment.scalars.columns) == list(COLUMNS["scalars"])
    assert len(experiment.images) == 1


def test_only_the_wanted_kinds_are_read(tmp_path):
    write(tmp_path / "a", ["loss"], 5, picture=100)
    alone = reportgen.read(tmp_path, kinds={"scalars"})
    assert len(alone.images) == 0
    pd.testing.assert_frame_equal(alone.scalars, reportgen.read(tmp_path).scalars)
    pictures = reportgen.read(tmp_path, kinds={"images"})
    assert len(pictures.scalars) == 0
    assert len(pictures.images) == 1


def test_the_checksum_of_an_unwanted_large_payload_is_not_checked(tmp_path):
    write(tmp_path / "a", ["loss"], 5, picture=100)
    (path,) = (tmp_path / "a").iterdir()
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    assert reportgen.read(tmp_path, kinds={"scalars"}).health.empty
    assert reportgen.read(tmp_path).health["kind"].tolist() == ["payload"]


def test_an_unknown_kind_is_refused(tmp_path):
    write(tmp_path / "a", ["loss"], 1)
    with pytest.raises(UsageError, match="losses: not a kind"):
        reportgen.read(tmp_path, kinds={"losses"})


def test_an_image_is_kept_as_its_place_in_the_file(tmp_path):
    write(tmp_path / "a", ["loss"], 5, picture=60)
    (row,) = reportgen.read(tmp_path).images.itertuples()
    data = row.blob.read()
    assert data.startswith(b"\x89PNG")
    assert data.endswith(b"IEND\xaeB`\x82")


def test_files_read_in_other_processes_give_the_same_frames(tmp_path):
    write(tmp_path / "a", ["loss", "accuracy"], 50, picture=8)
    write(tmp_path / "b", ["loss"], 50)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        there = reportgen.read(tmp_path, executor=executor)
    here = reportgen.read(tmp_path)
    for kind in COLUMNS:
        pd.testing.assert_frame_equal(getattr(there, kind), getattr(here, kind))


def test_small_logs_are_read_in_this_process_and_large_ones_in_several():
    with make(8, 1 << 20) as few_bytes, make(1, 1 << 40) as single_file:
        assert isinstance(few_bytes, InProcess)
        assert isinstance(single_file, InProcess)
    with make(8, 1 << 40) as large:
        assert isinstance(large, ProcessPoolExecutor) == ((os.cpu_count() or 1) > 1)


def test_an_error_in_this_process_is_raised_when_the_result_is_requested():
    with InProcess() as executor, pytest.raises(ZeroDivisionError):
        list(executor.map(lambda number: 1 / number, [1, 0]))
