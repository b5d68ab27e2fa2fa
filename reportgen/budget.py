"""Limit the memory of what is read by the size of the files, not by what they claim to hold.

A shape of a few bytes can ask for any number of copies of a value, and every node of a function
repeats the function's name. What exceeds the bytes that are in a file is charged here. Each file
may take a floor, whatever its size; of many files the floors are smaller, so that all files of a
call together take little as well. They depend on the number of files alone, so the same logs are
read alike in one process and in several.
"""

from __future__ import annotations

_FACTOR = 8  # bytes of memory for each byte of the file
FLOOR = 1 << 26  # bytes; enough for what real writers compress in small files
_FLOOR_OF_ALL = 1 << 28  # bytes; of all files of a call


class BudgetError(ValueError):
    """A value would take more memory than the size of its file allows."""


class Budget:
    """The memory that the values of one file may take in addition to their bytes in the file.

    Args:
        file_size: in bytes.
        floor: what any file may take, in bytes; see `floor_of_each`.
    """

    def __init__(self, file_size: int, floor: int = FLOOR) -> None:
        self._floor = floor
        self._limit = max(floor, _FACTOR * file_size)
        self._taken = 0

    def grow(self, file_size: int) -> None:
        """Allow what a file of another size may take; what was taken stays taken."""
        self._limit = max(self._floor, _FACTOR * file_size)

    def charge(self, size: int) -> None:
        """Take bytes of memory from the budget.

        Raises:
            BudgetError: fewer are left; the budget stays as it is.
        """
        left = self._limit - self._taken
        if size > left:
            raise BudgetError(f"{size:,} bytes of memory, but {left:,} are left")
        self._taken += size


def floor_of_each(files: int) -> int:
    """Return what each of the files that are read together may take at least, in bytes."""
    return min(FLOOR, _FLOOR_OF_ALL // max(1, files))
