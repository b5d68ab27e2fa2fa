"""Records of one size side by side, so that a field is a column of all of them.

Rows are opaque items of one width in a 1-D array: numpy then moves a row at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen.arrays import AnyArray, ByteArray, IntArray, StructArray


def width(size: int) -> int:
    """Return the bytes of a row: payload, checksum, and room to read 8 bytes anywhere in it."""
    return (size + 4 + 7) // 8 * 8 + 8


def gather(data: ByteArray, starts: IntArray, size: int) -> StructArray:
    """Copy payloads of one size into rows.

    Raises:
        IndexError: a row would exceed the file.
    """
    row_width = width(size)
    row_at = np.ndarray(max(len(data) - row_width + 1, 0), f"V{row_width}", data.data, 0, (1,))
    return row_at[starts]


def column(rows: StructArray, offset: int, dtype: np.dtype[Any]) -> AnyArray:
    """Return the field at an offset of each row, (n,), n > 0: a view that is not aligned."""
    return np.ndarray(len(rows), dtype, rows.data, offset, rows.strides)
