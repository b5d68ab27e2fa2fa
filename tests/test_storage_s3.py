"""Logs in S3, on a server of its own kind on this machine."""

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
