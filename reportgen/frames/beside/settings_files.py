"""The parameters in the files of settings that programs leave beside a run's logs."""

from __future__ import annotations

import os
from pathlib import Path

from reportgen.boundary import Boundary, Skipped
from reportgen.budget import Budget, BudgetError
from reportgen.frames.health import KINDS, Row, of_skipped, row
from reportgen.frames.nested_settings import ERRORS, Value, charge, from_json, from_yaml

# Of several files with the same parameter, the first one counts. hparams.yaml is written by
# Lightning, args.yaml by timm and Ultralytics, opt.yaml by YOLOv5, params.json by Ray,
# .hydra/config.yaml by Hydra; configuration files of other names are by people.
FILES = (
    "hparams.yaml",
    "args.yaml",
    "opt.yaml",
    "config.yaml",
    "config.json",
    "params.json",
    ".hydra/config.yaml",
)
NAMES = frozenset(Path(file).name for file in FILES)
_MAX_BYTES = 1 << 18  # YAML is read in seconds, no matter what it is


def read(
    run: str, directory: Path, boundary: Boundary, budget: Budget
) -> tuple[dict[str, Value], list[Row]]:
    """Read a run's parameters.

    Args:
        run: its name.
        directory: where it is.
        boundary: what may be read.
        budget: of memory, of what all runs have beside their logs.

    Returns:
        Parameters by name, nested names joined with a dot, numbers as float, lists as text; and
        rows of health on files that cannot be read.
    """
    parameters: dict[str, Value] = {}
    health_rows: list[Row] = []
    names = _names(directory)  # one listing is faster than a look for each file
    for file in FILES:
        if file.partition("/")[0] not in names:
            continue
        path = directory / file
        if reason := boundary.refusal(path):
            health_rows += of_skipped([Skipped(path, reason)])
            continue
        try:
            parameters = _parameters(path, budget) | parameters
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, *ERRORS) as error:
            reason = (str(error).splitlines() or [""])[0]
            detail = f"{file} ({reason}): {KINDS['unknown']}"
            health_rows.append(row(run, "unknown", 1, detail))
    return parameters, health_rows


def _names(directory: Path) -> frozenset[str]:
    """Return the names in a directory; none if it cannot be listed."""
    try:
        return frozenset(os.listdir(directory))  # noqa: PTH208  # no need for a Path of each name
    except OSError:
        return frozenset()


def _parameters(path: Path, budget: Budget) -> dict[str, Value]:
    """Return the parameters of a file; raise OSError or one of `ERRORS` if it cannot be read."""
    if path.stat().st_size > _MAX_BYTES:
        raise ValueError("it is too large")
    text = path.read_text("utf-8")
    parameters = from_json(text) if path.suffix == ".json" else from_yaml(text)
    try:
        charge(parameters, len(text), budget)
    except BudgetError as error:
        raise ValueError("it needs more memory than files of this size may take") from error
    return parameters
