"""Options: every setting of a report, its default and its help, once."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user may set; the command line and Python fill the same object.

    Attributes:
        title: the report's heading; "" for the names of the log directories.
        smooth: smoothing of curves, see `reportgen.frames.transforms`.
        max_size: of the page, see `reportgen.report.budget.parse_size`.
        command: the command line, for the footer; "" where there was none.
    """

    title: str = field(
        default="",
        metadata={
            "metavar": "TEXT",
            "help": "title of the report (default: the log directory's name)",
        },
    )
    smooth: str = field(
        default="tb:0.6",
        metadata={
            "metavar": "METHOD",
            "help": "smoothing of curves: off, tb:WEIGHT (as TensorBoard), ema:STEPS or "
            "window:POINTS (default: %(default)s)",
        },
    )
    max_size: str = field(
        default="5MB",
        metadata={
            "metavar": "SIZE",
            "help": "size of the HTML page from which the least important figures become rows of a "
            "table; off for no limit (default: %(default)s)",
        },
    )
    command: str = ""
