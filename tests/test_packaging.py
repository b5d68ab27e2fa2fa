"""What users install holds everything that the checkout holds."""

import os
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
