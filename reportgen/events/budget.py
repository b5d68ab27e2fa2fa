"""Limit the memory of a file's values by the size of the file, not by what it claims to hold.

A shape of a few bytes can ask for any number of copies of a value, and every node of a function
repeats the function's name. What exceeds the bytes that are in the file is charged here.
"""

from __future__ import annotations

_FACTOR = 8  # bytes of memory for each byte of the file
_FLOOR = 1 << 26  # bytes; enough for what real writers compress in small files


class BudgetError(ValueError):
    """A value would take more memory than the size of its file allows."""


class Budget:
    """The memory that the values of one file may take in addition to their bytes in the file.

    Args:
        file_size: in bytes.
    """

    def __init__(self, file_size: int) -> None:
        self._left = max(_FLOOR, _FACTOR * file_size)

    def charge(self, size: int) -> None:
        """Take bytes of memory from the budget.

        Raises:
            BudgetError: fewer are left; the budget stays as it is.
        """
        if size > self._left:
            raise BudgetError(f"{size:,} bytes of memory, but {self._left:,} are left")
        self._left -= size
