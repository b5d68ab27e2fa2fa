"""docs/architecture.md: its changes work in a copy of the package, and its tree is complete."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import reportgen
from reportgen import assets

PACKAGE = Path(reportgen.__file__).parent
TEXT = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text()


def blocks():
    """Language and text of each block of code, in order."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def apply_diff(root, diff):
    """Replace each group of removed lines, which must be unique in its file, by the added ones."""
    header, _, changes = diff.partition("\n")
    path = root / header.removeprefix("--- ")
    for removed, added in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", changes, re.MULTILINE):
        old, new = (re.sub(r"^[-+]", "", lines, flags=re.MULTILINE) for lines in (removed, added))
        text = f"\n{path.read_text()}"
        assert text.count(f"\n{old}") == 1, f"{path.name} has changed: {old}"
        path.write_text(text.replace(f"\n{old}", f"\n{new}")[1:])


def run(code, root, folder):
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, code + done.stderr


@pytest.mark.slow
def test_every_addition_on_the_page_works(tmp_path):
    root, folder = tmp_path / "package", tmp_path / "work"
    ignored = shutil.ignore_patterns("__pycache__", "templates")
    shutil.copytree(PACKAGE, root / "reportgen", ignore=ignored)
    shutil.copytree(assets.path("layout.md").parent, root / "templates")
    folder.mkdir()
    for language, text in blocks():
        if language == "diff":
            apply_diff(root, text)
        elif language == "python" and text.startswith("# reportgen/"):
            path = root / text.partition("\n")[0].removeprefix("# ")
            assert not path.exists()
            path.write_text(text)
        elif language == "python":
            run(text, root, folder)


def test_the_tree_on_the_page_names_every_folder():
    folders = {
        f"{path.parent.relative_to(PACKAGE).as_posix()}/" for path in PACKAGE.rglob("__init__.py")
    } - {"./"}
    assert set(re.findall(r"^\| `([\w/]+/)` \|", TEXT, re.MULTILINE)) == folders
