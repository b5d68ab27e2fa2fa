"""The configuration file: reportgen.toml, or [tool.reportgen] of pyproject.toml.

It is looked for in the working directory only. Logs are not trusted, and so a file that lies in a
log directory is never read, unless the user names it by `--config`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reportgen import wording
from reportgen.command.command_options import CONFIGURABLE
from reportgen.errors import InputError, UsageError
from reportgen.option_table.option import Option

FILE_NAME, PROJECT_FILE_NAME = "reportgen.toml", "pyproject.toml"
_OPTIONS = {option.key: option for option in CONFIGURABLE}


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """What a configuration file sets.

    Attributes:
        path: as it is named to the user.
        values: True or False, a text, or a tuple of texts, by the name of the option.
    """

    path: Path
    values: Mapping[str, object]


def find_config(directory: Path, logdirs: Sequence[str]) -> tuple[Path | None, str]:
    """Return the configuration file of a directory, and a line on one that may not be read.

    Args:
        directory: where it is looked for.
        logdirs: the log directories that the user names; a file in one of them is not read.

    Returns:
        None where there is none; "" where there is nothing to tell.
    """
    for path in (directory / FILE_NAME, directory / PROJECT_FILE_NAME):
        if not path.is_file() or not _is_ours(path):
            continue
        for logdir in logdirs:
            if path.resolve().is_relative_to(Path(logdir).resolve()):
                return None, (
                    f"{path.name} is not read, as it lies in the log directory {logdir}; "
                    f"if you trust it, add --config {path.name}"
                )
        return Path(path.name), ""
    return None, ""


def _is_ours(path: Path) -> bool:
    """Return whether a file configures this tool: a pyproject.toml need not."""
    if path.name == FILE_NAME:
        return True
    try:
        return isinstance(_table(path), Mapping)
    except (OSError, ValueError):
        return False  # another project's file is not ours to judge


def _table(path: Path) -> object:
    """Return the part of a file that is about this tool; None where it has none."""
    content = tomllib.loads(path.read_text("utf-8"))
    if path.name != PROJECT_FILE_NAME:
        return content
    tools = content.get("tool")
    return tools.get("reportgen") if isinstance(tools, dict) else None


def read_config(path: Path) -> ConfigFile:
    """Return what a configuration file sets.

    Raises:
        InputError: the file cannot be read, or is not TOML.
        UsageError: a key is unknown, or has a value of the wrong type.
    """
    try:
        table = _table(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or 'it cannot be read'}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is not TOML ({error})") from error
    if not isinstance(table, dict):
        raise InputError(f"{path}: has no table [tool.reportgen]")
    values = {}
    for key, value in table.items():
        option = _option(key, path)
        values[option.name] = _value(option, value, path)
    return ConfigFile(path, values)


def _option(key: str, path: Path) -> Option:
    if key in _OPTIONS:
        return _OPTIONS[key]
    similar = get_close_matches(key.replace("_", "-"), _OPTIONS, 1)
    guess = f"did you mean {similar[0]}?" if similar else f"keys are: {', '.join(_OPTIONS)}"
    raise UsageError(f"{path}: unknown key '{wording.clipped(key)}'; {guess}")


def _value(option: Option, value: Any, path: Path) -> object:  # noqa: ANN401  # as TOML gives it
    """Return a value as the command line would give it."""
    if option.is_switch:
        if isinstance(value, bool):
            return value
        raise UsageError(f"{path}: {option.key} must be true or false")
    if option.pairs and isinstance(value, dict):
        return tuple(f"{name}={text}" for name, text in _pairs(value, option, path))
    if option.repeat or option.count > 1:
        values = value if isinstance(value, list) else [value]
        texts = tuple(_text(text, option, path) for text in values)
        if option.count > 1 and len(texts) != option.count:
            raise UsageError(f"{path}: {option.key} must be an array of {option.count} texts")
        return texts
    return _text(value, option, path)


def _pairs(table: dict[str, Any], option: Option, path: Path) -> Iterator[tuple[str, str]]:
    """Yield names and values of a table; TOML makes tables of names with dots."""
    for name, value in table.items():
        if isinstance(value, dict):
            for rest, text in _pairs(value, option, path):
                yield f"{name}.{rest}", text
        else:
            yield name, _text(value, option, path)


def _text(value: object, option: Option, path: Path) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    table = " or a table" if option.pairs else ""
    expected = f"a text or an array of texts{table}" if option.repeat else "a text"
    raise UsageError(f"{path}: {option.key} must be {expected}")
