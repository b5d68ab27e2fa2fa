"""Formats: the registry of every format that a report can be written in.

To add a format, write a module with a function `render(job) -> Files` and add a line to `FORMATS`.
The command line, its help, the checks of targets and the pipeline read everything from there. A
format's module is imported when the format is first rendered, so that looking at this registry
costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from reportgen.errors import UsageError

if TYPE_CHECKING:
    from reportgen.outputs.job import Files, Job
    from reportgen.report.blocks import FigureBlock
    from reportgen.report.model import Report


def no_figures(_: Report) -> Collection[FigureBlock]:
    """Return nothing, for a format without figures."""
    return ()


def all_figures(report: Report) -> Collection[FigureBlock]:
    """Return every figure of a report."""
    return report.figures()


def key_figures(report: Report) -> Collection[FigureBlock]:
    """Return the few figures that a mail shows."""
    from reportgen.outputs import digest  # noqa: PLC0415  # pandas, which `--help` does without

    return digest.key_figures(report)


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a report.

    Attributes:
        function: "module:function" of what renders one output, `render(job: Job) -> Files`.
        suffixes: of paths for which the format need not be named.
        svg: which figures it shows as vectors.
        png: which figures it shows as pictures.
        needs: a package that it needs and that is not always installed; the extra is named alike.
        folder: whether it writes a folder of files and not one file.
        late: whether it may carry other outputs, and so is rendered after them.
        whole: whether it holds every scalar, and not only figures and tables.
        bounded: whether its size has a limit, and rows of a table stand for what exceeds it.
        sent: whether it is made to be sent to others: hosts, users and paths are left out.
    """

    function: str
    suffixes: tuple[str, ...] = ()
    svg: Callable[[Report], Collection[FigureBlock]] = no_figures
    png: Callable[[Report], Collection[FigureBlock]] = no_figures
    needs: str = ""
    folder: bool = False
    late: bool = False
    whole: bool = False
    bounded: bool = False
    sent: bool = False

    @property
    def render(self) -> Callable[[Job], Files]:
        """The function that renders an output; its module is imported here."""
        function: Callable[[Job], Files] = resolve_name(self.function)
        return function


_HOSTS = "reportgen.outputs.markdown.hosts:render"

FORMATS = {
    "html": Format(
        "reportgen.outputs.html.html:render", (".html", ".htm"), svg=all_figures, bounded=True
    ),
    "bundle": Format("reportgen.outputs.html.bundle:render", svg=all_figures, folder=True),
    "md": Format(
        "reportgen.outputs.markdown.markdown:render", (".md", ".markdown"), png=all_figures
    ),
    "json": Format("reportgen.outputs.data.summary_json:render", (".json",)),
    "csv": Format("reportgen.outputs.data.frame_files:csv", (".csv",), whole=True),
    "parquet": Format(
        "reportgen.outputs.data.frame_files:parquet", (".parquet",), needs="pyarrow", whole=True
    ),
    "openmetrics": Format("reportgen.outputs.data.openmetrics:render"),
    "junit": Format("reportgen.outputs.data.junit:render"),
    "pdf": Format(
        "reportgen.outputs.html.pdf:render",
        (".pdf",),
        svg=all_figures,
        needs="weasyprint",
        sent=True,
    ),
    "email": Format(
        "reportgen.outputs.mail.mail:render", (".eml",), png=key_figures, late=True, sent=True
    ),
    "github": Format(_HOSTS, sent=True),
    "github-comment": Format(_HOSTS, sent=True),
    "gitlab": Format(_HOSTS, sent=True),
    "azure": Format(_HOSTS, sent=True),
    "slack": Format("reportgen.outputs.chat.slack:render", sent=True),
    "teams": Format("reportgen.outputs.chat.teams:render", sent=True),
    "discord": Format("reportgen.outputs.chat.discord:render", sent=True),
}


def refuse_sketch(report: Report, names: Iterable[str]) -> None:
    """Refuse formats that hold every scalar where the report was made from only some of them.

    Args:
        report: what `build` made.
        names: of the formats that it is to be written in.

    Raises:
        UsageError: one of them holds every scalar, and the experiment is sketched.
    """
    for name in names:
        if report.experiment.sketched and FORMATS[name].whole:
            raise UsageError(
                f"{name}: holds every scalar, and these logs were read as a sketch with only some "
                "of them; read them without sketched="
            )


SUFFIXES = {suffix: name for name, format_ in FORMATS.items() for suffix in format_.suffixes}
