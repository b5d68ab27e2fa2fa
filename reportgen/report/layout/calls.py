"""Parts: what a template can place, each chosen by the names of tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from reportgen.analysis.chart_lines import lined
from reportgen.analysis.curve_worth import without_curves
from reportgen.analysis.sessions import counted_rows
from reportgen.analysis.tag_families import TagFamily
from reportgen.frames.experiment import frame
from reportgen.report.blocks import Block
from reportgen.report.group_table import group_table
from reportgen.report.layout.material import Call, Material, Part
from reportgen.report.ranked_groups import ranked_groups
from reportgen.report.ranked_table import ranked_table
from reportgen.report.sections import (
    audio,
    changes,
    classification,
    distributions,
    families,
    graphs,
    group_scalars,
    health,
    images,
    layouts,
    notes,
    parameters,
    points,
    ranks,
    seeds,
    texts,
)
from reportgen.report.sections import scalars as curves_of
from reportgen.report.sections import uncharted as uncharted_of
from reportgen.selection import selection


def calls(material: Material) -> dict[str, Call]:
    """Return the maker of each block by the name that a template calls.

    A maker with a `pattern` takes the tags that match it, or all tags without one.
    """
    experiment, ranking = material.experiment, material.ranking
    sections = cache(lambda: _sections(material))  # computed once, placed by two calls
    return {
        "table": lambda: _table(material),
        "changes": lambda: changes.blocks(
            *(experiment, material.run_values, ranking, material.baseline),
            *(material.settings.compare, material.styles, material.settings.aggregate),
        ),
        "seeds": lambda: _seeds(material),
        "metrics": lambda: [*_other_tables(material), *sections()[0][1]],
        "families": lambda: _titled(_families(material)),
        "groups": lambda: _titled(sections()[1:]),
        "layouts": lambda: _titled(
            layouts.sections(
                counted_rows(material.scalars),
                experiment.layouts,
                material.styles,
                material.settings,
            )
        ),
        "mattered": lambda: parameters.mattered(experiment, ranking, material.styles),
        "parameters": lambda: parameters.blocks(experiment, ranking, material.styles),
        "health": lambda: health.blocks(experiment),
        "graphs": lambda: graphs.blocks(experiment.graphs),
        "notes": lambda: notes.of_user(material.settings.notes),
        "run_notes": lambda: notes.of_runs(experiment.notes),
        **_of_tags(material),
    }


def _of_tags(material: Material) -> dict[str, Call]:
    experiment, styles = material.experiment, material.by_run
    return {
        "scalars": lambda pattern=None: _scalars(material, pattern),
        "ranks": lambda pattern=None: ranks.blocks(
            counted_rows(_chosen(material.scalars, pattern)), experiment.runs, styles
        ),
        "confusion": lambda pattern=None: classification.blocks(
            replace(
                experiment,
                curves=frame("curves"),
                confusions=_chosen(experiment.confusions, pattern),
            ),
            styles,
            material.ranking.baseline,
        ),
        "curves": lambda pattern=None: classification.blocks(
            replace(
                experiment,
                confusions=frame("confusions"),
                curves=_chosen(experiment.curves, pattern),
            ),
            styles,
        ),
        "histograms": lambda pattern=None: distributions.blocks(
            _chosen(experiment.histograms, pattern), styles, material.settings.histograms
        ),
        "images": lambda pattern=None: images.blocks(_chosen(experiment.images, pattern)),
        "audio": lambda pattern=None: audio.blocks(_chosen(experiment.audio, pattern), styles),
        "texts": lambda pattern=None: texts.blocks(_chosen(experiment.texts, pattern)),
        "meshes": lambda pattern=None: points.meshes(_chosen(experiment.meshes, pattern), styles),
        "embeddings": lambda pattern=None: points.embeddings(
            _chosen(experiment.embeddings, pattern), styles, material.settings.embedding
        ),
    }


def _sections(material: Material) -> list[tuple[str, list[Block]]]:
    """Return the charts of scalars outside families: with a direction first, then groups."""
    experiment, ranking = material.experiment, material.ranking
    members = {tag for family in _shown_families(material) for tag in family.tags()}
    scalars = material.scalars[~material.scalars["tag"].isin(list(members))]
    charted = lined(scalars, experiment.layouts, experiment.runs, material.settings.directions)
    others: list[Block] = []
    if not material.settings.tags.patterns:  # what the user asks for is drawn
        charted, uncharted = without_curves(charted, [key.metric for key in ranking.all_metrics])
        others = uncharted_of.blocks(uncharted)
    sections = _curves(material, charted, without_headline=not material.settings.template)
    return [*sections, ("Values without a curve", others)]


def _curves(
    material: Material, scalars: pd.DataFrame, *, without_headline: bool = False
) -> list[tuple[str, list[Block]]]:
    """Return the charts of scalars, by group of seeds where there are any."""
    groups, ranking, settings = material.seed_groups, material.ranking, material.settings
    if group_scalars.can_group(scalars, groups, settings):
        above = without_headline and bool(ranked_groups(ranking, groups))
        return group_scalars.sections(
            *(scalars, ranking, groups, material.styles, settings.aggregate),
            without_headline=above,
        )
    return curves_of.sections(
        *(scalars, ranking, material.styles, settings, material.executor),
        all_scalars=material.scalars,
    )


def _shown_families(material: Material) -> list[TagFamily]:
    key_metrics = {key.metric for key in material.ranking.all_metrics}
    return families.shown_families(material.scalars, key_metrics)


def _families(material: Material) -> list[tuple[str, list[Block]]]:
    """Return the sections of the families of tags, with the runs of the best group first."""
    runs = material.experiment.runs
    ranks = {group: rank for rank, group in enumerate(material.ranking.groups)}
    ordered = sorted(
        zip(runs["run"], runs["group"], strict=True), key=lambda run: ranks.get(run[1], len(ranks))
    )
    return families.sections(
        counted_rows(material.scalars),
        _shown_families(material),
        [str(run) for run, _ in ordered],
        material.by_run,
    )


def _titled(sections: Iterable[tuple[str, list[Block]]]) -> list[Part]:
    """Return each title followed by its blocks; leave out titles without blocks."""
    return [piece for title, blocks in sections if blocks for piece in (title, *blocks)]


def _table(material: Material) -> list[Block]:
    groups = group_table(material.ranking, material.seed_groups, material.styles)
    table = groups or ranked_table(material.ranking, material.run_facts)
    return [table] if table else []


def _seeds(material: Material) -> list[Block]:
    """Return the blocks about seed groups, and the table of their runs."""
    groups, ranking = material.seed_groups, material.ranking
    rows, centre = counted_rows(material.scalars), material.settings.aggregate
    shown = seeds.blocks(groups, ranking, rows, material.styles, centre)
    runs = ranked_table(ranking, material.run_facts) if ranked_groups(ranking, groups) else None
    if runs:  # the table at the top has a row a group
        shown.append(replace(runs, title="Runs of the groups", headed=True, folded=True))
    return shown


def _other_tables(material: Material) -> list[Block]:
    """Return the table of each experiment that shares no metric with the first."""
    tables = (ranked_table(other, material.run_facts) for other in material.ranking.others)
    title = "Runs that share no metric with those above"
    return [replace(table, title=title, headed=True) for table in tables if table]


def _scalars(material: Material, pattern: str | None) -> list[Block]:
    """Return the charts of the metrics and tags that match the pattern, or of all without one.

    Where only one of several tags of a metric matches, the chart is named for the tag.
    """
    if pattern is None:
        placed = [*_sections(material), *_families(material)]
        return [block for _, blocks in placed for block in blocks]
    chosen, rows = selection(pattern), material.scalars
    tags = rows[["tag", "metric"]].drop_duplicates()
    pairs = tags.itertuples(index=False)
    chosen_tags = tags[np.array([chosen(tag) or chosen(name) for tag, name in pairs], np.bool_)]
    shown = rows[rows["tag"].isin(chosen_tags["tag"])]
    all_metrics, matching = list(tags["metric"]), list(chosen_tags["metric"])
    alone = [name for name in matching if matching.count(name) == 1 < all_metrics.count(name)]
    named = (
        shown["metric"]
        .astype(object)
        .where(~shown["metric"].isin(alone), shown["tag"].astype(object))
    )
    sections = _curves(material, shown.assign(metric=named))
    return [block for _, blocks in sections for block in blocks]


def _chosen(rows: pd.DataFrame, pattern: str | None) -> pd.DataFrame:
    """Return the rows whose tags match the pattern, or all rows without one."""
    if pattern is None:
        return rows
    chosen = selection(pattern)
    return rows[np.array([chosen(str(tag)) for tag in rows["tag"]], np.bool_)]
