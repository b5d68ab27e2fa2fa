"""Building: what a report holds, and in which order."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from reportgen import __version__, assets, wording
from reportgen.analysis.metrics import parse_best
from reportgen.analysis.series import annotated
from reportgen.analysis.summary import summarise
from reportgen.figures.style import RunStyle, run_styles
from reportgen.frames.experiment import Experiment
from reportgen.frames.transforms import parse_smoothing
from reportgen.options import Options
from reportgen.report.ids import identified
from reportgen.report.model import LegendEntry, Report
from reportgen.report.parts import Material, calls
from reportgen.report.sections import notes
from reportgen.report.summary_table import table
from reportgen.report.template import laid_out


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
    groups = list(dict.fromkeys(experiment.runs["group"]))
    styles = run_styles(groups)
    by_run = {
        str(run): styles[str(group)]
        for run, group in zip(experiment.runs["run"], experiment.runs["group"], strict=True)
    }
    best = parse_best(options.best)
    scalars = annotated(experiment.scalars, experiment.runs, best)
    ranking = summarise(scalars, experiment.runs)
    material = Material(experiment, scalars, ranking, styles, by_run, options)
    source, path = _layout(options.template)
    title, sections = laid_out(source, path, calls(material))
    return Report(
        title=options.title
        or title
        or ", ".join(Path(path).resolve().name for path in experiment.paths),
        facts=_facts(experiment.runs, len(groups)),
        legend=_legend(experiment.runs, styles),
        summary=None if options.template else table(ranking, styles),
        sections=identified(sections),
        provenance=_provenance(experiment, options),
        ranking=ranking,
        experiment=experiment,
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


def _facts(runs: pd.DataFrame, groups: int) -> tuple[str, ...]:
    first, last = runs["first_wall_time"].min(), runs["last_wall_time"].max()
    when = wording.period(first, last)
    if when:
        when += f" ({wording.duration(last - first)})"
    steps = int(runs["last_step"].max())
    facts = (wording.count(groups, "run"), f"last step {steps:,}" if steps >= 0 else "", when)
    return tuple(filter(None, facts))


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
