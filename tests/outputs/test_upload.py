"""Outputs at URLs: the same bytes as files, whole or not at all, and refused before the work."""

from pathlib import Path

import fsspec
import pytest

import object_store
from reportgen import generate
from reportgen.errors import OutputError, UsageError
from reportgen.options import Options
from reportgen.outputs import target

LOGS = Path(__file__).parents[1] / "data" / "torch"
NAMES = ("report.html", "report.md", "summary.json", "table.csv", "report.eml", "bundle:site")


@pytest.fixture(scope="module")
def bucket():
    with object_store.bucket() as url:
        yield url


def placed(name, below):
    kind, _, rest = name.rpartition(":")
    return f"{kind}:{below}/{rest}" if kind else f"{below}/{name}"


def test_a_store_gets_the_bytes_of_the_files_with_their_types(bucket, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    generate([LOGS], [placed(name, "files") for name in NAMES])
    done = generate([LOGS], [placed(name, f"{bucket}/nightly") for name in NAMES])
    assert list(tmp_path.iterdir()) == [tmp_path / "files"]
    assert done.written[0].startswith(f"Wrote {bucket}/nightly/report.html (")
    system = fsspec.filesystem("s3")
    below = {path.relative_to("files").as_posix() for path in Path("files").rglob("*.*")}
    keys = {key.removeprefix("experiments/nightly/") for key in system.find("experiments/nightly")}
    assert keys == {name for name in below if Path("files", name).is_file()}
    assert {"report_files", "site"} <= {key.split("/")[0] for key in keys}
    for key in keys:
        assert system.cat_file(f"experiments/nightly/{key}") == Path("files", key).read_bytes()
    system.invalidate_cache()  # a listing has no types
    types = {
        suffix: system.info(f"experiments/nightly/{name}")["ContentType"]
        for name in keys
        if (suffix := Path(name).suffix)
    }
    assert types[".html"] == "text/html; charset=utf-8"
    assert types[".md"] == "text/markdown; charset=utf-8"
    assert types[".json"] == "application/json; charset=utf-8"
    assert types[".png"] == "image/png"
    assert types[".eml"] == "message/rfc822"


@pytest.mark.usefixtures("bucket")
def test_where_the_store_refuses_old_files_stay(tmp_path):
    page = tmp_path / "report.html"
    page.write_text("old")
    with pytest.raises(OutputError, match=r"s3://no-such-bucket/summary.json: cannot be written"):
        generate([LOGS], [page, "json:s3://no-such-bucket/summary.json"])
    assert page.read_text() == "old"
    assert list(tmp_path.iterdir()) == [page]


def test_elsewhere_a_file_is_renamed_into_its_place(monkeypatch):
    system = fsspec.filesystem("memory")
    system.pipe_file("/out/report.html", b"old")
    generate([LOGS], ["memory://out/report.html"])
    assert system.cat_file("/out/report.html").startswith(b"<!doctype html>")
    monkeypatch.setattr(type(system), "mv", lambda *_: 1 / 0)
    with pytest.raises(OutputError, match=r"memory://out/report.html: cannot be written"):
        generate([LOGS], ["memory://out/report.html"])
    assert system.find("/out") == ["/out/report.html"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://user:secret@host/report.html", r"https://user:\*\*\*@host.* cannot be written"),
        ("html:s3://bucket", "names no file"),
        ("html:s3://bucket/", "names no file"),
        ("s4://bucket/report.html", "is not known"),
    ],
)
def test_what_is_no_place_for_a_file_is_refused_at_once(url, reason):
    with pytest.raises(UsageError, match=reason):
        target.check([target.parse(url)])


def test_a_mail_to_send_is_a_local_file():
    options = Options(send_to="a@example.org", send_from="b@example.org", smtp="smtp://localhost")
    with pytest.raises(UsageError, match="name a local path for the mail"):
        generate([LOGS], ["memory://out/report.eml"], options)
