"""PDF: the report on paper, with contents, page numbers and vector figures."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from typing import Any

from reportgen.errors import DependencyError
from reportgen.outputs.digest import findings, verdict
from reportgen.outputs.html.templating import environment
from reportgen.outputs.job import Files, Job
from reportgen.outputs.picture_series import by_run, grouped, shared_caption
from reportgen.report.blocks import Block, FigureBlock, Media
from reportgen.report.text_budget import within_budget

_MAX_COST = 1_000_000  # of texts; they take ten times as long on paper as in a page


def render(job: Job) -> Files:
    """Return the document, the same bytes for the same report.

    Raises:
        DependencyError: WeasyPrint is installed and the libraries that it draws with are not.
    """
    try:
        from weasyprint import HTML, URLFetcher  # noqa: PLC0415  # an extra, and half a second
    except OSError as error:
        raise DependencyError(
            f"{job.target.name}: pdf needs a system library (Debian's libpango-1.0-0 and "
            f"libpangoft2-1.0-0): {error}"
        ) from error

    page = _page(job).encode("utf-8", "replace").decode()
    data_only = URLFetcher(allowed_protocols=("data",))
    with _quiet():
        data: bytes = HTML(string=page, url_fetcher=data_only).write_pdf(
            pdf_identifier=hashlib.sha256(page.encode()).hexdigest()[:32].encode()
        )
    return {job.target.path: data}


def _page(job: Job) -> str:
    page = environment().overlay()
    filters: dict[str, Callable[..., Any]] = {
        "runs_of_figures": _runs_of_figures,
        "by_run": by_run,
        "shared_caption": shared_caption,
    }
    page.filters = {**page.filters, **filters}
    return page.get_template("pdf.html.j2").render(
        report=replace(job.report, sections=within_budget(job.report.sections, _MAX_COST)),
        drawings=job.drawings,
        verdict=verdict(job.report),
        findings=findings(job.report),
    )


def _runs_of_figures(blocks: tuple[Block, ...]) -> Iterator[tuple[str, bool, list[Block]]]:
    """Yield series of pictures with their names, and the blocks between them.

    Consecutive figures share a grid, which other blocks are too long for.
    """
    for name, members in grouped(blocks):
        if name:
            yield name, False, members
            continue
        for is_figure, run in groupby(
            members, lambda block: isinstance(block, FigureBlock | Media)
        ):
            yield "", is_figure, list(run)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence WeasyPrint's warnings about matplotlib's SVG and about texts from a log."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
