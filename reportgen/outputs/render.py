"""Rendering of one output, within a boundary: what fails in it is told and leaves the others."""

from __future__ import annotations

import logging
from dataclasses import replace

from reportgen.errors import InternalError, ReportgenError
from reportgen.outputs.formats import FORMATS
from reportgen.outputs.job import Files, Job
from reportgen.report.failures import of_descriptions, reason, without_figures

_LOGGER = logging.getLogger("reportgen")


def render(job: Job) -> Files:
    """Return the files of an output; figures that cannot be described become notices.

    Raises:
        ReportgenError: the user can correct it.
        InternalError: the output cannot be made.
    """
    function = FORMATS[job.target.format].render
    try:
        return function(job)
    except ReportgenError:
        raise
    except Exception as error:  # looked into below
        _LOGGER.debug("%s could not be rendered", job.target.name, exc_info=error)
        reasons = of_descriptions(job.report)
        if not reasons:
            raise _failed(job, error) from error
    try:
        return function(replace(job, report=without_figures(job.report, reasons)))
    except ReportgenError:
        raise
    except Exception as error:
        raise _failed(job, error) from error


def _failed(job: Job, error: Exception) -> InternalError:
    return InternalError(f"{job.target.name}: not written ({reason(error)})")
