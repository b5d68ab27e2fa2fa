"""Job: what a format gets, and what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.report.drawing import Drawing
from reportgen.report.model import Report
from reportgen.settings import Settings, parse_settings

Content = bytes | Mapping[str, bytes]  # a file, or a folder of files by name
Files = Mapping[Path, Content]


@dataclass(frozen=True, slots=True)
class Target:
    """One output.

    Attributes:
        format: a name in `reportgen.outputs.formats.FORMATS`.
        path: the file to write.
        is_stdout: whether it is written to standard output, which `path` only stands for.
    """

    format: str
    path: Path
    is_stdout: bool = False

    @property
    def folder(self) -> str:
        """Name of the folder beside the file for what the file refers to."""
        return f"{self.path.stem}_files"


@dataclass(frozen=True, slots=True)
class Job:
    """One output to be rendered.

    Attributes:
        target: where it goes.
        report: what `build` made.
        drawings: by id, of the figures that the format asked for.
        settings: of the user.
        others: files that the same call has rendered before, which a mail may carry.
    """

    target: Target
    report: Report
    drawings: Mapping[str, Drawing]
    settings: Settings = field(default_factory=parse_settings)
    others: Files = field(default_factory=dict)
