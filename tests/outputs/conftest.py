"""Reports made in memory, and one way to write them."""

import os
from pathlib import Path

import numpy as np
import pytest

from reportgen import Experiment, Options, build, write
from reportgen.errors import DependencyError
from reportgen.frames.experiment import COLUMNS, frame

GOLDEN = Path(__file__).parents[1] / "golden"
START = 1_760_000_000.0  # seconds since the epoch


def key(rows):
    """The four columns that every frame starts with, from (run, tag, step, ...)."""
    return {
        "run": [row[0] for row in rows],
        "tag": [row[1] for row in rows],
        "step": [row[2] for row in rows],
        "wall_time": [START + row[2] for row in rows],
    }


def runs_frame(names, scalars):
    last = {name: max((row[2] for row in scalars if row[0] == name), default=0) for name in names}
    columns = {
        "run": names,
        "group": names,
        "split": [""] * len(names),
        "rank": [-1] * len(names),
        "path": names,
        "files": [1] * len(names),
        "events": [10] * len(names),
        "bytes": [1000] * len(names),
        "first_step": [0] * len(names),
        "last_step": [last[name] for name in names],
        "first_wall_time": [START] * len(names),
        "last_wall_time": [START + last[name] for name in names],
        "status": [""] * len(names),
    }
    return frame("runs", columns)


def made(scalars, confusions=(), texts=(), hparams=(), run_notes=(), **options):
    """A report of rows: run, tag, step, and then a value, a matrix and its labels, or a text."""
    names = list(dict.fromkeys(row[0] for row in scalars))
    frames = {kind: frame(kind) for kind in COLUMNS}
    frames["scalars"] = frame("scalars", key(scalars) | {"value": [row[3] for row in scalars]})
    frames["runs"] = runs_frame(names, scalars)
    if confusions:
        matrices, labels = np.empty(len(confusions), object), np.empty(len(confusions), object)
        for index, row in enumerate(confusions):
            matrices[index], labels[index] = np.asarray(row[3], float), row[4]
        frames["confusions"] = frame(
            "confusions", key(confusions) | {"matrix": matrices, "labels": labels}
        )
    if texts:
        content = np.empty(len(texts), object)
        for index, row in enumerate(texts):
            content[index] = np.array(row[3], object)
        frames["texts"] = frame("texts", key(texts) | {"text": content})
    if hparams:
        run, name, value = zip(*hparams, strict=True)
        frames["hparams"] = frame("hparams", {"run": run, "name": name, "value": list(value)})
    if run_notes:
        run, file, text = zip(*run_notes, strict=True)
        frames["notes"] = frame("notes", {"run": run, "file": file, "text": text})
    return build(Experiment(paths=("runs/demo",), **frames), Options(**options))


@pytest.fixture(scope="session")
def make_report():
    """Builds a report from rows."""
    return made


@pytest.fixture(scope="session")
def demo():
    """Two runs of eleven steps, loss and accuracy, a confusion matrix, a text and a parameter."""
    scalars = [
        (run, tag, step, value)
        for run, rate in (("fast", 1.0), ("slow", 0.5))
        for step in range(11)
        for tag, value in (
            ("train/loss", 2 / (1 + rate * step)),
            ("val/loss", 2.2 / (1 + rate * step) + 0.01 * step * rate),
            ("val/accuracy", 1 - 0.8 / (1 + rate * step)),
        )
    ]
    return made(
        scalars,
        confusions=[
            (run, "val/confusion", 10, [[9, 1], [wrong, 10 - wrong]], ("cat", "dog"))
            for run, wrong in (("fast", 2), ("slow", 4))
        ],
        texts=[("fast", "about", 0, "A **small** network.")],
        hparams=[("fast", "rate", 1.0), ("slow", "rate", 0.5)],
    )


def write_all(folder, report, outputs, options):
    """Writes a report in several formats, its figures drawn once; returns the bytes of each."""
    named = {output: output.rpartition(":") for output in outputs}
    paths = {output: folder / path for output, (_, _, path) in named.items()}
    targets = [f"{name}{colon}{folder / path}" for name, colon, path in named.values()]
    try:
        write(report, *targets, options=options)
    except DependencyError as error:
        if "system library" not in str(error):
            raise
        pytest.skip(str(error))
    return {
        output: (path / "index.html" if path.is_dir() else path).read_bytes()
        for output, path in paths.items()
    }


@pytest.fixture
def written(tmp_path):
    """Writes a report in one format into the test's directory and returns the bytes."""
    return lambda report, output, **options: write_all(
        tmp_path, report, [output], Options(**options)
    )[output]


@pytest.fixture(scope="session")
def shared_outputs(tmp_path_factory):
    """Writes a report in several formats, for several tests, and returns the bytes of each."""
    return lambda report, *outputs, **options: write_all(
        tmp_path_factory.mktemp("outputs"), report, outputs, Options(**options)
    )


@pytest.fixture
def golden():
    """Compares with a golden file, or accepts: `REPORTGEN_ACCEPT=1 pytest tests/outputs`."""

    def same(name, content):
        path = GOLDEN / name
        if os.environ.get("REPORTGEN_ACCEPT"):
            path.write_bytes(content)
        assert content.decode() == path.read_text(encoding="utf-8")

    return same
