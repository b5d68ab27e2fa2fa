"""Failures of ours: a part that cannot be made is a notice in its place, and the rest goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from reportgen.errors import ReportgenError
from reportgen.figures.chart import Chart
from reportgen.report.blocks import Block, FigureBlock, Notice
from reportgen.report.model import Report
from reportgen.report.role import Role
from reportgen.wording import clipped

T = TypeVar("T")

_LOGGER = logging.getLogger("reportgen")


def reason(error: Exception) -> str:
    """Return the kind and message of an exception in one short line."""
    kind = type(error).__name__
    return clipped(f"{kind}: {error}" if str(error) else kind, 200)


def notice(name: str, text: str) -> Notice:
    """Return the notice that stands in the place of a part.

    Args:
        name: what could not be made.
        text: why not.
    """
    return Notice(
        f"{clipped(name)}: could not be made ({text}). This is an error of reportgen; please "
        "report it with what --verbose shows.",
        Role.HEALTH,
    )


def guarded(name: str, call: Callable[[], Sequence[T]]) -> Sequence[T | Notice]:
    """Return the result of a call, or a notice if it raises what no user can correct.

    Args:
        name: what the call makes.
        call: makes it.

    Raises:
        ReportgenError: the user can correct it.
    """
    try:
        return call()
    except ReportgenError:
        raise
    except Exception as error:  # whatever it is, the rest of the report is sound
        _LOGGER.debug("%s could not be made", name, exc_info=error)
        return [notice(name, reason(error))]


def without_figures(report: Report, reasons: Mapping[str, str]) -> Report:
    """Return a report with notices in place of figures.

    Args:
        report: what `build` made.
        reasons: by the id of a figure that could not be made; empty for the same report.
    """
    if not reasons:
        return report

    def replaced(block: Block) -> Block:
        if isinstance(block, FigureBlock) and block.id in reasons:
            return notice(block.name or block.tag or block.id, reasons[block.id])
        return block

    sections = (
        replace(section, blocks=tuple(map(replaced, section.blocks))) for section in report.sections
    )
    return replace(report, sections=tuple(sections))


def of_descriptions(report: Report) -> dict[str, str]:
    """Return why a figure cannot be described in words or numbers, by its id."""
    reasons = {}
    for block in report.figures():
        try:
            _describe(block.chart)
        except Exception as error:  # it stands for the figure alone
            _LOGGER.debug("%s could not be described", block.id, exc_info=error)
            reasons[block.id] = reason(error)
    return reasons


def _describe(chart: Chart) -> None:
    """Make everything that outputs ask of a chart beside its drawing."""
    chart.names(alone=True)
    chart.alt()
    chart.caption()
    chart.data()
    chart.page_curves()
    chart.text_table({})
