"""Options of the command alone: they change nothing in a report."""

from __future__ import annotations

from reportgen.option_table.option import Group, Option
from reportgen.option_table.table import OPTIONS

LOGDIR = Option(
    "logdir",
    Group.INPUT,
    "directory with event files or tables of metrics at any depth, or one such file",
    "LOGDIR",
    repeat=True,
)
OUTPUT = Option(
    "output",
    Group.OUTPUT,
    "where to write: a path, - for standard output, or FORMAT: and either of them",
    "[FORMAT:]PATH",
    default="report.html",
    repeat=True,
)
OPEN = Option("open", Group.OUTPUT, "open the page in a browser")
QUIET = Option("quiet", Group.OUTPUT, "print errors and failed checks only")
VERBOSE = Option(
    "verbose", Group.OUTPUT, "print what goes on, and the traceback of an internal error"
)

# What a configuration file and the environment may set.
CONFIGURABLE = (LOGDIR, *OPTIONS, OUTPUT, OPEN, QUIET, VERBOSE)
