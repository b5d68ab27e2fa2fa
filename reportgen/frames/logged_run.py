"""A run with what its files hold, on its way to the frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.events.event_file import EventFile
from reportgen.events.record import Columns
from reportgen.runs import Run

Part = dict[str, NDArray[Any]]
# Of rows given as columns, with the place of the first among the file's, which to keep: (n,) bool.
Keep = Callable[[Part, int], NDArray[np.bool_]]


@dataclass(slots=True)
class Logged:
    """A run, its files and the runs that are folded into it.

    Attributes:
        run: the run.
        files: its own, in name order: sessions that follow each other.
        parts: runs that belong to it, written beside it by `add_scalars` or `add_hparams`.
        lines: tags of the lines that `add_scalars` wrote, by its main tag.
        purged: how many rows of it a restart made void.
    """

    run: Run
    files: list[tuple[Path, EventFile]]
    parts: list[Logged] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    purged: int = 0

    @property
    def directory(self) -> Path:
        """Where its files are."""
        return self.run.files[0].parent

    @property
    def tags(self) -> set[str]:
        """The tags of its own scalars."""
        return {tag for _, file in self.files for tag in file.tags}

    @property
    def kinds(self) -> set[str]:
        """The kinds other than scalars that its own files hold."""
        return {kind for _, file in self.files for kind, held in file.columns.items() if held}

    def every_file(self) -> list[tuple[Path, EventFile]]:
        """Its own files, then those of its parts."""
        return self.files + [file for part in self.parts for file in part.every_file()]


def filter_scalars(file: EventFile, keep: Keep) -> int:
    """Drops scalars of a file; returns how many."""
    dropped = before = 0
    for index, part in enumerate(scalar_parts(file)):
        kept = keep(part, before)
        before += len(kept)
        dropped += len(kept) - int(kept.sum())
        if not kept.all():
            for name, column in part.items():
                file.scalars[name][index] = column[kept]
    return dropped


def scalar_parts(file: EventFile) -> Iterator[Part]:
    """The scalars of a file part by part."""
    for index in range(len(file.scalars["step"])):
        yield {name: parts[index] for name, parts in file.scalars.items()}


def filter_rows(held: Columns, kept: NDArray[np.bool_]) -> int:
    """Drops rows of another kind; returns how many."""
    for name, cells in held.items():
        held[name] = list(compress(cells, kept))
    return len(kept) - int(kept.sum())
