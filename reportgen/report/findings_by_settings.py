"""The findings in an experiment, as the user's settings ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.analysis.annotated import annotated
from reportgen.analysis.findings.find import find
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.ignoring import without_ignored
from reportgen.analysis.findings.observations import FailedCheck
from reportgen.analysis.sessions import counted_rows
from reportgen.analysis.verdicts.baseline import baseline
from reportgen.analysis.verdicts.outcomes import Outcome, outcomes
from reportgen.frames.experiment import Experiment
from reportgen.report.unmatched import refuse_unmatched
from reportgen.settings import Settings


def checked_findings(
    experiment: Experiment, settings: Settings
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings in an experiment, and those that the user ignores.

    Raises:
        UsageError: a setting names a run or tag that the logs do not hold.
    """
    groups = list(dict.fromkeys(map(str, experiment.runs["group"])))
    scalars = annotated(experiment.plain_scalars(), experiment.runs, settings.directions)
    refuse_unmatched(settings, scalars, groups)
    base = baseline(settings.baseline, groups)
    return findings_by_settings(
        experiment, settings, outcomes(settings.checks, counted_rows(scalars), groups, base)
    )


def findings_by_settings(
    experiment: Experiment, settings: Settings, checked: Iterable[Outcome]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings in an experiment, and those that the user ignores.

    Args:
        experiment: what was read.
        settings: of the user.
        checked: the outcomes of the user's checks.
    """
    found = find(
        experiment,
        settings.rules.thresholds,
        settings.rules.enabled,
        directions=settings.directions,
        failed_checks=_failed(checked),
    )
    return without_ignored(found, settings.ignores)


def _failed(checked: Iterable[Outcome]) -> Iterator[FailedCheck]:
    """Yield the checks that a run did not pass."""
    for outcome in checked:
        if not outcome.passed:
            check = outcome.check
            yield FailedCheck(
                *(check.text, outcome.run, check.tag, outcome.step, outcome.value, outcome.limit)
            )
