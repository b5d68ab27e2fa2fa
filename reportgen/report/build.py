"""Building: what a report holds, and in which order."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from reportgen import __version__, assets, wording
from reportgen.analysis.annotated import annotated
from reportgen.analysis.last_and_best import endings
from reportgen.analysis.logged_metrics import headline
from reportgen.analysis.summary import summarise
from reportgen.analysis.tag_names import parse_best
from reportgen.analysis.verdicts.baseline import baseline
from reportgen.analysis.verdicts.checks import parse_checks
from reportgen.analysis.verdicts.outcomes import outcomes
from reportgen.figures.canvas.style import RunStyle, run_styles
from reportgen.figures.distributions.forms import parse_form
from reportgen.frames.experiment import Experiment
from reportgen.options import Options
from reportgen.report.facts import facts
from reportgen.report.ids import identified
from reportgen.report.layout.calls import Material, calls
from reportgen.report.layout.template import laid_out
from reportgen.report.model import LegendEntry, Report
from reportgen.report.sections import notes
from reportgen.report.summary_table import table
from reportgen.report.verdict import verdict
from reportgen.series.transforms import parse_smoothing


def build(experiment: Experiment, options: Options | None = None) -> Report:
    """The report of an experiment.

    Args:
        experiment: what was read.
        options: the user's settings; defaults where None.

    Raises:
        UsageError: a setting cannot be understood.
        InputError: the user's notes or template cannot be read.
    """
    options = options or Options()
    parse_smoothing(options.smooth)
    parse_form(options.histograms)
    groups = list(dict.fromkeys(map(str, experiment.runs["group"])))
    styles = run_styles(groups)
    by_run = {
        str(run): styles[str(group)]
        for run, group in zip(experiment.runs["run"], experiment.runs["group"], strict=True)
    }
    best = parse_best(options.best)
    scalars = annotated(experiment.plain_scalars(), experiment.runs, best)
    base = baseline(options.baseline, groups)
    chosen = headline(scalars, experiment.metrics, experiment.layouts, options.metric)
    ranking = summarise(scalars, experiment.runs, base, chosen)
    checked = outcomes(parse_checks(options.check, base), scalars, groups, base)
    material = Material(experiment, scalars, ranking, styles, by_run, options)
    source, path = _layout(options.template)
    title, sections = laid_out(source, path, calls(material))
    return Report(
        title=options.title
        or title
        or ", ".join(Path(path).resolve().name for path in experiment.paths),
        facts=facts(experiment),
        legend=_legend(experiment.runs, styles),
        summary=None if options.template else table(ranking, styles),
        sections=identified(sections),
        provenance=_provenance(experiment, options),
        ranking=ranking,
        experiment=experiment,
        verdict=verdict(ranking, checked),
        endings=endings(scalars),
    )


def _layout(path: str) -> tuple[str, str]:
    """The layout, and what errors call it: the user's own where there is one."""
    return (notes.read(path), path) if path else (assets.text("layout.md"), "layout.md")


def _legend(runs: pd.DataFrame, styles: Mapping[str, RunStyle]) -> tuple[LegendEntry, ...]:
    members = runs.groupby("group", sort=False, observed=True)["run"].agg(list)
    return tuple(
        LegendEntry(name, style.color, style.dash, tuple(map(str, members[name])))
        for name, style in styles.items()
    )


def _provenance(experiment: Experiment, options: Options) -> tuple[tuple[str, str], ...]:
    return tuple(_provenance_rows(experiment, options))


def _provenance_rows(experiment: Experiment, options: Options) -> Iterator[tuple[str, str]]:
    runs = experiment.runs
    held = ", ".join(
        [
            wording.count(int(runs["files"].sum()), "file"),
            wording.count(int(runs["events"].sum()), "record"),
            wording.size(int(runs["bytes"].sum())),
        ]
    )
    yield "Inputs", f"{', '.join(experiment.paths)}: {held}"
    if options.command:
        yield "Command", options.command
    packages = ", ".join(f"{name} {version(name)}" for name in ("matplotlib", "numpy", "pandas"))
    yield "Made with", f"reportgen {__version__}, Python {platform.python_version()}, {packages}"
