"""Training logs in, one self-contained report out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen import figures
    from reportgen.analysis.groups.aggregated_frame import aggregate
    from reportgen.errors import (
        DependencyError,
        InputError,
        OutputError,
        ReportgenError,
        SendError,
        UsageError,
    )
    from reportgen.frames.experiment import Experiment
    from reportgen.frames.read import read
    from reportgen.integrations.finish import after
    from reportgen.options import Options
    from reportgen.pipeline import Done, build, findings, generate, write
    from reportgen.report.model import Report
    from reportgen.report.verdict import Verdict

__version__ = "0.1.0"
__all__ = [
    "DependencyError",
    "Done",
    "Experiment",
    "InputError",
    "Options",
    "OutputError",
    "Report",
    "ReportgenError",
    "SendError",
    "UsageError",
    "Verdict",
    "after",
    "aggregate",
    "build",
    "figures",
    "findings",
    "generate",
    "read",
    "write",
]

# Loaded when they are first used, so that `reportgen --help` does not wait for pandas.
_MODULES = {
    "reportgen.analysis.groups.aggregated_frame": ("aggregate",),
    "reportgen.errors": (
        *("DependencyError", "InputError", "OutputError", "ReportgenError", "SendError"),
        "UsageError",
    ),
    "reportgen.frames.experiment": ("Experiment",),
    "reportgen.frames.read": ("read",),
    "reportgen.integrations.finish": ("after",),
    "reportgen.options": ("Options",),
    "reportgen.pipeline": ("Done", "build", "findings", "generate", "write"),
    "reportgen.report.model": ("Report",),
    "reportgen.report.verdict": ("Verdict",),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """Return a public name from the module that defines it."""
    if name == "figures":
        return import_module("reportgen.figures")
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULE_OF[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return [*__all__, "__version__"]
