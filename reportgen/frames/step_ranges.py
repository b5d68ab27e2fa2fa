"""The lowest and highest step of each tag of a file."""

from __future__ import annotations

import numpy as np

from reportgen.arrays import IntArray
from reportgen.columns import LogFile, scalar_parts

NO_STEP = np.iinfo(np.int64).max


def lowest_steps(file: LogFile) -> IntArray:
    """Return the lowest step of each tag of a file, (tags,); `NO_STEP` if it has no rows."""
    lowest = np.full(len(file.tags), NO_STEP)
    for chunk in scalar_parts(file):
        np.minimum.at(lowest, chunk["code"], chunk["step"])
    return lowest


def step_ranges(file: LogFile) -> dict[str, tuple[int, int]]:
    """Return the lowest and highest step of each tag of a file that has rows."""
    lowest = lowest_steps(file)
    highest = np.full(len(file.tags), np.iinfo(np.int64).min)
    for chunk in scalar_parts(file):
        np.maximum.at(highest, chunk["code"], chunk["step"])
    return {
        tag: (low, high)
        for tag, low, high in zip(file.tags, lowest.tolist(), highest.tolist(), strict=True)
        if low <= high
    }
