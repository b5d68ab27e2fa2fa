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
WATCH = Option(
    "watch",
    Group.WATCHING,
    "look again after this time, such as 30s or 5m, until stopped; write where something is new",
    "INTERVAL",
)
UNTIL_IDLE = Option(
    "until_idle", Group.WATCHING, "stop watching when nothing was new for this time", "DURATION"
)
UNTIL = Option(
    "until",
    Group.WATCHING,
    "stop watching when every run passes this check, see docs/checks.md",
    "CHECK",
)

# What a configuration file and the environment may set.
CONFIGURABLE = (LOGDIR, *OPTIONS, OUTPUT, OPEN, WATCH, UNTIL_IDLE, UNTIL, QUIET, VERBOSE)
