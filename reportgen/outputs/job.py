"""Job: what a format gets, and what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.analysis.secrets import mask
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
        url: where it is written instead of a file of this machine, which `path` only stands for;
            "" for a file.
    """

    format: str
    path: Path
    is_stdout: bool = False
    url: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a file, or a folder, of this machine."""
        return not self.is_stdout and not self.url

    @property
    def name(self) -> str:
        """Its path or URL as messages show it, without a password."""
        return mask(self.url) if self.url else str(self.path)

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
