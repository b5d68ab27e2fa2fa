"""Errors that the user can correct: each message is one line that says how.

ReportgenError
├── UsageError      an argument or option cannot be understood
├── InputError      a path holds no logs, or cannot be read
├── OutputError     a report cannot be written to the place that was asked for
├── SendError       a mail was written but could not be sent
└── DependencyError an optional package is needed and not installed
"""


class ReportgenError(Exception):
    """The base of all errors that the user can correct."""


class UsageError(ReportgenError):
    """An argument or option cannot be understood."""


class InputError(ReportgenError):
    """A path does not exist, holds no log, or cannot be read; or a frame has not what is needed."""


class OutputError(ReportgenError):
    """A report cannot be written to the place that was asked for."""


class SendError(ReportgenError):
    """A mail was written but could not be sent."""


class DependencyError(ReportgenError):
    """An optional package is needed and not installed."""


class InternalError(Exception):
    """An error of ours, which is no `ReportgenError`: an output could not be made."""
