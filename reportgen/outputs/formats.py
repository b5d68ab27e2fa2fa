"""Formats: every format by name, with one signature."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from reportgen.outputs import digest
from reportgen.outputs.data import frame_files, junit, openmetrics, summary_json
from reportgen.outputs.html import bundle, html, pdf
from reportgen.outputs.job import Files, Job
from reportgen.outputs.mail import mail
from reportgen.outputs.markdown import hosts, markdown
from reportgen.report.model import FigureBlock, Report

Pick = Callable[[Report], Collection[FigureBlock]]


def _none(_: Report) -> Collection[FigureBlock]:
    return ()


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a report.

    Attributes:
        render: the files of one output, by path.
        suffixes: of paths for which the format need not be named.
        svg: which figures it shows as vectors.
        png: which figures it shows as pictures.
        needs: a package that it needs and that is not always installed; the extra is named alike.
        folder: whether it writes a folder of files and not one file.
        late: whether it may carry other outputs, and so is rendered after them.
        whole: whether it holds every scalar, and not only figures and tables.
    """

    render: Callable[[Job], Files]
    suffixes: tuple[str, ...] = ()
    svg: Pick = _none
    png: Pick = _none
    needs: str = ""
    folder: bool = False
    late: bool = False
    whole: bool = False


FORMATS = {
    "html": Format(html.render, (".html", ".htm"), svg=Report.figures),
    "bundle": Format(bundle.render, svg=Report.figures, folder=True),
    "md": Format(markdown.render, (".md", ".markdown"), png=Report.figures),
    "json": Format(summary_json.render, (".json",)),
    "csv": Format(frame_files.csv, (".csv",), whole=True),
    "parquet": Format(frame_files.parquet, (".parquet",), needs="pyarrow", whole=True),
    "openmetrics": Format(openmetrics.render),
    "junit": Format(junit.render),
    "pdf": Format(pdf.render, (".pdf",), svg=Report.figures, needs="weasyprint"),
    "email": Format(mail.render, (".eml",), png=digest.key_figures, late=True),
    **{name: Format(hosts.render) for name in hosts.HOSTS},
}
SUFFIXES = {suffix: name for name, one in FORMATS.items() for suffix in one.suffixes}
