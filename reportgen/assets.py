"""Files that a person can change without reading Python: templates and style sheets."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """Return the path of a file of `templates/`: in the package if installed, else beside it."""
    package = Path(__file__).parent
    installed = package / "templates"
    return (installed if installed.is_dir() else package.parent / "templates") / name


def text(name: str) -> str:
    """Return the contents of a file of `templates/`."""
    return path(name).read_text(encoding="utf-8")
