"""Finding statements: what happened in the runs, as numbered statements of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen import wording
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


MIN_ALIKE = 3  # notes of one rule and tag that are one statement, so that others find room
_MAX_NAMES = 3


def finding_statements(report: Report) -> list[Statement]:
    """Return the findings that are listed as statements, the gravest first.

    Notes of one rule on one tag of several runs are one statement, where the first stands.
    """
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in listed(report):
        alike.setdefault(_likeness(finding), []).append(finding)
    return [
        statement
        for findings in alike.values()
        for statement in (
            [_statement(report, findings[0], findings[1:])]
            if len(findings) >= MIN_ALIKE
            else [_statement(report, finding) for finding in findings]
        )
    ]


def _likeness(finding: Finding) -> tuple[str, str]:
    """Return what alike notes have in common; of graver findings, what no other has."""
    if finding.severity == "note" and finding.run:
        return finding.rule, finding.tag
    return finding.sentence, f"{finding.run}/{finding.tag}"


def _statement(report: Report, finding: Finding, alike: Sequence[Finding] = ()) -> Statement:
    figure = figure_of(report, finding)
    tags = (finding.tag, *finding.tags) if finding.tag else finding.tags
    names = list(dict.fromkeys(other.group or other.run for other in alike))
    said = event_statement(
        " ".join(filter(None, (finding.sentence, _also(names)))),
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
        rule=finding.rule,
        cells=finding.cells,
    )


def _also(names: Sequence[str]) -> str:
    """Return in which other runs the same was found; "" for none."""
    if not names:
        return ""
    shown = [wording.clipped(name, 40) for name in names[:_MAX_NAMES]]
    hidden = len(names) - len(shown)
    return f"Likewise {wording.listing([*shown, f'{hidden} more'] if hidden else shown)}."
