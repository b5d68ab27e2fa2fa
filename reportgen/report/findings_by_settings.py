"""The findings in an experiment, as the user's settings ask for them."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.analysis.contest import Contest, contests_of
from reportgen.analysis.findings.find import find, find_in
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.ignoring import without_ignored
from reportgen.analysis.findings.observations import FailedCheck, Observations
from reportgen.analysis.verdicts.outcome import Outcome
from reportgen.frames.experiment import Experiment
from reportgen.settings import Settings


def findings_by_settings(
    experiment: Experiment, settings: Settings, contests: tuple[Contest, ...] | None = None
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings in an experiment but failed checks, and those that the user ignores.

    Args:
        experiment: what was read.
        settings: of the user.
        contests: what the tables rank; None where no table was made yet.

    Raises:
        UsageError: a setting names a metric or run that was not logged.
    """
    if contests is None:
        contests = contests_of(
            experiment,
            settings.directions,
            settings.metrics,
            settings.group,
            grouped=settings.grouped,
        )
    findings = find(
        experiment,
        settings.rules.thresholds,
        settings.rules.enabled,
        directions=settings.directions,
        contests=contests,
    )
    return without_ignored(findings, settings.ignores)


def failed_checks(checked: Iterable[Outcome], settings: Settings) -> tuple[Finding, ...]:
    """Return a finding for each check and run that failed or could not be decided."""
    failed = tuple(
        FailedCheck(
            *(outcome.check.text, outcome.run, _tag(outcome)),
            *(outcome.step, outcome.value, outcome.limit),
        )
        for outcome in checked
        if outcome.outcome in {"failed", "unknown"}
    )
    findings = find_in(Observations((), failed_checks=failed), enabled=settings.rules.enabled)
    return without_ignored(findings, settings.ignores)[0]


def _tag(outcome: Outcome) -> str:
    """Return the tag that a check is of; "" where it is of none."""
    return str(getattr(outcome.check, "tag", ""))
