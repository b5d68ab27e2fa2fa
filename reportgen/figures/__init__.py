"""Frames in, matplotlib figures out. The functions here are public; see `public` for each."""

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
    "point_cloud",
    "precision_recall",
    "rank_speed",
    "rank_spread",
    "receiver_operating",
    "reliability",
    "ridges",
    "sound",
]


def __getattr__(name: str) -> object:
    """Loads the functions when the first is used: the report needs the modules alone."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("reportgen.figures.public"), name)
