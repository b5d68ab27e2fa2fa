"""Building: what a report holds, and in which order."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from reportgen import __version__, wording
from reportgen.analysis.lines import lined
from reportgen.analysis.metrics import parse_best
from reportgen.analysis.series import annotated
from reportgen.analysis.summary import summarise
from reportgen.figures.distributions import parse_form
from reportgen.figures.style import RunStyle, run_styles
from reportgen.frames.experiment import Experiment
from reportgen.frames.transforms import parse_smoothing
from reportgen.options import Options
from reportgen.report.ids import identified
from reportgen.report.model import LegendEntry, Report
from reportgen.report.parts import Material, calls
from reportgen.report.sections import (
    audio,
    classification,
    distributions,
    graphs,
    health,
    images,
    layouts,
    notes,
    parameters,
    points,
    ranks,
    texts,
)
from reportgen.report.sections import scalars as curves
from reportgen.report.summary_table import table
from reportgen.report.template import Titled, laid_out


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
    title, sections = _template(material) if options.template else ("", _usual(material))
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


def _template(material: Material) -> tuple[str, list[Titled]]:
    """The title and the sections of the user's own layout."""
    path = material.options.template
    return laid_out(notes.read(path), path, calls(material))


def _usual(material: Material) -> list[Titled]:
    """All that was logged, in an order that is the same for every report."""
    experiment, scalars, ranking = material.experiment, material.scalars, material.ranking
    styles, by_run, options = material.styles, material.by_run, material.options
    charted = lined(scalars, experiment.layouts, experiment.runs, parse_best(options.best))
    metrics, *others = curves.sections(charted, ranking, styles, options)
    found = [
        ("Notes", notes.of_user(options.notes)),
        metrics,
        *layouts.sections(scalars, experiment.layouts, styles, options),
        *others,
        ("Ranks", ranks.blocks(scalars, experiment.runs, by_run)),
        ("Classification", classification.blocks(experiment, by_run)),
        ("Distributions", distributions.blocks(experiment.histograms, by_run, options.histograms)),
        ("Images", images.blocks(experiment.images)),
        ("Audio", audio.blocks(experiment.audio, by_run)),
        ("Meshes", points.meshes(experiment.meshes, by_run)),
        ("Embeddings", points.embeddings(experiment.embeddings, by_run, options.embedding)),
        ("Text", texts.blocks(experiment.texts)),
        ("Parameters", parameters.blocks(experiment, ranking, styles)),
        ("Graphs", graphs.blocks(experiment.graphs)),
        ("Notes of runs", notes.of_runs(experiment.notes)),
        ("Data health", health.blocks(experiment)),
    ]
    return [(title, blocks) for title, blocks in found if blocks]


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
