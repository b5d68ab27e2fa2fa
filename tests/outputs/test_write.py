from pathlib import Path

import pytest

from reportgen.errors import OutputError
from reportgen.outputs.write import write


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_and_folders_replace_what_stood_there(tmp_path):
    for text in (b"first", b"second"):
        write(
            {
                tmp_path / "report.md": text,
                tmp_path / "report_files": {f"{text.decode()}.png": text},
                tmp_path / "new" / "report.html": text,
            }
        )
    assert tree(tmp_path) == {
        "report.md": b"second",
        "report_files/second.png": b"second",
        "new/report.html": b"second",
    }


def test_a_failure_leaves_every_old_file_and_no_litter(tmp_path):
    (tmp_path / "report.html").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match=r"file/below\.html: cannot be written"):
        write({tmp_path / "report.html": b"new", tmp_path / "file" / "below.html": b"new"})
    assert tree(tmp_path) == {"report.html": b"old", "file": b""}
