"""Seeds in parameters: which runs have the same configuration but for their seed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

Parameters = Mapping[str, object]  # values of one run by name
Settings = tuple[tuple[str, tuple[str, str]], ...]  # name, type and text of each, by name

_SEEDS = {
    *("seed", "random_seed", "rng_seed", "manual_seed", "global_seed", "run_seed", "train_seed"),
    *("random_state", "seed_value", "random_number_seed"),
}
# What names a run, its place or its machine, and so differs without being a setting.
_IDENTIFIERS = {
    *("name", "run_name", "run_id", "id", "exp_name", "experiment_name", "experiment", "run"),
    *("output_dir", "out_dir", "log_dir", "logdir", "logging_dir", "save_dir", "save_path"),
    *("checkpoint_dir", "checkpoint_path", "run_dir", "work_dir", "workdir", "log_path", "path"),
    *("date", "time", "timestamp", "start_time", "created", "host", "hostname", "user", "pid"),
    *("device", "gpu", "rank", "local_rank", "port", "version", "wandb_id", "uuid"),
}
_MIN_EQUAL = 2  # other parameters that must be known and equal
_SEPARATORS = "-_=: ./,"


def parameters_by_run(runs: pd.DataFrame, hparams: pd.DataFrame) -> dict[str, dict[str, object]]:
    """Return each run's parameters by name; the last value where directories of it differ.

    Args:
        runs: the runs frame.
        hparams: the hparams frame.
    """
    run_of = dict(zip(map(str, runs["run"]), map(str, runs["group"]), strict=True))
    parameters: dict[str, dict[str, object]] = {}
    columns = (hparams["run"], hparams["name"], hparams["value"])
    for directory, name, value in zip(*columns, strict=True):
        parameters.setdefault(run_of[str(directory)], {})[str(name)] = value
    return parameters


def same_configuration(members: Sequence[Parameters]) -> bool:
    """Return whether runs differ in nothing but seeds and what names a run, as far as is known."""
    settings = [_settings(parameters) for parameters in members if parameters]
    names = {name for values in settings for name in values}
    return all(len({values[name] for values in settings if name in values}) == 1 for name in names)


def groups_by_parameters(
    names: Sequence[str], parameters: Mapping[str, Parameters], root: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield name and runs of each group whose runs differ in a seed parameter alone.

    At least two other parameters must be known and equal, and no seed may come twice.

    Args:
        names: of the runs to look at.
        parameters: of all runs, by run.
        root: what a group is called where nothing tells it from others.
    """
    alike: dict[Settings, list[str]] = {}
    for name in names:
        values = parameters.get(name, {})
        settings = _settings(values)
        if any(_last_part(key) in _SEEDS for key in values) and len(settings) >= _MIN_EQUAL:
            alike.setdefault(tuple(sorted(settings.items())), []).append(name)
    repeated = {
        key: members
        for key, members in alike.items()
        if len(members) > 1 and len({_seeds(parameters[name]) for name in members}) == len(members)
    }
    labels = _labels(repeated, root, set(names))
    for (_, members), label in zip(repeated.items(), labels, strict=True):
        yield label, tuple(members)


def _labels(groups: Mapping[Settings, Sequence[str]], root: str, taken: set[str]) -> list[str]:
    """Return a name for each group: what its runs' names share, else where its settings differ."""
    shared = [_shared_prefix(members) for members in groups.values()]
    if all(shared) and len(set(shared)) == len(shared) and not taken & set(shared):
        return shared
    settings: list[dict[str, tuple[str, str]]] = [dict(key) for key in groups]
    names = sorted({name for values in settings for name in values})
    varying = [name for name in names if len({values.get(name) for values in settings}) > 1]
    if not varying:
        return [root]
    return [
        ", ".join(f"{name}={values[name][1]}" for name in varying if name in values)
        for values in settings
    ]


def _shared_prefix(names: Sequence[str]) -> str:
    """Return the whole words that all names begin with; "" where they hold no letter."""
    first, last = min(names), max(names)
    length = next(
        (i for i, pair in enumerate(zip(first, last, strict=False)) if len(set(pair)) > 1),
        len(first),
    )
    while length and first[length - 1] not in _SEPARATORS:
        length -= 1
    prefix = first[:length].rstrip(_SEPARATORS)
    return prefix if any(map(str.isalpha, prefix)) else ""


def _settings(parameters: Parameters) -> dict[str, tuple[str, str]]:
    """Return what is neither a seed nor a name, as values that can be compared and sorted."""
    return {
        name: (type(value).__name__, parameter_text(value))
        for name, value in parameters.items()
        if _last_part(name) not in _SEEDS | _IDENTIFIERS and not _is_missing(value)
    }


def _seeds(parameters: Parameters) -> tuple[str, ...]:
    return tuple(
        parameter_text(parameters[name])
        for name in sorted(parameters)
        if _last_part(name) in _SEEDS
    )


def parameter_text(value: object) -> str:
    """Return a parameter's value as text that tells any two values apart: "0.1", "3", "True"."""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _last_part(name: str) -> str:
    return name.replace(".", "/").rpartition("/")[2].lower().replace("-", "_")


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
