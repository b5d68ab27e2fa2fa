"""Options: every setting of a report, its default and its help, once."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user may set; the command line and Python fill the same object."""

    title: str = field(
        default="", metadata={"help": "title of the report (default: the log directory's name)"}
    )
    smooth: str = field(
        default="tb:0.6",
        metadata={
            "help": "smoothing of curves: off, tb:WEIGHT (as TensorBoard), ema:STEPS or window:N",
        },
    )
    command: str = field(
        default="", metadata={"help": "the command line, for the provenance footer"}
    )
