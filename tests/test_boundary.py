"""Only regular files in the log directories are read; what is skipped is told."""

import os
import shutil
import socket
import tarfile
import zipfile
from pathlib import Path

import pytest

import reportgen
from reportgen.errors import InputError

LOGS = Path(__file__).with_name("data") / "torch" / "resumed"
PRIVATE = "PRIVATE KEY"


@pytest.fixture
def outside(tmp_path):
    """A directory with a private file and a run of somebody else's."""
    directory = tmp_path / "outside"
    shutil.copytree(LOGS, directory / "run")
    (directory / "key").write_text(PRIVATE)
    return directory


@pytest.fixture
def logs(tmp_path):
    """A log directory with one run."""
    return shutil.copytree(LOGS, tmp_path / "logs")


def skipped(experiment):
    rows = experiment.health[experiment.health["kind"] == "skipped"]
    return {
        Path(file).name: detail for file, detail in zip(rows["file"], rows["detail"], strict=True)
    }


def everything(experiment):
    kinds = ("texts", "notes", "hparams", "embeddings", "runs", "health")
    return " ".join(getattr(experiment, kind).to_string() for kind in kinds)


@pytest.mark.parametrize(
    "name", ["README.md", "notes.md", "hparams.yaml", "metrics.csv", "projector_config.pbtxt"]
)
def test_a_link_to_a_private_file_is_skipped_and_told(logs, outside, name):
    (logs / name).symlink_to(outside / "key")
    experiment = reportgen.read(logs)
    assert PRIVATE not in everything(experiment)
    assert "--follow-links" in skipped(experiment)[name]


def test_a_link_to_a_private_file_is_read_if_asked_for(logs, outside):
    (logs / "notes.md").symlink_to(outside / "key")
    experiment = reportgen.read(logs, follow_links=True)
    assert list(experiment.notes["text"]) == [PRIVATE]
    assert not skipped(experiment)


def test_a_run_directory_outside_is_skipped_and_told_or_followed(logs, outside):
    (logs / "theirs").symlink_to(outside / "run")
    experiment = reportgen.read(logs)
    assert "theirs" not in set(experiment.runs["run"])
    assert "--follow-links" in skipped(experiment)["theirs"]
    assert "theirs" in set(reportgen.read(logs, follow_links=True).runs["run"])


def test_links_in_a_circle_end(logs, outside):
    (logs / "theirs").symlink_to(outside)
    (outside / "back").symlink_to(logs)
    (outside / "self").symlink_to(outside)
    experiment = reportgen.read(logs, follow_links=True)
    assert sum("theirs" in run for run in experiment.runs["run"]) == 1


def test_links_within_the_log_directory_are_no_news(logs):
    (logs / "latest").symlink_to(logs / "parts_a")
    before = reportgen.read(LOGS).runs["run"]
    experiment = reportgen.read(logs)
    assert len(experiment.runs) == len(before)
    assert not skipped(experiment)


def test_the_log_directory_may_be_a_link_itself(logs, tmp_path):
    (tmp_path / "link").symlink_to(logs)
    (logs / "notes.md").write_text("ours")
    assert list(reportgen.read(tmp_path / "link").notes["text"]) == ["ours"]


def test_where_only_links_are_left_the_error_names_the_option(tmp_path, outside):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "run").symlink_to(outside / "run")
    with pytest.raises(InputError, match="--follow-links"):
        reportgen.read(tmp_path / "logs")


def test_notes_above_the_log_directories_are_not_read(tmp_path):
    for split in ("train", "val"):
        shutil.copytree(LOGS, tmp_path / "runs" / split)
    (tmp_path / "runs" / "README.md").write_text(PRIVATE)
    paths = [tmp_path / "runs" / split for split in ("train", "val")]
    assert not len(reportgen.read(*paths).notes)


def make_pipe(path):
    os.mkfifo(path)


def make_socket(path):
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(here)


def make_device(path):
    path.symlink_to("/dev/zero")


def make_dangling(path):
    path.symlink_to("nothing")


@pytest.mark.parametrize("make", [make_pipe, make_socket, make_device, make_dangling])
@pytest.mark.parametrize(
    "name",
    ["events.out.tfevents.9.x", "README.md", "hparams.yaml", "metrics.csv"],
)
@pytest.mark.parametrize("follow_links", [True, False])
def test_what_is_no_regular_file_is_never_opened(logs, name, make, follow_links):
    make(logs / name)
    experiment = reportgen.read(logs, follow_links=follow_links)
    assert len(experiment.runs) == len(reportgen.read(LOGS).runs)
    assert name in skipped(experiment)


def test_a_pipe_that_is_no_log_by_its_name_is_no_news(logs):
    os.mkfifo(logs / "control")
    assert not skipped(reportgen.read(logs))


def test_a_pipe_named_as_log_directory_is_an_error(tmp_path):
    os.mkfifo(tmp_path / "events.out.tfevents.pipe")
    with pytest.raises(InputError, match="is a named pipe"):
        reportgen.read(tmp_path / "events.out.tfevents.pipe")


def deny(monkeypatch, denied):
    """Make the system refuse a path, as it does not for root."""
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != denied and access(path, mode))


@pytest.mark.parametrize("name", ["parts_a", "notes.md", "hparams.yaml"])
def test_what_may_not_be_read_is_told_and_the_rest_is_read(logs, name, monkeypatch):
    (logs / "notes.md").write_text("ours")
    (logs / "hparams.yaml").write_text("a: 1")
    deny(monkeypatch, logs / name)
    experiment = reportgen.read(logs)
    assert len(experiment.scalars)
    assert "Permission denied" in skipped(experiment)[name]


def test_an_event_file_that_fails_while_it_is_read_is_told(logs, monkeypatch):
    failing = next(logs.glob("*tfevents*"))
    opened = Path.open

    def fail(path, *args, **kwargs):
        if path == failing:
            raise OSError(5, "Input/output error")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", fail)
    experiment = reportgen.read(logs)
    (row,) = experiment.health[experiment.health["kind"] == "unreadable"].itertuples()
    assert "Input/output error" in row.detail
    assert len(experiment.scalars)
    with pytest.raises(InputError, match="Input/output error"):
        reportgen.read(failing)


def test_entries_of_an_archive_that_are_no_regular_files_are_told(logs, tmp_path):
    with tarfile.open(tmp_path / "logs.tar", "w") as archive:
        archive.add(logs, "logs")
        pipe = tarfile.TarInfo("logs/events.out.tfevents.pipe")
        pipe.type = tarfile.FIFOTYPE
        archive.addfile(pipe)
        link = tarfile.TarInfo("logs/notes.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    experiment = reportgen.read(tmp_path / "logs.tar")
    assert set(skipped(experiment)) == {"events.out.tfevents.pipe", "notes.md"}


def test_an_archive_of_very_much_in_a_few_bytes_is_refused(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "logs.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("events.out.tfevents.1", "w") as entry,
    ):
        for _ in range(200):
            entry.write(bytes(1 << 20))
    with pytest.raises(InputError, match="100 times"):
        reportgen.read(tmp_path / "logs.zip")
