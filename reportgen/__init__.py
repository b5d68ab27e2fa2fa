"""Training logs in, one self-contained report out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.frames.experiment import Experiment
    from reportgen.frames.read import read
    from reportgen.options import Options
    from reportgen.pipeline import generate, write
    from reportgen.report.build import build

__version__ = "0.1.0"
__all__ = ["Experiment", "Options", "build", "generate", "read", "write"]

# Loaded when they are first used, so that `reportgen --help` does not wait for pandas.
_PLACES = {
    "Experiment": "reportgen.frames.experiment",
    "Options": "reportgen.options",
    "build": "reportgen.report.build",
    "generate": "reportgen.pipeline",
    "read": "reportgen.frames.read",
    "write": "reportgen.pipeline",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
