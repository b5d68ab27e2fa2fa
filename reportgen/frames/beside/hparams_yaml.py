"""hparams.yaml: the parameters that Lightning's loggers leave beside a run's event files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from reportgen.frames.health import KINDS, Row, row

NAME = "hparams.yaml"
_LARGEST = 1 << 20  # bytes
_MOST = 10_000  # values; aliases can make a short text very many

Value = bool | float | str


class _Plain(yaml.SafeLoader):
    """Takes every tag of Python's own for plain data, and makes no object."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merges nothing: merged mappings can grow without bounds, and no logger writes them."""


def _plain(loader: _Plain, _: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else ""


_Plain.add_multi_constructor("", _plain)


def read(run: str, directory: Path) -> tuple[dict[str, Value], list[Row]]:
    """A run's parameters by name, "/" between the names of nested ones, and rows of health.

    Args:
        run: its name.
        directory: where it is.

    Returns:
        Numbers as float; lists as text.
    """
    path = directory / NAME
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")  # noqa: TRY301
        found = yaml.load(path.read_text("utf-8"), _Plain)  # noqa: S506  # a SafeLoader
        return dict(_flat("", found, [_MOST])), []
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError, TypeError, OverflowError, RecursionError, yaml.YAMLError) as error:
        reason = (str(error).splitlines() or [""])[0]
        return {}, [row(run, "unknown", 1, f"{NAME} ({reason}): {KINDS['unknown']}")]


def _flat(name: str, value: Any, left: list[int]) -> Iterator[tuple[str, Value]]:  # noqa: ANN401
    """Raises ValueError where there are more than left[0] values."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flat(f"{name}/{key}" if name else str(key), inner, left)
    elif name:
        yield name, _cell(value, left)


def _cell(value: Any, left: list[int]) -> Value:  # noqa: ANN401
    left[0] -= 1
    if left[0] < 0:
        raise ValueError("it holds too many values")
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_text(_cell(one, left)) for one in value)}]"
    if isinstance(value, dict):
        cells = (f"{name}: {_text(_cell(one, left))}" for name, one in value.items())
        return f"{{{', '.join(cells)}}}"
    return str(value)


def _text(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
