"""The table of all options that a report is made by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reportgen.option_table.comparing import COMPARING
from reportgen.option_table.option import Option
from reportgen.option_table.reading import READING
from reportgen.option_table.writing import WRITING

# The password of the mail server is no option: other users of a machine can read those.
PASSWORD_VARIABLE = "REPORTGEN_SMTP_PASSWORD"  # noqa: S105  # the variable's name

# Of `reportgen.options.Options`, in the order of the help.
OPTIONS = (*READING, *COMPARING, *WRITING)

BY_NAME: Mapping[str, Option] = MappingProxyType({option.name: option for option in OPTIONS})

# The text that has the same effect as leaving an option out; "" for most.
DEFAULTS: Mapping[str, str] = MappingProxyType({option.name: option.default for option in OPTIONS})


def option_name(name: str) -> str:
    """Return the name of an option on the command line: "--log-x" of `log_x`."""
    return f"--{name.replace('_', '-')}"
