"""Parts: what a user's template can place, each chosen by the names of tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from reportgen.analysis.summary import Summary
from reportgen.events.select import selection
from reportgen.figures.style import RunStyle
from reportgen.frames.experiment import Experiment, frame
from reportgen.options import Options
from reportgen.report.model import Block
from reportgen.report.sections import (
    audio,
    classification,
    distributions,
    graphs,
    health,
    images,
    notes,
    parameters,
    points,
    ranks,
    texts,
)
from reportgen.report.sections import scalars as curves_of
from reportgen.report.summary_table import table

Call = Callable[..., list[Block]]


@dataclass(frozen=True, slots=True)
class Material:
    """What the blocks of a report are made from.

    Attributes:
        experiment: what was read.
        scalars: annotated, see `reportgen.analysis.series`.
        ranking: of the runs.
        styles: by run group.
        by_run: the same by run.
        options: the user's settings.
    """

    experiment: Experiment
    scalars: pd.DataFrame
    ranking: Summary
    styles: Mapping[str, RunStyle]
    by_run: Mapping[str, RunStyle]
    options: Options


def calls(material: Material) -> dict[str, Call]:
    """Each part by the name that a template calls; those with a `pattern` take tags."""
    held = material.experiment
    return {
        "table": lambda: _table(material),
        "parameters": lambda: parameters.blocks(held, material.ranking, material.styles),
        "health": lambda: health.blocks(held),
        "graphs": lambda: graphs.blocks(held.graphs),
        "notes": lambda: notes.of_user(material.options.notes) + notes.of_runs(held.notes),
        "scalars": lambda pattern: _scalars(material, pattern),
        "ranks": lambda pattern: ranks.blocks(
            _chosen(material.scalars, pattern), held.runs, material.by_run
        ),
        **_of_tags(material),
    }


def _of_tags(material: Material) -> dict[str, Call]:
    held, styles = material.experiment, material.by_run
    return {
        "confusion": lambda pattern: classification.blocks(
            replace(held, confusions=_chosen(held.confusions, pattern), curves=frame("curves")),
            styles,
        ),
        "curves": lambda pattern: classification.blocks(
            replace(held, confusions=frame("confusions"), curves=_chosen(held.curves, pattern)),
            styles,
        ),
        "histograms": lambda pattern: distributions.blocks(
            _chosen(held.histograms, pattern), styles, material.options.histograms
        ),
        "images": lambda pattern: images.blocks(_chosen(held.images, pattern)),
        "audio": lambda pattern: audio.blocks(_chosen(held.audio, pattern), styles),
        "texts": lambda pattern: texts.blocks(_chosen(held.texts, pattern)),
        "meshes": lambda pattern: points.meshes(_chosen(held.meshes, pattern), styles),
        "embeddings": lambda pattern: points.embeddings(
            _chosen(held.embeddings, pattern), styles, material.options.embedding
        ),
    }


def _table(material: Material) -> list[Block]:
    found = table(material.ranking, material.styles)
    return [found] if found else []


def _scalars(material: Material, pattern: str) -> list[Block]:
    """Charts of the metrics and tags that are called so.

    A metric one of whose tags alone is chosen is shown under the name of the tag.
    """
    chosen, rows = selection(pattern), material.scalars
    tags = rows[["tag", "metric"]].drop_duplicates()
    pairs = tags.itertuples(index=False)
    kept = tags[np.array([chosen(tag) or chosen(name) for tag, name in pairs], np.bool_)]
    shown = rows[rows["tag"].isin(kept["tag"])]
    every, known = list(tags["metric"]), list(kept["metric"])
    alone = [name for name in known if known.count(name) == 1 < every.count(name)]
    named = (
        shown["metric"]
        .astype(object)
        .where(~shown["metric"].isin(alone), shown["tag"].astype(object))
    )
    found = curves_of.sections(
        shown.assign(metric=named), material.ranking, material.styles, material.options
    )
    return [block for _, blocks in found for block in blocks]


def _chosen(rows: pd.DataFrame, pattern: str) -> pd.DataFrame:
    """The rows of a frame whose tags are called so."""
    chosen = selection(pattern)
    return rows[np.array([chosen(str(tag)) for tag in rows["tag"]], np.bool_)]
