"""Evidence: the figure of a report that shows a finding, and what of the findings is listed."""

from __future__ import annotations

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.metric_catalogue import describe
from reportgen.report.blocks import FigureBlock
from reportgen.report.findings_by_group import joined_by_group
from reportgen.report.model import Report
from reportgen.report.role import Role

MAX_LISTED = 5  # findings above the table; the others are behind "n more"
_ROLES = {"curve": Role.METRIC, "confusion": Role.CONFUSION}
_LISTED_AS_CHECKS = "check-failed"  # the verdict lists these
# Where runs are seeds, their groups are compared, not two runs; else what leads tells its ties.
_SAID_OF_LEADERS = "within-noise"


def listed(report: Report) -> tuple[Finding, ...]:
    """Return the findings that are listed above the table, the gravest first, seeds joined."""
    said_elsewhere = {_LISTED_AS_CHECKS}
    if report.seed_groups or report.ranking.tied:
        said_elsewhere.add(_SAID_OF_LEADERS)
    findings = [finding for finding in report.findings if finding.rule not in said_elsewhere]
    return joined_by_group(findings, report.seed_groups)


def figure_of(report: Report, finding: Finding) -> FigureBlock | None:
    """Return the figure that shows a finding; None where the report has none."""
    if not finding.tag:
        return None
    names = {finding.tag, describe(finding.tag).name}
    role = _ROLES.get(finding.figure)
    blocks = [
        block
        for block in report.figures()
        if (block.tag in names or finding.tag in block.tags)
        and (role is None or block.role is role)
        and (not block.runs or {finding.run, finding.group} & set(block.runs))
    ]
    return next(iter(blocks), None)


def ignored_sentence(report: Report) -> str:
    """Return how many findings are ignored, and of which rules; "" where none is."""
    if not report.ignored:
        return ""
    rules = list(dict.fromkeys(finding.rule for finding in report.ignored))
    count = wording.count(len(report.ignored), "finding")
    return f"{count} ignored by --ignore ({wording.listing(rules)})."
