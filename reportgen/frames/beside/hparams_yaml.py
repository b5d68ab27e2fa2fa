"""The parameters in hparams.yaml, which Lightning's loggers leave beside a run's event files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from reportgen.boundary import Boundary, Skipped
from reportgen.frames.health import KINDS, Row, of_skipped, row

NAME = "hparams.yaml"
_MAX_BYTES = 1 << 20
_MAX_VALUES = 10_000  # aliases can make very many of a short text

Value = bool | float | str


class _PlainLoader(yaml.SafeLoader):
    """Reads values with any tag as plain data, and constructs no object of Python."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Ignore merge keys: merged mappings can grow without bounds, and no logger writes them."""


def _plain(loader: _PlainLoader, _: str, node: yaml.Node) -> object:
    """Return the plain data of a node with an unknown tag."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else ""


_PlainLoader.add_multi_constructor("", _plain)


def read(run: str, directory: Path, boundary: Boundary) -> tuple[dict[str, Value], list[Row]]:
    """Read a run's parameters.

    Args:
        run: its name.
        directory: where it is.
        boundary: what may be read.

    Returns:
        Parameters by name, "/" between nested names, numbers as float, lists as text; and rows of
        health.
    """
    path = directory / NAME
    if reason := boundary.refusal(path):
        return {}, of_skipped([Skipped(path, reason)])
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError("it is too large")  # noqa: TRY301
        parameters = yaml.load(path.read_text("utf-8"), _PlainLoader)  # noqa: S506  # a SafeLoader
        return dict(_flat("", parameters, [_MAX_VALUES])), []
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError, TypeError, OverflowError, RecursionError, yaml.YAMLError) as error:
        reason = (str(error).splitlines() or [""])[0]
        return {}, [row(run, "unknown", 1, f"{NAME} ({reason}): {KINDS['unknown']}")]


def _flat(name: str, value: Any, allowed: list[int]) -> Iterator[tuple[str, Value]]:  # noqa: ANN401
    """Yield nested values by name; raise ValueError if there are more than `allowed[0]`."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flat(f"{name}/{key}" if name else str(key), inner, allowed)
    elif name:
        yield name, _cell(value, allowed)


def _cell(value: Any, allowed: list[int]) -> Value:  # noqa: ANN401
    """Return a value as a bool, float or text, and count it in `allowed[0]`."""
    allowed[0] -= 1
    if allowed[0] < 0:
        raise ValueError("it holds too many values")
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_text(_cell(item, allowed)) for item in value)}]"
    if isinstance(value, dict):
        cells = (f"{name}: {_text(_cell(item, allowed))}" for name, item in value.items())
        return f"{{{', '.join(cells)}}}"
    return str(value)


def _text(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
