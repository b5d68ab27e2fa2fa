"""A run with the contents of its files, before these become frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reportgen.columns import LogFile
from reportgen.runs import Run


@dataclass(slots=True)
class LoggedRun:
    """A run, its files and the runs that are folded into it.

    Attributes:
        run: its name and place.
        files: its files with their contents, by the time at which they were begun.
        folded_runs: those of `add_scalars` or `add_hparams` that were folded into it.
        lines: the tags of the lines that `add_scalars` wrote, by its main tag.
        purged: how many rows a restart made void.
    """

    run: Run
    files: list[tuple[Path, LogFile]]
    folded_runs: list[LoggedRun] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    purged: int = 0

    @property
    def directory(self) -> Path:
        """The directory of its files."""
        return self.run.files[0].parent

    @property
    def tags(self) -> set[str]:
        """The tags of its scalars, without those of its folded runs."""
        return {tag for _, file in self.files for tag in file.tags}

    @property
    def kinds(self) -> set[str]:
        """The kinds of its rows that are not scalars, without those of its folded runs."""
        return {kind for _, file in self.files for kind, rows in file.columns.items() if rows}

    def all_files(self) -> list[tuple[Path, LogFile]]:
        """Return its files, followed by those of its folded runs."""
        return self.files + [file for folded in self.folded_runs for file in folded.all_files()]
