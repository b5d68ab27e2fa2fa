"""What users install holds everything that the checkout holds."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def wheel(tmp_path):
    """The wheel, built by the project's own backend."""
    from hatchling.build import build_wheel

    before = Path.cwd()
    os.chdir(ROOT)
    try:
        return tmp_path / build_wheel(str(tmp_path))
    finally:
        os.chdir(before)


def test_the_wheel_holds_every_module_and_template(wheel):
    wanted = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "reportgen").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    } | {
        f"reportgen/{path.relative_to(ROOT)}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(wheel) as archive:
        content = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert content == wanted
    assert "reportgen/py.typed" in content


BUILD = """
import os, sys
from hatchling.build import build_sdist, build_wheel
os.umask(int(sys.argv[2], 8))
print(build_wheel(sys.argv[1]), build_sdist(sys.argv[1]))
"""


def built(source, to, umask):
    """Build wheel and sdist of a directory in a process of its own; return bytes by file name."""
    to.mkdir()
    words = [sys.executable, "-c", BUILD, str(to), umask]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    subprocess.run(words, cwd=source, env=environment, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in to.iterdir()}


def copied(to, touched):
    """Copy what packages are built from; its files were changed `touched` seconds after 1970."""
    ignored = shutil.ignore_patterns("__pycache__", ".*", "*.egg-info", "report*.html", "runs")
    shutil.copytree(ROOT, to, ignore=ignored)
    shutil.copy(ROOT / ".gitignore", to)
    for path in to.rglob("*"):
        os.utime(path, (touched, touched))
    return to


@pytest.mark.slow
def test_wheel_and_sdist_are_the_same_bytes_wherever_and_whenever_they_are_built(tmp_path):
    first = built(copied(tmp_path / "a", 1_000_000_000), tmp_path / "dist_a", "022")
    second = built(copied(tmp_path / "elsewhere" / "b", 1_600_000_000), tmp_path / "dist_b", "077")
    assert sorted(name.rpartition(".")[2] for name in first) == ["gz", "whl"]
    assert first == second


@pytest.mark.slow
def test_a_wheel_from_the_sdist_is_the_wheel_from_the_checkout(tmp_path):
    packages = built(copied(tmp_path / "a", 1_000_000_000), tmp_path / "dist", "022")
    (sdist,) = (tmp_path / "dist").glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "b", filter="data")
    (unpacked,) = (tmp_path / "b").iterdir()
    again = built(unpacked, tmp_path / "again", "022")
    (wheel,) = (name for name in packages if name.endswith(".whl"))
    assert again[wheel] == packages[wheel]
