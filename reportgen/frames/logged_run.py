"""A run with what its files hold, on its way to the frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reportgen.columns import LogFile
from reportgen.runs import Run


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
    files: list[tuple[Path, LogFile]]
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

    def every_file(self) -> list[tuple[Path, LogFile]]:
        """Its own files, then those of its parts."""
        return self.files + [file for part in self.parts for file in part.every_file()]
