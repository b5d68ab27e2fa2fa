"""From what was trained to an Experiment, as if it had been read."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from reportgen.frames.experiment import COLUMNS, Experiment, frame

BEGIN = 1_781_000_000.0
_UP = 1e-12 * 1.1 ** np.arange(775)
BINS = np.concatenate([-_UP[::-1], [0.0], _UP])  # as SummaryWriter has them


@dataclass
class Log:
    """One run.

    Attributes:
        scalars: by tag, steps, wall times and values.
        histograms: by tag, pairs of step and values.
        confusion: rows actual; None where none is logged.
        rank: -1 where it is none.
    """

    scalars: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=dict)
    histograms: dict[str, list[tuple[int, np.ndarray]]] = field(default_factory=dict)
    confusion: np.ndarray | None = None
    parameters: dict[str, object] = field(default_factory=dict)
    rank: int = -1


def clock(steps, rng, pace=0.5, jitter=0.05):
    """Wall times of steps, as of a machine that takes `pace` seconds for each."""
    last = int(steps.max()) + 1
    seconds = pace * np.exp(rng.normal(0, jitter, last))
    return BEGIN + seconds.cumsum()[steps]


def of_seed(trained, place, seed, pace=0.5):
    """The log of one seed of what was trained together."""
    rng = np.random.default_rng([seed, 2])
    last = max(int(steps.max()) for steps, _ in trained.scalars.values())
    times = clock(np.arange(last + 1), rng, pace)
    return Log(
        {
            tag: (steps, times[steps], values[:, place])
            for tag, (steps, values) in trained.scalars.items()
        },
        {
            tag: [(step, values[place]) for step, values in rows]
            for tag, rows in trained.histograms.items()
        },
        None if trained.confusion is None else trained.confusion[place],
    )


def experiment(runs):  # noqa: C901 - a frame after the other
    """An Experiment of runs by name."""
    frames = {kind: frame(kind) for kind in COLUMNS}
    columns = {name: [] for name in COLUMNS["scalars"]}
    histograms = {name: [] for name in COLUMNS["histograms"]}
    confusions = {name: [] for name in COLUMNS["confusions"]}
    parameters = {name: [] for name in COLUMNS["hparams"]}
    for run, log in runs.items():
        for tag, (steps, times, values) in log.scalars.items():
            for name, column in zip(
                COLUMNS["scalars"],
                ([run] * len(steps), [tag] * len(steps), steps, times, values, 0 * steps),
                strict=True,
            ):
                columns[name] += [column]
        for tag, rows in log.histograms.items():
            for step, values in rows:
                finite = values[np.isfinite(values)]
                counts = np.histogram(finite, BINS)[0].astype(float)
                content = np.flatnonzero(counts)
                piece = slice(content[0], content[-1] + 1) if len(content) else slice(0)
                edges = (BINS[:-1][piece], BINS[1:][piece], counts[piece])
                row = (run, tag, step, BEGIN + step, *edges, *[np.nan] * 5)
                for name, cell in zip(COLUMNS["histograms"], row, strict=True):
                    histograms[name].append(cell)
        if log.confusion is not None:
            labels = tuple(f"class {place}" for place in range(len(log.confusion)))
            row = (run, "val/confusion", 0, BEGIN, log.confusion.astype(float), labels)
            for name, cell in zip(COLUMNS["confusions"], row, strict=True):
                confusions[name].append(cell)
        for name, value in log.parameters.items():
            for column, cell in zip(COLUMNS["hparams"], (run, name, value), strict=True):
                parameters[column].append(cell)
    if columns["run"]:
        frames["scalars"] = frame(
            "scalars", {name: np.concatenate(column) for name, column in columns.items()}
        )
    frames["histograms"] = frame("histograms", histograms)
    frames["confusions"] = frame("confusions", confusions)
    frames["hparams"] = frame("hparams", parameters)
    names = list(runs)
    facts = {"run": names, "group": names, "path": names, "split": [""] * len(names)}
    facts["rank"] = [log.rank for log in runs.values()]
    frames["runs"] = frame(
        "runs",
        dict.fromkeys(COLUMNS["runs"], [0] * len(names)) | facts | {"files": [1] * len(names)},
    )
    return Experiment(paths=("runs",), **frames)
