"""Configuration: the options that hold, each from the first place that sets it.

The command line goes before the environment, and that before the configuration file.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.command.command_options import CONFIGURABLE, LOGDIR
from reportgen.command.config_file import find_config, read_config
from reportgen.command.environment import CONFIG_VARIABLE, from_environment, unknown_variables
from reportgen.option_table.option import Option
from reportgen.option_table.table import OPTIONS
from reportgen.options import Options


@dataclass(frozen=True, slots=True)
class Setting:
    """The value of an option: True or False, a text, or a tuple of texts; and who gives it."""

    value: object
    source: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """Every option that is set.

    Attributes:
        settings: by the name of the option; what is not there has its default.
        remarks: lines on what looks like configuration and is not used.
    """

    settings: Mapping[str, Setting]
    remarks: tuple[str, ...] = ()

    def value(self, option: Option) -> object:
        """Return the value of an option; None where it is not set."""
        setting = self.settings.get(option.name)
        return setting.value if setting else None

    def switch(self, option: Option) -> bool:
        """Return whether a switch is on."""
        return self.value(option) is True

    def texts(self, option: Option) -> tuple[str, ...]:
        """Return the values of an option that may be repeated; empty where it is not set."""
        value = self.value(option)
        return value if isinstance(value, tuple) else ()

    def options(self, command: str) -> Options:
        """Return the options of a report.

        Args:
            command: the command line, for the footer.
        """
        values = {option.name: self.value(option) for option in OPTIONS}
        return Options(**values, command=command)  # type: ignore[arg-type]  # as the table has them


def configuration(arguments: argparse.Namespace, environment: Mapping[str, str]) -> Configuration:
    """Return what holds.

    Args:
        arguments: of the command line, see `reportgen.command.parser.parse`.
        environment: variables by name.

    Raises:
        InputError: a configuration file cannot be read.
        UsageError: a variable or a configuration file sets what is no option, or not so.
    """
    settings: dict[str, Setting] = {}
    for option in CONFIGURABLE:
        value = getattr(arguments, option.name)
        if value is not None and value != []:
            value = tuple(value) if isinstance(value, list) else value
            settings[option.name] = Setting(value, "command line")
    by_variable = from_environment(environment)
    for option in CONFIGURABLE:
        if option.name in by_variable:
            settings.setdefault(option.name, Setting(by_variable[option.name], option.variable))
    remarks = [*unknown_variables(environment)]
    named = arguments.config or environment.get(CONFIG_VARIABLE)
    logdirs = settings[LOGDIR.name].value if LOGDIR.name in settings else ()
    path, remark = (Path(named), "") if named else find_config(Path(), logdirs)  # type: ignore[arg-type]
    if path is not None:
        file = read_config(path)
        for name, value in file.values.items():
            settings.setdefault(name, Setting(value, str(path)))
    return Configuration(settings, tuple(filter(None, [*remarks, remark])))
