"""Findings of an experiment: all rules applied, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from reportgen.analysis.contest import Contest, contests_of
from reportgen.analysis.findings.finding import SEVERITIES, Finding
from reportgen.analysis.findings.observations import Observations
from reportgen.analysis.findings.observe import observe
from reportgen.analysis.findings.rules import RULES
from reportgen.analysis.findings.thresholds import limits_of
from reportgen.frames.experiment import Experiment

# What a finding of the run makes needless: the same seen twice, or a consequence.
_COVERED_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "divergence": frozenset({"loss-spike", "overfitting", "still-improving"}),
        "not-learning": frozenset({"still-improving", "overfitting", "loss-spike"}),
        "overfitting": frozenset({"still-improving"}),
        "rank-mismatch": frozenset({"within-noise"}),
    }
)
_EMPTY: Mapping[str, float] = MappingProxyType({})
_AS_THEY_COME: Mapping[str, bool] = MappingProxyType({})


def find(
    experiment: Experiment,
    thresholds: Mapping[str, float] = _EMPTY,
    enabled: Mapping[str, bool] = _AS_THEY_COME,
    *,
    directions: Mapping[str, str] | None = None,
    contests: tuple[Contest, ...] | None = None,
) -> tuple[Finding, ...]:
    """Return what happened in the runs, errors first, then by importance.

    Args:
        experiment: what was read; its scalars may be sketches.
        thresholds: by "RULE.NAME", see `reportgen.analysis.findings.rules.parse_rules`.
        enabled: whether rules are applied, by name; the others are as they come.
        directions: which direction is better by tag or metric, where the user says it.
        contests: what the tables rank; None for what they do where the user does not say.
    """
    if contests is None:
        contests = contests_of(experiment, directions)
    return find_in(observe(experiment, directions, contests), thresholds, enabled)


def find_in(
    observations: Observations,
    thresholds: Mapping[str, float] = _EMPTY,
    enabled: Mapping[str, bool] = _AS_THEY_COME,
) -> tuple[Finding, ...]:
    """Return what happened in the runs that are observed; see `find`."""
    findings = [
        finding
        for name, rule in RULES.items()
        if enabled.get(name, rule.is_on)
        for finding in rule.search(observations, limits_of(name, rule.thresholds, thresholds))
    ]
    order = list(RULES)
    findings = list(_of_one_rank(_uncovered(findings), observations))
    return tuple(
        sorted(
            findings,
            key=lambda finding: (SEVERITIES.index(finding.severity), order.index(finding.rule)),
        )
    )


def _uncovered(findings: list[Finding]) -> list[Finding]:
    """Return the findings that no graver one of their run makes needless."""
    rules_by_group: dict[str, set[str]] = {}
    for finding in findings:
        rules = rules_by_group.setdefault(finding.group, set())
        rules.add(finding.rule)
    lasting = {
        finding.group
        for finding in findings
        if finding.rule == "non-finite" and finding.severity == "error"
    }

    def is_covered(finding: Finding) -> bool:
        rules = rules_by_group[finding.group]
        if finding.group in lasting and finding.rule in {"loss-spike", "still-improving"}:
            return True
        return any(finding.rule in _COVERED_BY.get(rule, ()) for rule in rules)

    return [finding for finding in findings if not is_covered(finding)]


def _of_one_rank(findings: list[Finding], observations: Observations) -> Iterator[Finding]:
    """Yield findings; of those that several ranks of a run share, that of the first."""
    sets = {run: ranks.name for ranks in observations.rank_sets for run in ranks.ranks}
    seen: set[tuple[str, str, str]] = set()
    for finding in findings:
        if finding.run in sets and finding.figure != "ranks":
            key = (sets[finding.run], finding.rule, finding.tag)
            if key in seen:
                continue
            seen.add(key)
        yield finding
