"""Option: what the command line, configuration files and the help know of one option."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """What an option is about: the headings of the help."""

    INPUT = "input"
    SELECTION = "selection"
    FIGURES = "figures"
    COMPARISON = "comparison and checks"
    OUTPUT = "output"
    MAIL = "mail"
    WATCHING = "logs that still grow"
    PERFORMANCE = "performance"


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    Attributes:
        name: the field of `reportgen.options.Options`, or the argument of the command.
        group: where the help shows it.
        help: what it does, without its default.
        metavar: what its value is called; "" for a switch, which has none.
        choices: the values that there are; empty where any text may be right.
        default: the text that has the same effect as leaving the option out.
        repeat: whether it may be given several times.
        pairs: whether its values are `NAME=VALUE`, which a configuration file may write as a table.
        count: how many values it takes each time.
        changes_report: whether it changes what is in a report, and so belongs to the command in the
            report's footer.
    """

    name: str
    group: Group
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    repeat: bool = False
    pairs: bool = False
    count: int = 1
    changes_report: bool = False

    @property
    def key(self) -> str:
        """Its name in a configuration file: "log-x" of `log_x`."""
        return self.name.replace("_", "-")

    @property
    def flag(self) -> str:
        """Its name on the command line: "--log-x" of `log_x`."""
        return f"--{self.key}"

    @property
    def variable(self) -> str:
        """Its name in the environment: "REPORTGEN_LOG_X" of `log_x`."""
        return f"REPORTGEN_{self.name.upper()}"

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off and takes no value."""
        return not self.metavar and not self.choices
