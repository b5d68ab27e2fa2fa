"""Settings as YAML or JSON, nested to any depth, as parameters with one name each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from reportgen.budget import Budget

Value = bool | float | str

_MAX_VALUES = 10_000  # aliases can make very many of a short text,
_MAX_CHARACTERS = 4_000_000  # and very many names that begin with one long key
# Characters of a number. PyYAML's time for 1:1:1:..., which is to base 60, grows with the square.
_MAX_DIGITS = 400
# YAML 1.1 takes "3e-05" for a text, because it lacks a dot.
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
ERRORS = (ValueError, TypeError, OverflowError, RecursionError, yaml.YAMLError)


class _PlainLoader(yaml.SafeLoader):
    """Reads values with any tag as plain data, and constructs no object of Python."""

    def construct_number(self, node: yaml.ScalarNode) -> object:
        """Return the number of a node, or its text if that is very long."""
        if len(node.value) > _MAX_DIGITS:
            return node.value
        is_whole = node.tag.endswith(":int")
        return self.construct_yaml_int(node) if is_whole else self.construct_yaml_float(node)

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
for _tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
    _PlainLoader.add_constructor(_tag, _PlainLoader.construct_number)


class _Allowance:
    """How much may still be made of a file."""

    def __init__(self) -> None:
        self._values, self._characters = _MAX_VALUES, _MAX_CHARACTERS

    def take(self, characters: int, values: int = 0) -> None:
        """Take from it; raise ValueError if it does not suffice."""
        self._values -= values
        self._characters -= characters
        if self._values < 0 or self._characters < 0:
            raise ValueError("it holds too many values, or too long ones")


def from_yaml(text: str) -> dict[str, Value]:
    """Return the parameters of a YAML mapping by name; none if it is not a mapping.

    Raises:
        Exception: one of `ERRORS` if the text cannot be read.
    """
    return flattened(yaml.load(text, _PlainLoader))  # noqa: S506  # a SafeLoader


def from_json(text: str) -> dict[str, Value]:
    """Return the parameters of a JSON object by name; none if it is not an object.

    Raises:
        Exception: one of `ERRORS` if the text cannot be read.
    """
    return flattened(json.loads(text))


def flattened(value: object) -> dict[str, Value]:
    """Return nested values by name: names joined with a dot, numbers as float, lists as text.

    Raises:
        ValueError: there are too many values.
    """
    return dict(_flat("", value, _Allowance()))


def charge(parameters: Mapping[str, Value], size: int, budget: Budget) -> None:
    """Charge what parameters hold beyond the text that they were read from.

    Args:
        parameters: by name.
        size: of the text.
        budget: of all settings of a call.

    Raises:
        BudgetError: they take too much memory.
    """
    texts = (text for item in parameters.items() for text in item if isinstance(text, str))
    budget.charge(max(0, sum(map(len, texts)) - size))


def typed(text: str) -> Value:
    """Return a text as a number or boolean if it is one."""
    stripped = text.strip()
    if _NUMBER.fullmatch(stripped):
        return float(stripped)
    return {"true": True, "false": False}.get(stripped.lower(), stripped)


def _flat(name: str, value: Any, allowance: _Allowance) -> Iterator[tuple[str, Value]]:  # noqa: ANN401
    """Yield nested values by name; raise ValueError if there are too many."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            inner_name = f"{name}.{key}" if name else str(key)
            allowance.take(len(inner_name))
            yield from _flat(inner_name, inner, allowance)
    elif name:
        yield name, _cell(value, allowance)


def _cell(value: Any, allowance: _Allowance) -> Value:  # noqa: ANN401
    """Return a value as a bool, float or text."""
    allowance.take(len(value) if isinstance(value, str) else 1, values=1)
    if isinstance(value, str):
        return float(value) if _NUMBER.fullmatch(value) else value
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_text(_cell(item, allowance)) for item in value)}]"
    if isinstance(value, dict):
        for name in value:
            allowance.take(len(str(name)))
        cells = (f"{name}: {_text(_cell(item, allowance))}" for name, item in value.items())
        return f"{{{', '.join(cells)}}}"
    return str(value)


def _text(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
