"""`--print-config`: each option, its value, and where it was set, in the form of reportgen.toml."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reportgen.analysis.secrets import mask
from reportgen.command.command_options import CONFIGURABLE
from reportgen.command.configuration import Configuration
from reportgen.option_table.option import Option


def printed(configuration: Configuration) -> str:
    """Return what holds as TOML, with secrets masked; what is not set and has no default is absent.

    The password of a mail server is no option, and so is never here.
    """
    return "".join(f"{line}\n" for option in CONFIGURABLE for line in _lines(option, configuration))


def _lines(option: Option, configuration: Configuration) -> Iterator[str]:
    setting = configuration.settings.get(option.name)
    if setting:
        yield f"{option.key} = {_toml(setting.value)}  # {setting.source}"
    elif option.default:
        default = (option.default,) if option.repeat else option.default
        yield f"{option.key} = {_toml(default)}  # default"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    # Strings of JSON are strings of TOML, but for a character that JSON leaves as it is.
    return json.dumps(mask(str(value)), ensure_ascii=False).replace("\x7f", "\\u007f")
