"""Which findings count in a check that asks for none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from reportgen.analysis.verdicts.checks import FindingCheck

_SEVERITIES = ("note", "warning", "error")


class FindingLike(Protocol):
    """What a check needs to know of a finding."""

    @property
    def rule(self) -> str:
        """The name of the rule."""

    @property
    def severity(self) -> str:
        """One of "error", "warning", "note"."""

    @property
    def run(self) -> str:
        """The run's directory; "" where it is about all runs."""

    @property
    def group(self) -> str:
        """The run that the directory belongs to; "" where it is about all runs."""


def counted_findings(
    check: FindingCheck, findings: Sequence[FindingLike], names: Collection[str] | None
) -> dict[str, list[str]]:
    """Return the findings that make a check fail: sentences by run.

    A check for errors counts errors, one for warnings counts warnings and errors, and one for
    findings counts notes too; that another check failed is not counted by any of them.

    Args:
        check: for findings or one rule.
        findings: what the rules found.
        names: of the runs and groups that the check is about; None for all, and for findings that
            are about no run.
    """
    counts: dict[str, list[str]] = {}
    for finding in findings:
        about = {finding.run, finding.group} - {""}
        if _counts(check, finding) and (names is None or not about.isdisjoint(names)):
            sentence = str(getattr(finding, "sentence", "") or finding.rule)
            counts.setdefault(finding.group or finding.run, []).append(sentence)
    return counts


def _counts(check: FindingCheck, finding: FindingLike) -> bool:
    if check.rule:
        return finding.rule == check.rule
    least = _SEVERITIES.index(check.severity or "note")
    return finding.rule != "check-failed" and _SEVERITIES.index(finding.severity) >= least
