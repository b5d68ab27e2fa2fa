"""Frames in, matplotlib figures out.

The functions here are public; see `reportgen.figures.notebook` for each.
"""

from __future__ import annotations

from importlib import import_module

__all__ = [
    "confusion_course",
    "confusion_difference",
    "confusion_matrix",
    "embedding_plane",
    "histogram_heat_map",
    "line_chart",
    "most_confused",
    "parallel_coordinates",
    "parameter_importance",
    "parameter_scatter",
    "percentile_bands",
    "pictures",
    "point_cloud",
    "precision_recall",
    "precision_recall_course",
    "rank_speed",
    "rank_spread",
    "receiver_operating",
    "receiver_operating_course",
    "reliability",
    "ridges",
    "sound",
    "value_band",
]

_MODULES = ("reportgen.figures.notebook.general", "reportgen.figures.notebook.classification")


def __getattr__(name: str) -> object:
    """Import the functions when the first is used: a report does not need them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    modules = map(import_module, _MODULES)
    return next(getattr(module, name) for module in modules if hasattr(module, name))


def __dir__() -> list[str]:
    """Return the names of the functions."""
    return list(__all__)
