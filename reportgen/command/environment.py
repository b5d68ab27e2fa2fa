"""Options in the environment: REPORTGEN_MAX_SIZE for --max-size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from reportgen import wording
from reportgen.command.command_options import CONFIGURABLE
from reportgen.errors import UsageError
from reportgen.option_table.option import Option
from reportgen.option_table.table import PASSWORD_VARIABLE

CONFIG_VARIABLE = "REPORTGEN_CONFIG"
_PREFIX = "REPORTGEN_"
_ON, _OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
_OPTIONS = {option.variable: option for option in CONFIGURABLE}


def from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    """Return the options that variables set, by name; an empty variable sets nothing.

    A variable of an option that may be repeated holds a value a line.

    Raises:
        UsageError: a switch is neither on nor off, or the number of values is wrong.
    """
    return {
        option.name: _value(option, environment[variable])
        for variable, option in _OPTIONS.items()
        if environment.get(variable)
    }


def unknown_variables(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each variable with our prefix that sets nothing."""
    names = {*_OPTIONS, PASSWORD_VARIABLE, CONFIG_VARIABLE}
    for name in sorted(environment):
        if name.startswith(_PREFIX) and name not in names:
            similar = get_close_matches(name, names, 1)
            guess = f"; did you mean {similar[0]}?" if similar else ""
            yield f"{wording.clipped(name)} sets no option{guess}"


def _value(option: Option, text: str) -> object:
    if option.is_switch:
        if text.lower() not in (*_ON, *_OFF):
            raise UsageError(f"{option.variable} {wording.clipped(text)}: write 1 or 0")
        return text.lower() in _ON
    if not option.repeat and option.count == 1:
        return text
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    if option.count > 1 and len(lines) != option.count:
        raise UsageError(f"{option.variable}: takes {option.count} lines, not {len(lines)}")
    return lines
