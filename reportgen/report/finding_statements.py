"""Finding statements: what happened in the runs, as numbered statements of the report."""

from __future__ import annotations

from dataclasses import replace

from reportgen.analysis.findings.finding import Finding
from reportgen.figures.mark import MarkKind
from reportgen.report.evidence import figure_of, listed
from reportgen.report.model import Report
from reportgen.report.statements import Statement, event_statement

# How the ring of a rule's finding stands in its chart.
_MARKS: dict[str, MarkKind] = {
    "loss-spike": "spike",
    "divergence": "divergence",
    "non-finite": "nan",
    "overfitting": "gap",
    "still-improving": "trend",
}


def finding_statements(report: Report) -> list[Statement]:
    """Return a statement for each finding that is listed, the gravest first."""
    return [_statement(report, finding) for finding in listed(report)]


def _statement(report: Report, finding: Finding) -> Statement:
    figure = figure_of(report, finding)
    tags = (finding.tag, *finding.tags) if finding.tag else finding.tags
    said = event_statement(
        finding.sentence,
        run=finding.run and finding.group,
        tags=tags,
        first_step=finding.step,
        last_step=finding.end_step,
        advice=finding.advice,
    )
    return replace(
        said,
        target=figure.id if figure else "",
        mark=_MARKS.get(finding.rule, "note"),
    )
