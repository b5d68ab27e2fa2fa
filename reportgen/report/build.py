"""Building: an experiment and settings become a report."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from reportgen import __version__, assets, wording
from reportgen.analysis.annotated import annotated
from reportgen.analysis.contest import contests
from reportgen.analysis.groups.seed_groups import find_seed_groups
from reportgen.analysis.last_and_best import endings
from reportgen.analysis.privacy import without_private
from reportgen.analysis.ranking import ranking as ranked
from reportgen.analysis.run_ends import run_ends
from reportgen.analysis.run_parameters import run_parameters
from reportgen.analysis.run_times import with_run_times
from reportgen.analysis.secrets import mask, without_secrets
from reportgen.analysis.sessions import counted_rows, sentence
from reportgen.analysis.verdicts.baseline import Baseline
from reportgen.analysis.verdicts.outcomes import outcomes
from reportgen.analysis.verdicts.run_values import logged_runs
from reportgen.figures.canvas.style import INK, RunStyle
from reportgen.figures.curves.crowd_chart import MIN_RUNS
from reportgen.frames.experiment import Experiment
from reportgen.page_template import parse_template
from reportgen.report.baseline_runs import comparison_baseline, only_name
from reportgen.report.best_run import Lead
from reportgen.report.facts import facts
from reportgen.report.findings_by_settings import failed_checks, findings_by_settings
from reportgen.report.for_sending import COMMAND
from reportgen.report.group_lead import group_lead
from reportgen.report.group_styles import styles_by_run
from reportgen.report.group_table import group_table
from reportgen.report.ids import identified
from reportgen.report.layout.calls import calls
from reportgen.report.layout.experiment_sections import others_sentence, sections_by_experiment
from reportgen.report.layout.material import Material
from reportgen.report.layout.template import laid_out
from reportgen.report.legend import group_legend, run_legend
from reportgen.report.model import Report
from reportgen.report.numbered_statements import numbered_statements
from reportgen.report.ranked_table import RunFacts, ranked_table, shared_text
from reportgen.report.rings import with_rings
from reportgen.report.table import Table
from reportgen.report.text_budget import within_budget
from reportgen.report.unmatched import refuse_unmatched, template_found_nothing
from reportgen.report.verdict import Verdict, verdict
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
    original = experiment
    experiment = without_secrets(experiment, settings.show_param)
    if settings.private:
        experiment = without_private(experiment)
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
    ranking = with_run_times(ranked(experiment, counted, settings.metrics, base), scalars)
    # The best runs and groups have the most distinct colours.
    styles = styles_by_run(ranking.groups, ranking, seed_groups)
    if base in styles and len(groups) >= MIN_RUNS and not seed_groups:
        styles[base] = RunStyle(INK, "-")
    by_run = {
        str(run): styles[str(group)]
        for run, group in zip(experiment.runs["run"], experiment.runs["group"], strict=True)
    }
    parameters = run_parameters(experiment.hparams, experiment.runs, groups)
    run_facts = RunFacts(parameters, run_ends(counted, experiment.runs), styles)
    findings, ignored = findings_by_settings(experiment, settings, contests(ranking, seed_groups))
    checked = outcomes(settings.checks, values, baseline, findings, settings.false_alarms)
    material = Material(
        experiment,
        scalars,
        ranking,
        styles,
        by_run,
        settings,
        run_facts,
        seed_groups,
        values,
        baseline,
        executor,
    )
    overall = verdict(ranking, checked, allow_unknown=settings.allow_unknown)
    template = settings.template or parse_template(assets.text("layout.md"), "layout.md")
    titled = (
        laid_out(
            template, calls(material), partial(template_found_nothing, settings, experiment.tags())
        )
        if settings.template
        else sections_by_experiment(template, material)
    )
    sections = within_budget(identified(titled))
    report = Report(
        title=settings.title or template.title or title,
        facts=facts(experiment, seed_groups),
        legend=run_legend(experiment.runs, ranking, run_facts),
        group_legend=group_legend(ranking, seed_groups, styles),
        summary=None if settings.template else _summary(material, sentence(scalars)),
        sections=sections,
        provenance=tuple(_provenance(experiment, _command(settings), baseline)),
        ranking=ranking,
        experiment=experiment,
        verdict=_of_groups(overall, group_lead(ranking, seed_groups)),
        endings=endings(scalars),
        shared_parameters=shared_text(parameters, len(groups)),
        findings=(*failed_checks(checked, settings), *findings),
        ignored=ignored,
        run_values=values,
        seed_groups=seed_groups,
        compared=baseline.sentence,
        as_private=partial(_as_private, original, settings),
    )
    statements = numbered_statements(report, scalars)
    return replace(report, statements=statements, sections=with_rings(sections, statements))


def _of_groups(overall: Verdict | None, best: Lead | None) -> Verdict | None:
    """Return the verdict with what leads among groups of seeds, where there are any."""
    return replace(overall, lead=best) if overall and best else overall


def _summary(material: Material, on_sessions: str) -> Table | None:
    """Return the table of groups or runs; its note says first which runs have several sessions."""
    ranking = material.ranking
    groups = group_table(ranking, material.seed_groups, material.styles)
    runs = groups or ranked_table(ranking, material.run_facts)
    sentences = (on_sessions, runs.note if runs else "", others_sentence(ranking))
    return replace(runs, note=" ".join(filter(None, sentences))) if runs else None


def _as_private(experiment: Experiment, settings: Settings) -> Report:
    """Return the report of an experiment without what is private."""
    return build(experiment, replace(settings, private=True))


def _command(settings: Settings) -> str:
    return "" if settings.private else mask(settings.command)


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
        yield COMMAND, command
    packages = ", ".join(f"{name} {version(name)}" for name in ("matplotlib", "numpy", "pandas"))
    yield "Made with", f"reportgen {__version__}, Python {platform.python_version()}, {packages}"
