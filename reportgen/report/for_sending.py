"""The report for outputs that are sent to others: without hosts, users, paths and the command."""

from __future__ import annotations

from dataclasses import replace

from reportgen.analysis.privacy import has_private, redacted, without_private
from reportgen.report.model import Report

COMMAND = "Command"  # the label of the command line among the facts on how a report was made


def for_sending(report: Report) -> Report:
    """Return a report without what is private; its figures are the same objects if they can be."""
    if report.as_private and has_private(report.experiment):
        return report.as_private()
    return replace(
        report,
        provenance=tuple(
            (label, redacted(value)) for label, value in report.provenance if label != COMMAND
        ),
        experiment=without_private(report.experiment),
    )
