"""Files that a person may want to change without reading Python: templates and style sheets."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """Where a file of `templates/` is: in the package once installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "templates"
    return (installed if installed.is_dir() else package.parent / "templates") / name


def text(name: str) -> str:
    """The contents of a file of `templates/`."""
    return path(name).read_text(encoding="utf-8")
