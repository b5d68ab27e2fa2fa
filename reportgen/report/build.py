"""Building: what a report holds, and in which order."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from reportgen import __version__, wording
from reportgen.analysis.series import annotated
from reportgen.analysis.summary import Summary, summarise
from reportgen.figures import confusion, curves, distributions, roc_pr
from reportgen.figures.style import RunStyle, run_styles
from reportgen.frames.experiment import Experiment
from reportgen.frames.health import KINDS
from reportgen.frames.transforms import parse_smoothing
from reportgen.options import Options
from reportgen.report.ids import identified
from reportgen.report.model import (
    Block,
    Cell,
    Column,
    FigureBlock,
    LegendEntry,
    Media,
    Notice,
    Prose,
    Report,
    Table,
)
from reportgen.report.sections import audio
from reportgen.report.summary_table import table

_CONTENT_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"}
_MOST_PICTURES = 3  # a tag and run: the first, the middle and the last
_LARGEST_PICTURE = 1_000_000  # bytes
_MOST_HEALTH = 100  # rows
_LABELS = re.compile(r"(?:^|/)(?:labels|classes|class_names)$")


def build(experiment: Experiment, options: Options | None = None) -> Report:
    """The report of an experiment.

    Args:
        experiment: what was read.
        options: the user's settings; defaults where None.

    Raises:
        UsageError: a setting cannot be understood.
    """
    options = options or Options()
    parse_smoothing(options.smooth)
    groups = list(dict.fromkeys(experiment.runs["group"]))
    styles = run_styles(groups)
    by_run = {
        str(run): styles[str(group)]
        for run, group in zip(experiment.runs["run"], experiment.runs["group"], strict=True)
    }
    scalars = annotated(experiment.scalars, experiment.runs)
    ranking = summarise(scalars, experiment.runs)
    sections = [
        *_scalar_sections(scalars, ranking, styles, options.smooth),
        ("Classification", _classification(experiment, by_run)),
        ("Distributions", _distributions(experiment.histograms, by_run)),
        ("Images", _images(experiment.images)),
        ("Audio", audio.blocks(experiment.audio, by_run)),
        ("Text", _texts(experiment.texts)),
        ("Parameters", _parameters(experiment.hparams)),
        ("Data health", _health(experiment)),
    ]
    return Report(
        title=options.title or ", ".join(Path(path).resolve().name for path in experiment.paths),
        facts=_facts(experiment.runs, len(groups)),
        legend=_legend(experiment.runs, styles),
        summary=table(ranking, styles),
        sections=identified(sections),
        provenance=_provenance(experiment, options),
        ranking=ranking,
        experiment=experiment,
    )


def _legend(runs: pd.DataFrame, styles: Mapping[str, RunStyle]) -> tuple[LegendEntry, ...]:
    members = runs.groupby("group", sort=False, observed=True)["run"].agg(list)
    return tuple(
        LegendEntry(name, style.color, style.dash, tuple(map(str, members[name])))
        for name, style in styles.items()
    )


def _scalar_sections(
    scalars: pd.DataFrame, ranking: Summary, styles: Mapping[str, RunStyle], smoothing: str
) -> list[tuple[str, list[Block]]]:
    """Metrics that have a better way first, the summary's before others; the rest by tag group."""
    key = [one.metric for one in ranking.metrics]
    sections: dict[str, list[Block]] = {"Metrics": []}
    charts = sorted(
        scalars.groupby(["metric", "direction"], sort=True, observed=True),
        key=lambda chart: key.index(chart[0][0]) if chart[0][0] in key else len(key),
    )
    for (name, way), rows in charts:
        chart = curves.prepare(str(name), rows, styles, direction=str(way), smoothing=smoothing)
        group = "Metrics" if way else _tag_group(str(name))
        sections.setdefault(group, []).append(FigureBlock("", chart))
    return list(sections.items())


def _tag_group(tag: str) -> str:
    group, slash, _ = tag.partition("/")
    return group if slash and group else "Other scalars"


def _classification(experiment: Experiment, by_run: Mapping[str, RunStyle]) -> list[Block]:
    blocks: list[Block] = []
    last = experiment.confusions.groupby(["run", "tag"], sort=False, observed=True).tail(1)
    for _, row in last.iterrows():
        title = f"{row['tag']}, {row['run']}, step {row['step']:,}"
        chart = confusion.prepare(title, row["matrix"], row["labels"])
        blocks.append(FigureBlock("", chart, runs=(str(row["run"]),)))
    charts = experiment.curves.groupby("tag", sort=True, observed=True)
    for tag, rows in charts:
        blocks.append(FigureBlock("", roc_pr.prepare(str(tag), rows, by_run)))
    return blocks


