"""Records of one size side by side, so that a field is a column of all of them.

Rows are kept as opaque items of one width, 1-D: numpy then moves a row at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.void]


def width(size: int) -> int:
    """Bytes of a row: a payload, its checksum, and room to read 8 bytes anywhere in it."""
    return (size + 4 + 7) // 8 * 8 + 8


def gather(data: NDArray[np.uint8], starts: NDArray[np.int64], size: int) -> Rows:
    """Rows of payloads of one size; raises IndexError where one's width exceeds the file."""
    wide = width(size)
    every = np.ndarray(max(len(data) - wide + 1, 0), f"V{wide}", data.data, 0, (1,))
    return every[starts]


def column(rows: Rows, offset: int, dtype: np.dtype[Any]) -> NDArray[Any]:
    """What stands at an offset in each row, (n,), n > 0: a view, not aligned."""
    return np.ndarray(len(rows), dtype, rows.data, offset, rows.strides)
