"""The baseline of a report: in its logs, in other logs, or in a stored summary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from reportgen.analysis.annotated import annotated
from reportgen.analysis.groups.seed_groups import find_seed_groups
from reportgen.analysis.verdicts.baseline import Baseline, find_baseline
from reportgen.analysis.verdicts.baseline_places import load_baseline
from reportgen.analysis.verdicts.run_values import RunValues, logged_runs
from reportgen.frames.read import read
from reportgen.settings import Settings


def comparison_baseline(settings: Settings, runs: Sequence[RunValues]) -> Baseline:
    """Return the runs that the settings name as the baseline.

    Args:
        settings: of the user.
        runs: of the report's logs.

    Raises:
        UsageError: a pattern names nothing.
        InputError: a place outside the logs cannot be read.
    """
    load = partial(
        load_baseline, read_logs=partial(_read_logs, settings), last=settings.baseline_last
    )
    return find_baseline(settings.baseline, runs, load)


def only_name(baseline: Baseline) -> str:
    """Return the baseline's name where it is one run of the logs, which the table can show."""
    names = baseline.names
    return next(iter(names)) if len(names) == len(baseline.runs) == 1 else ""


def _read_logs(settings: Settings, path: str) -> Sequence[RunValues]:
    experiment = read(path, restarts=settings.restarts, fold=settings.fold)
    groups = find_seed_groups(experiment.runs, experiment.hparams, enabled=settings.grouped)
    scalars = annotated(experiment.plain_scalars(), experiment.runs, settings.directions)
    return logged_runs(scalars, experiment.runs, groups.by_run, source=path)
