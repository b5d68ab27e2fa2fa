"""Runs as the rules look at them, from arrays."""

import numpy as np

from reportgen.analysis.findings.observe import observe
from reportgen.frames.experiment import COLUMNS, Experiment, frame

BEGIN = 1_781_000_000.0


def experiment(scalars, *, ranks=(), parameters=None, confusions=(), histograms=(), purged=None):
    """An experiment.

    Args:
        scalars: by run and tag: values, or steps and values, or steps, values and wall times.
        ranks: names of runs that are ranks, in order.
        parameters: by run, by name.
        confusions: run, tag, step, matrix and labels of each.
        histograms: run, tag, step, left, right and count of each.
        purged: how many values of a run a restart made void.
    """
    rows = {name: [] for name in COLUMNS["scalars"]}
    for run, tags in scalars.items():
        for tag, logged in tags.items():
            steps, values, times = columns(logged)
            session = [0] * len(steps)
            cells = ([run] * len(steps), [tag] * len(steps), steps, times, values, session)
            for name, column in zip(COLUMNS["scalars"], cells, strict=True):
                rows[name] += list(column)
    frames = {kind: frame(kind) for kind in COLUMNS} | {"scalars": frame("scalars", rows)}
    names = list(scalars) or sorted({run for run, *_ in (*confusions, *histograms)})
    frames["runs"] = frame(
        "runs",
        dict.fromkeys(COLUMNS["runs"], [0] * len(names))
        | {"run": names, "group": names, "split": [""] * len(names)}
        | {"rank": [ranks.index(name) if name in ranks else -1 for name in names]},
    )
    rows = [
        (run, n, v) for run, own_items in (parameters or {}).items() for n, v in own_items.items()
    ]
    frames["hparams"] = table("hparams", rows)
    frames["confusions"] = table(
        "confusions",
        [(run, tag, step, BEGIN, np.array(m), names) for run, tag, step, m, names in confusions],
    )
    frames["histograms"] = table(
        "histograms",
        [(*key, BEGIN, *map(np.array, bins), *[np.nan] * 5) for *key, a, b, c in histograms
         for bins in [(a, b, c)]],
    )  # fmt: skip
    void = [(run, "", -1, "purged", count, 0, "") for run, count in (purged or {}).items()]
    frames["health"] = table("health", void)
    return Experiment(paths=("runs",), **frames)


def observed(scalars, **others):
    """What the rules look at."""
    return observe(experiment(scalars, **others))


def table(kind, rows):
    """A frame of rows."""
    cells = zip(*rows, strict=True) if rows else [()] * len(COLUMNS[kind])
    return frame(kind, dict(zip(COLUMNS[kind], map(list, cells), strict=True)))


def columns(logged):
    """Steps, values and wall times, of which all but the values may be left out."""
    if not isinstance(logged, tuple):
        logged = (np.arange(len(logged)), logged)
    steps, values, *times = logged
    return steps, values, times[0] if times else BEGIN + np.asarray(steps, float)


def falling(points, start=2.3, end=0.3, noise=0.03, seed=0):
    """A loss that falls as healthy ones do, (points,)."""
    trend = end + (start - end) * np.exp(-5 * np.arange(points) / points)
    return trend * np.exp(np.random.default_rng(seed).normal(0, noise, points))
