"""Sections of a log directory that holds several experiments: each has its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from reportgen import wording
from reportgen.analysis.summary import Summary
from reportgen.frames.experiment import COLUMNS, Experiment
from reportgen.page_template import Template
from reportgen.report.blocks import Audio, Block, FigureBlock, Media
from reportgen.report.layout.calls import calls
from reportgen.report.layout.material import Call, Material
from reportgen.report.layout.template import Titled, laid_out
from reportgen.report.ranked_table import ranked_table
from reportgen.report.table import Table

MAX_EXPERIMENTS = 8  # with sections of their own; the others share theirs
# Calls that are about the whole directory.
_FIRST, _LAST = {"notes", "changes"}, {"run_notes", "health"}


def sections_by_experiment(template: Template, material: Material) -> list[Titled]:
    """Return titles and blocks of the sections, those of each experiment together.

    Args:
        template: what is asked for, of the whole directory or of each experiment.
        material: of all experiments.
    """
    if not material.ranking.others:
        return laid_out(template, calls(material))
    of_all = calls(material)
    return [
        *laid_out(template, _only(of_all, _FIRST)),
        *(
            titled
            for ranking in _rankings(material.ranking)
            for titled in _sections(template, material, ranking)
        ),
        *laid_out(template, _only(of_all, _LAST)),
    ]


def experiment_name(ranking: Summary) -> str:
    """Return what the runs of an experiment have in common: a directory, else their metric."""
    logged = [run for run in ranking.runs if any(run.reached)] or ranking.runs
    groups = [member.group for run in logged for member in run.members]
    directories = [group.split("/")[:-1] for group in groups]
    shared = []
    for names in zip(*directories, strict=False):
        if len(set(names)) > 1:
            break
        shared.append(names[0])
    if shared:
        return "/".join(shared)
    if len(logged) == 1:
        return logged[0].name
    return ranking.metrics[0].tag if ranking.metrics else "other runs"


def others_sentence(ranking: Summary) -> str:
    """Return which runs are not in the first table; "" where all are."""
    names = [
        f"{wording.clipped(experiment_name(other))} ({wording.count(len(other.runs), 'run')})"
        for other in ranking.others
    ]
    if not names:
        return ""
    if len(names) == 1:
        return (
            f"{names[0]} shares no result with these runs: another experiment, with a table and "
            "sections of its own below."
        )
    return (
        f"{wording.listing(names, MAX_EXPERIMENTS)} share no result with these runs: "
        "other experiments, with tables and sections of their own below."
    )


def _only(makers: Mapping[str, Call], names: Collection[str]) -> dict[str, Call]:
    """Return the makers, of which all but those named make nothing."""
    return {name: maker if name in names else lambda *_: () for name, maker in makers.items()}


def _rankings(ranking: Summary) -> Iterator[Summary]:
    """Yield the ranking of each experiment, the last ones of many together."""
    first, others = replace(ranking, others=()), ranking.others
    yield first
    yield from others[: MAX_EXPERIMENTS - 1]
    rest = others[MAX_EXPERIMENTS - 1 :]
    if rest:
        yield replace(rest[0], others=rest[1:])


def _sections(template: Template, material: Material, ranking: Summary) -> Iterator[Titled]:
    """Yield the sections of one experiment, the first with its table."""
    groups = set(ranking.groups)
    runs = material.experiment.runs
    names = tuple(map(str, runs["run"][runs["group"].isin(groups)]))
    scalars = material.scalars[material.scalars["run"].isin(names)]
    part = replace(
        material,
        experiment=_of_runs(material.experiment, names),
        scalars=scalars,
        ranking=ranking,
        run_values=tuple(run for run in material.run_values if run.name in groups),
    )
    makers = calls(part)
    of_part = _only(makers, makers.keys() - _FIRST - _LAST)
    table = None
    if ranking.runs[0] != material.ranking.runs[0]:  # the first table stands at the top
        table = ranked_table(ranking, material.run_facts)
    name = experiment_name(ranking)
    for title, blocks in laid_out(template, of_part):
        placed = [_about(block, names) for block in blocks]
        if table:
            placed.insert(0, replace(table, title=f"Runs of {name}", headed=True))
            table = None
        if placed:
            yield f"{name}: {title}", placed


def _of_runs(experiment: Experiment, names: tuple[str, ...]) -> Experiment:
    """Return the experiment with only the rows of some runs."""
    frames: dict[str, Any] = {}  # a frame each
    for kind in ("runs", *COLUMNS):
        rows = getattr(experiment, kind)
        if "run" in rows.columns:
            frames[kind] = rows[rows["run"].isin(names)]
    return replace(experiment, **frames)


def _about(block: Block, names: tuple[str, ...]) -> Block:
    """Return a block that is about the runs of its experiment, and not about all."""
    if isinstance(block, FigureBlock | Table | Media | Audio) and not block.runs:
        return replace(block, runs=names)
    return block
