"""Findings of several seeds of a group, told once: what all seeds show is not chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.groups.seed_groups import SeedGroups


def joined_by_group(findings: Sequence[Finding], groups: SeedGroups) -> tuple[Finding, ...]:
    """Return findings, those of several seeds of one group joined to that of the first.

    Joined are findings of the same rule, severity and tag. The first keeps its run, its numbers and
    its place; its sentence says how many other seeds show the same.

    Args:
        findings: the gravest first.
        groups: of runs that differ only in their seed.
    """
    by_run = groups.by_run
    others: dict[tuple[str, ...], set[str]] = {}
    first: dict[tuple[str, ...], Finding] = {}
    for finding in findings:
        key = _key(finding, by_run.get(finding.group, ""))
        if first.setdefault(key, finding).group != finding.group:
            others.setdefault(key, set()).add(finding.group)
    joined = []
    for finding in findings:
        key = _key(finding, by_run.get(finding.group, ""))
        if finding is first[key] and key in others:
            joined.append(_with_others(finding, len(others[key]), groups))
        elif finding.group not in others.get(key, ()):
            joined.append(finding)
    return tuple(joined)


def _key(finding: Finding, group: str) -> tuple[str, ...]:
    """Return what findings share that are joined; a run in no group shares nothing with another."""
    return (group, finding.rule, finding.severity, finding.tag, "" if group else finding.run)


def _with_others(finding: Finding, count: int, groups: SeedGroups) -> Finding:
    name = groups.by_run[finding.group]
    are_all = count + 1 == len(groups.members(name))
    if count == 1:
        subject = "The other seed" if are_all else "Another seed"
    else:
        subject = f"The other {count:,} seeds" if are_all else f"{count:,} other seeds"
    verb = "shows" if count == 1 else "show"
    addition = f"{subject} of {wording.clipped(name)} {verb} the same."
    return replace(finding, sentence=f"{finding.sentence} {addition}")
