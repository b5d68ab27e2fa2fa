"""Logs in S3, on a server of its own kind on this machine."""

from pathlib import Path

import pandas as pd
import pytest

import reportgen
from reportgen.errors import InputError

LOGS = Path(__file__).with_name("data") / "torch"


@pytest.fixture
def bucket(monkeypatch):
    """A bucket that holds the logs, and the environment in which it is found."""
    from moto.server import ThreadedMotoServer
    from s3fs import S3FileSystem

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    S3FileSystem.clear_instance_cache()
    system = S3FileSystem()
    system.mkdir("experiments")
    system.put(str(LOGS), "experiments/runs/torch", recursive=True)
    yield "s3://experiments"
    S3FileSystem.clear_instance_cache()
    server.stop()


def test_logs_in_a_bucket_are_read_as_the_directory_is(bucket):
    experiment = reportgen.read(f"{bucket}/runs/torch")
    expected = reportgen.read(LOGS)
    pd.testing.assert_frame_equal(experiment.scalars, expected.scalars)
    assert len(experiment.images) == len(expected.images)
    with pytest.raises(InputError):
        reportgen.read(f"{bucket}/runs/none")
    with pytest.raises(InputError):
        reportgen.read("s3://no-such-bucket/runs")
