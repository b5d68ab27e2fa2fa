"""Logs in S3, on a server of its own kind on this machine."""

import logging
import shutil
from pathlib import Path

import fsspec
import pandas as pd
import pytest

import object_store
import reportgen
from reportgen.errors import InputError

LOGS = Path(__file__).with_name("data") / "torch"


@pytest.fixture
def bucket():
    """A bucket that holds the logs, and the environment in which it is found."""
    with object_store.bucket() as url:
        fsspec.filesystem("s3").put(str(LOGS), "experiments/runs/torch", recursive=True)
        yield url


def test_logs_in_a_bucket_are_read_as_the_directory_is(bucket):
    experiment = reportgen.read(f"{bucket}/runs/torch")
    expected = reportgen.read(LOGS)
    pd.testing.assert_frame_equal(experiment.scalars, expected.scalars)
    assert len(experiment.images) == len(expected.images)
    with pytest.raises(InputError):
        reportgen.read(f"{bucket}/runs/none")
    with pytest.raises(InputError):
        reportgen.read("s3://no-such-bucket/runs")


@pytest.mark.slow
def test_objects_are_listed_1_000_at_a_time_and_each_log_is_asked_for_once(
    bucket, tmp_path, caplog
):
    source = next(LOGS.rglob("*tfevents*"))
    for run in range(10):
        (tmp_path / f"many/run_{run}").mkdir(parents=True)
        shutil.copy(source, tmp_path / f"many/run_{run}/{source.name}")
        for place in range(209):
            (tmp_path / f"many/run_{run}/checkpoint_{place}.ckpt").touch()
    fsspec.filesystem("s3").put(str(tmp_path / "many"), "experiments/many", recursive=True)
    with caplog.at_level(logging.DEBUG, "reportgen.storage"):
        experiment = reportgen.read(f"{bucket}/many")
    assert len(experiment.runs) == 10
    (line,) = [line for line in caplog.messages if line.startswith(f"{bucket}/many: ")]
    counts = dict(reversed(part.split(" ", 1)) for part in line.split(": ")[1].split(", "))
    assert int(counts["listings"]) <= 4  # whether the address is one object, and 2,100 of them
    assert int(counts["other requests"]) <= 11