def _distributions(histograms: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> list[Block]:
    groups = histograms.groupby(["tag", "run"], sort=True, observed=True)
    return [
        FigureBlock(
            "",
            distributions.prepare(f"{tag}, {run}", rows, by_run[str(run)]),
            runs=(str(run),),
        )
        for (tag, run), rows in groups
    ]


def _images(images: pd.DataFrame) -> list[Block]:
    blocks: list[Block] = []
    hidden = 0
    for (tag, run), rows in images.groupby(["tag", "run"], sort=True, observed=True):
        places = np.unique(np.linspace(0, len(rows) - 1, _MOST_PICTURES).round().astype(int))
        shown = [
            row
            for _, row in rows.iloc[places].iterrows()
            if row["format"] in _CONTENT_TYPES and row["blob"].size <= _LARGEST_PICTURE
        ]
        hidden += len(rows) - len(shown)
        for row in shown:
            title = f"{tag}, {run}, step {row['step']:,}"
            blocks.append(
                Media(
                    id="",
                    title=title,
                    caption=f"{row['width']} × {row['height']} pixels, as logged.",  # noqa: RUF001
                    alt=f"Picture logged as {title}",
                    content_type=_CONTENT_TYPES[row["format"]],
                    data=row["blob"].read(),
                    width=int(row["width"]),
                    height=int(row["height"]),
                    series=f"{tag}, {run}",
                    step=int(row["step"]),
                    runs=(str(run),),
                )
            )
    if hidden:
        told = wording.count(hidden, "picture")
        blocks.append(Notice(f"{told} of {len(images):,} logged are not shown."))
    return blocks


def _texts(texts: pd.DataFrame) -> list[Block]:
    blocks: list[Block] = []
    last = texts.groupby(["run", "tag"], sort=False, observed=True).tail(1)
    for _, row in last.iterrows():
        tag = str(row["tag"]).removesuffix("/text_summary")
        if _LABELS.search(tag):
            continue  # shown as the names of a confusion matrix's classes
        text = "\n\n".join(str(part) for part in row["text"].flat)
        blocks.append(Prose(f"{tag}, {row['run']}, step {row['step']:,}", text))
    return blocks


def _parameters(hparams: pd.DataFrame) -> list[Block]:
    if hparams.empty:
        return []
    wide = hparams.drop_duplicates(["run", "name"], keep="last").pivot(  # noqa: PD010
        index="name", columns="run", values="value"
    )
    rows = tuple(
        (Cell(str(name)), *(_parameter(value) for value in values))
        for name, values in zip(wide.index, wide.to_numpy(), strict=True)
    )
    columns = (Column("parameter"), *(Column(str(run), numeric=True) for run in wide.columns))
    return [Table("Parameters", columns, rows)]


def _parameter(value: object) -> Cell:
    if isinstance(value, float):
        return Cell("" if np.isnan(value) else wording.number(value, 6), value)
    return Cell(str(value))


def _health(experiment: Experiment) -> list[Block]:
    blocks: list[Block] = []
    values = experiment.scalars["value"].to_numpy()
    bad = int((~np.isfinite(values)).sum())
    if bad:
        blocks.append(
            Notice(f"{wording.count(bad, 'scalar')} of {len(values):,} are NaN or infinite.")
        )
    if len(experiment.health):
        shown = experiment.health.head(_MOST_HEALTH)
        rows = tuple(
            (
                Cell(str(row["run"])),
                Cell(Path(str(row["file"])).name),
                Cell(KINDS.get(str(row["kind"]), "") and str(row["kind"])),
                Cell(f"{row['records']:,}", float(row["records"])),
                Cell(str(row["detail"])),
            )
            for _, row in shown.iterrows()
        )
        columns = ("run", "file", "what", "records", "meaning")
        left = len(experiment.health) - len(shown)
        note = f"{left:,} more rows are in experiment.health." if left else ""
        headed = tuple(Column(name, name == "records") for name in columns)
        blocks.append(Table("Damaged or not understood", headed, rows, note))
    if len(experiment.tensors):
        tags = wording.listing(sorted(set(experiment.tensors["tag"].astype(str))))
        told = wording.count(len(experiment.tensors), "tensor")
        blocks.append(Notice(f"{told} read, not drawn: {tags}."))
    return blocks


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
            wording.count(int(runs["files"].sum()), "event file"),
            wording.count(int(runs["events"].sum()), "event"),
            wording.size(int(runs["bytes"].sum())),
        ]
    )
    yield "Inputs", f"{', '.join(experiment.paths)}: {held}"
    if options.command:
        yield "Command", options.command
    packages = ", ".join(f"{name} {version(name)}" for name in ("matplotlib", "numpy", "pandas"))
    yield "Made with", f"reportgen {__version__}, Python {platform.python_version()}, {packages}"
