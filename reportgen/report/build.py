"""Building: an experiment and settings become a report."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from reportgen import __version__, assets, wording
from reportgen.analysis.annotated import annotated
from reportgen.analysis.experiments import experiments
from reportgen.analysis.groups.seed_groups import find_seed_groups
from reportgen.analysis.last_and_best import endings
from reportgen.analysis.logged_metrics import headline
from reportgen.analysis.run_times import with_run_times
from reportgen.analysis.secrets import without_secrets
from reportgen.analysis.sessions import counted_rows, sentence
from reportgen.analysis.summary import Summary, summarise
from reportgen.analysis.verdicts.baseline import Baseline
from reportgen.analysis.verdicts.outcomes import outcomes
from reportgen.analysis.verdicts.run_values import logged_runs
from reportgen.figures.canvas.style import RunStyle, run_styles
from reportgen.figures.curves.crowd_chart import MIN_RUNS
from reportgen.frames.experiment import Experiment
from reportgen.page_template import parse_template
from reportgen.report.baseline_runs import comparison_baseline, only_name
from reportgen.report.facts import facts
from reportgen.report.findings_by_settings import failed_checks, findings_by_settings
from reportgen.report.ids import identified
from reportgen.report.layout.calls import Material, calls
from reportgen.report.layout.template import laid_out
from reportgen.report.model import LegendEntry, Report, Table
from reportgen.report.summary_table import table
from reportgen.report.unmatched import refuse_unmatched
from reportgen.report.verdict import verdict
from reportgen.settings import Settings


def build(experiment: Experiment, settings: Settings, executor: Executor | None = None) -> Report:
    """Return the report of an experiment.

    Args:
        experiment: what was read.
        settings: of the user.
        executor: what prepares the curves; None for this process.

    Raises:
        UsageError: a setting names a run or tag that the logs do not hold.
    """
    experiment = without_secrets(experiment, settings.show_param)
    groups = list(dict.fromkeys(map(str, experiment.runs["group"])))
    scalars = annotated(experiment.plain_scalars(), experiment.runs, settings.directions)
    refuse_unmatched(settings, scalars)
    title = ", ".join(Path(path).resolve().name for path in experiment.paths)
    seed_groups = find_seed_groups(
        experiment.runs,
        experiment.hparams,
        settings.group,
        enabled=settings.grouped,
        root=title,
    )
    counted = counted_rows(scalars)
    values = logged_runs(counted, experiment.runs, seed_groups.by_run)
    baseline = comparison_baseline(settings, values)
    base = only_name(baseline)
    ranking = with_run_times(_ranking(experiment, counted, settings, groups, base), scalars)
    findings, ignored = findings_by_settings(experiment, settings)
    # Of many runs the best have the most distinct colours.
    styles = run_styles(ranking.groups if len(groups) >= MIN_RUNS else groups)
    by_run = {
        str(run): styles[str(group)]
        for run, group in zip(experiment.runs["run"], experiment.runs["group"], strict=True)
    }
    checked = outcomes(settings.checks, values, baseline, findings, settings.false_alarms)
    material = Material(
        experiment,
        scalars,
        ranking,
        styles,
        by_run,
        settings,
        seed_groups,
        values,
        baseline,
        executor,
    )
    template = settings.template or parse_template(assets.text("layout.md"), "layout.md")
    return Report(
        title=settings.title or template.title or title,
        facts=facts(experiment),
        legend=_legend(experiment.runs, styles),
        summary=None if settings.template else _summary(ranking, styles, sentence(scalars)),
        sections=identified(laid_out(template, calls(material))),
        provenance=tuple(_provenance(experiment, settings.command, baseline)),
        ranking=ranking,
        experiment=experiment,
        verdict=verdict(ranking, checked, allow_unknown=settings.allow_unknown),
        endings=endings(scalars),
        findings=(*failed_checks(checked, settings), *findings),
        ignored=ignored,
        run_values=values,
        seed_groups=seed_groups,
        compared=baseline.sentence,
    )


def _summary(ranking: Summary, styles: Mapping[str, RunStyle], on_sessions: str) -> Table | None:
    """Return the table of runs; its note says first which runs have several sessions."""
    runs = table(ranking, styles)
    return replace(runs, note=f"{on_sessions} {runs.note}".strip()) if runs else None


def _ranking(
    experiment: Experiment,
    scalars: pd.DataFrame,
    settings: Settings,
    groups: Sequence[str],
    base: str,
) -> Summary:
    """Return the ranked runs; those that share no metric apart, unless the user names metrics."""
    parts = [list(groups)] if settings.metrics else experiments(scalars, groups)
    summaries = []
    for part in parts:
        runs = experiment.runs[experiment.runs["group"].isin(part)]
        rows = scalars[scalars["group"].isin(part)] if len(parts) > 1 else scalars
        chosen = headline(rows, experiment.metrics, experiment.layouts, settings.metrics)
        summaries.append(summarise(rows, runs, base if base in part else "", chosen))
    return replace(summaries[0], others=tuple(summaries[1:]))


def _legend(runs: pd.DataFrame, styles: Mapping[str, RunStyle]) -> tuple[LegendEntry, ...]:
    members = runs.groupby("group", sort=False, observed=True)["run"].agg(list)
    return tuple(
        LegendEntry(name, style.color, style.dash, tuple(map(str, members[name])))
        for name, style in styles.items()
    )


def _provenance(
    experiment: Experiment, command: str, baseline: Baseline
) -> Iterator[tuple[str, str]]:
    """Yield label and value of each fact about inputs, command and versions."""
    runs = experiment.runs
    amounts = ", ".join(
        [
            wording.count(int(runs["files"].sum()), "file"),
            wording.count(int(runs["events"].sum()), "record"),
            wording.size(int(runs["bytes"].sum())),
        ]
    )
    yield "Inputs", f"{', '.join(experiment.paths)}: {amounts}"
    if baseline:
        yield "Compared with", baseline.sentence
    if command:
        yield "Command", command
    packages = ", ".join(f"{name} {version(name)}" for name in ("matplotlib", "numpy", "pandas"))
    yield "Made with", f"reportgen {__version__}, Python {platform.python_version()}, {packages}"
