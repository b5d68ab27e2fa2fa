"""Changes: what differs between two runs or groups: parameters, metrics, texts, images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen import wording
from reportgen.analysis.comparison.metric_changes import MetricChange, metric_changes
from reportgen.analysis.comparison.parameter_changes import parameter_changes
from reportgen.analysis.comparison.text_changes import TextChange, TextPiece, text_changes
from reportgen.analysis.groups.aggregation import Centre
from reportgen.analysis.groups.seed_parameters import parameters_by_run
from reportgen.analysis.summary import Summary
from reportgen.analysis.verdicts.baseline import Baseline, find_baseline
from reportgen.analysis.verdicts.run_values import RunValues
from reportgen.figures.canvas.style import RunStyle
from reportgen.frames.experiment import Experiment
from reportgen.report.blocks import Block, Notice
from reportgen.report.sections import changed_figures, changed_images
from reportgen.report.table import Cell, Column, Table

_MAX_METRICS = 20
_MAX_TEXTS = 20
_MAX_LETTERS = 600  # of a text in a table
_MAX_PIECES = 8  # of changed words
_ALIKE = "Nothing that was logged in both differs."


def blocks(
    experiment: Experiment,
    runs: Sequence[RunValues],
    ranking: Summary,
    baseline: Baseline,
    compared: Sequence[str],
    styles: Mapping[str, RunStyle],
    centre: Centre,
) -> list[Block]:
    """Return what differs: parameters, metrics, texts, images, curves, confusion matrices.

    Args:
        experiment: what was read.
        runs: of the logs.
        ranking: of the runs, the best first.
        baseline: of the report.
        compared: names or patterns of both sides; empty for the best run and the baseline.
        styles: by run group.
        centre: what the strong line of a group of seeds is.

    Raises:
        UsageError: a name fits no run.
    """
    if compared:
        first, second = (find_baseline([name], runs, option="--compare").runs for name in compared)
        names = (wording.clipped(compared[0]), wording.clipped(compared[1]))
    else:
        first, second = _best_run(runs, ranking, baseline), baseline.runs
        if not first or not second:
            return []
        names = (_side(first), _side(second))
    shown: list[Block] = [Notice(f"{names[0]} beside {names[1]}.")]
    tables = list(_tables(experiment, first, second, names))
    directories = tuple(_directories(experiment, side) for side in (first, second))
    pictures = list(changed_images.blocks(experiment.images, *directories))
    shown += tables or ([] if pictures else [Notice(_ALIKE)])
    if not set(first) & set(second):
        shown += changed_figures.curves((first, second), names, ranking, styles, centre)
        if compared or not ranking.baseline:  # else the matrices of each run show it
            shown += changed_figures.confusions(experiment, (first, second), names)
    return shown + pictures


def _best_run(
    runs: Sequence[RunValues], ranking: Summary, baseline: Baseline
) -> tuple[RunValues, ...]:
    """Return the best run and the others of its group; none where it is the baseline.

    Where the baseline is a run of the logs, it is the best run of the baseline's experiment.
    """
    summaries = (replace(ranking, others=()), *ranking.others)
    beside = next((part for part in summaries if baseline.names & set(part.groups)), summaries[0])
    best = next((run for run in runs if beside.runs and run.name == beside.runs[0].group), None)
    if best is None or best.name in baseline.names:
        return ()
    if not best.seed_group:
        return (best,)
    return tuple(run for run in runs if run.seed_group == best.seed_group)


def _side(runs: Sequence[RunValues]) -> str:
    """Name one side: its group, its run, or how many runs it has."""
    names = {run.seed_group or run.name for run in runs}
    if len(names) == 1:
        return wording.clipped(names.pop())
    return f"the baseline ({wording.count(len(runs), 'run')})"


def _tables(
    experiment: Experiment,
    first: Sequence[RunValues],
    second: Sequence[RunValues],
    names: tuple[str, ...],
) -> Iterator[Block]:
    sides = [[run.name for run in side] for side in (first, second)]
    parameters = parameters_by_run(experiment.runs, experiment.hparams)
    settings = [
        (Cell(change.name), Cell(_listed(change.first)), Cell(_listed(change.second)))
        for change in parameter_changes(sides[0], sides[1], parameters)
    ]
    if settings:
        columns = tuple(Column(name) for name in ("parameter", *names))
        yield Table("Parameters that differ", columns, tuple(settings))
    metrics = metric_changes(first, second)
    if metrics:
        yield _metric_table(metrics, names)
    texts = text_changes(
        experiment.texts, _directories(experiment, first), _directories(experiment, second)
    )
    differing = [change for change in texts if not change.is_equal]
    if differing:
        yield _text_table(differing, len(texts), names)


def _directories(experiment: Experiment, side: Sequence[RunValues]) -> list[str]:
    """Return the directories of the logs whose run is on a side."""
    names = {run.name for run in side}
    runs = experiment.runs
    return [
        str(run)
        for run, group in zip(runs["run"], runs["group"], strict=True)
        if str(group) in names
    ]


def _listed(values: Sequence[str]) -> str:
    return wording.listing([wording.clipped(value) for value in values], 4) or "not logged"


def _metric_table(changes: Sequence[MetricChange], names: tuple[str, ...]) -> Table:
    columns = (
        Column("metric"),
        *(Column(name, numeric=True) for name in (*names, "difference")),
        Column("beyond chance"),
    )
    rows = tuple(
        (
            Cell(f"{change.kind} {change.tag}"),
            Cell(wording.number(change.first), change.first),
            Cell(wording.number(change.second), change.second),
            Cell(wording.number(change.first - change.second), change.first - change.second),
            Cell(_judged(change)),
        )
        for change in changes[:_MAX_METRICS]
    )
    hidden = len(changes) - len(rows)
    note = f"{wording.count(hidden, 'more metric')} not shown." if hidden else ""
    return Table("Metrics", columns, rows, note)


def _judged(change: MetricChange) -> str:
    """Say whether a metric is better or worse on the first side, as far as anything tells."""
    if change.comparison is None:
        return "cannot tell from one run each" if change.direction else ""
    if change.is_better is None:
        return "cannot tell"
    return "better" if change.is_better else "worse"


def _text_table(changes: Sequence[TextChange], total: int, names: tuple[str, ...]) -> Table:
    columns = tuple(
        Column(name) for name in ("prompt", *names, f"only {names[0]}", f"only {names[1]}")
    )
    rows = tuple(
        (
            Cell(change.prompt),
            Cell(_text(change.first)),
            Cell(_text(change.second)),
            Cell(_changed(change.first)),
            Cell(_changed(change.second)),
        )
        for change in changes[:_MAX_TEXTS]
    )
    note = f"{len(changes):,} of {wording.count(total, 'text')} differ; the last of each is shown."
    return Table("Texts that differ", columns, rows, note)


def _text(pieces: Sequence[TextPiece]) -> str:
    return wording.clipped("".join(piece.text for piece in pieces), _MAX_LETTERS)


def _changed(pieces: Sequence[TextPiece]) -> str:
    words = [piece.text.strip() for piece in pieces if piece.changed]
    ellipsis = " …" if len(words) > _MAX_PIECES else ""
    return wording.clipped(" · ".join(words[:_MAX_PIECES]), 200) + ellipsis
