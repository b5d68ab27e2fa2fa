"""The JSON Schema of reportgen.toml, by which editors complete and check it."""

from __future__ import annotations

from reportgen.command.command_options import CONFIGURABLE
from reportgen.option_table.option import Option

_TEXT = {"type": ["string", "number"]}


def config_schema() -> dict[str, object]:
    """Return the schema; docs/config.schema.json holds it as a file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reportgen.toml, or [tool.reportgen] of pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {option.key: _property(option) for option in CONFIGURABLE},
    }


def _property(option: Option) -> dict[str, object]:
    described: dict[str, object] = {"description": option.help}
    if option.is_switch:
        return described | {"type": "boolean", "default": False}
    if option.choices:
        return described | {"enum": list(option.choices), "default": option.default}
    if option.count > 1:
        bounds = {"minItems": option.count, "maxItems": option.count}
        return described | {"type": "array", "items": _TEXT} | bounds
    if option.repeat:
        forms: list[object] = [_TEXT, {"type": "array", "items": _TEXT}]
        return described | {"anyOf": [*forms, {"type": "object"}] if option.pairs else forms}
    default = {"default": option.default} if option.default else {}
    return described | _TEXT | default
