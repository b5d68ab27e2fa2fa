import shutil
import zipfile
from pathlib import Path

import fsspec
import pandas as pd
import pytest

import reportgen
from reportgen.errors import DependencyError, InputError

DATA = Path(__file__).with_name("data")
LOGS = DATA / "torch"


@pytest.fixture
def remote():
    """A file system in memory that holds the logs and other files."""
    system = fsspec.filesystem("memory")
    system.put(str(LOGS), "/bucket/runs/torch", recursive=True)
    system.pipe_file("/bucket/runs/torch/every_kind/checkpoint.pt", b"x")
    yield "memory://bucket/runs/torch"
    system.rm("/bucket", recursive=True)


def same(first, other):
    """Whether two experiments hold the same but for where their files are."""
    for kind in ("scalars", "histograms", "hparams", "layouts", "metrics"):
        pd.testing.assert_frame_equal(getattr(first, kind), getattr(other, kind))
    pd.testing.assert_frame_equal(first.runs.drop(columns="path"), other.runs.drop(columns="path"))
    assert len(first.embeddings) == len(other.embeddings)
    blobs = [[blob.read() for blob in item.images["blob"]] for item in (first, other)]
    assert blobs[0] == blobs[1]


def test_a_url_is_read_as_the_directory_is(remote):
    experiment = reportgen.read(remote)
    same(experiment, reportgen.read(LOGS))
    assert experiment.paths == (remote,)


def test_nothing_but_logs_is_fetched(remote):
    runs = reportgen.read(remote).runs
    assert not list(Path(runs["path"][0]).rglob("*.pt"))


def test_one_file_may_be_named(remote):
    name = next((LOGS / "resumed").glob("*tfevents*")).name
    scalars = reportgen.read(f"{remote}/resumed/{name}").scalars
    assert len(scalars) == 8


@pytest.mark.parametrize("kind", ["zip", "tar", "gztar"])
def test_an_archive_is_read_as_the_directory_is(tmp_path, kind):
    archive = shutil.make_archive(str(tmp_path / "torch"), kind, LOGS)
    same(reportgen.read(archive), reportgen.read(LOGS))


def test_names_that_lead_out_of_an_archive_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "logs.zip", "w") as archive:
        archive.writestr("../../../events.out.tfevents.evil", b"x")
    with pytest.raises(InputError):
        reportgen.read(tmp_path / "logs.zip")
    assert not list(tmp_path.parent.rglob("*evil"))


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("memory://nothing/here", InputError),
        ("nonsense://bucket/runs", InputError),
        ("smb://host/share", DependencyError),
    ],
)
def test_what_cannot_be_reached_is_one_line(url, error):
    with pytest.raises(error, match=url) as caught:
        reportgen.read(url)
    assert "\n" not in str(caught.value)


def test_notes_in_an_archive_are_read(tmp_path):
    shutil.copytree(LOGS / "resumed", tmp_path / "logs" / "resumed")
    (tmp_path / "logs" / "resumed" / "README.md").write_text("Resumed once.")
    archive = shutil.make_archive(str(tmp_path / "logs"), "zip", tmp_path / "logs")
    assert list(reportgen.read(archive).notes["text"]) == ["Resumed once."]
