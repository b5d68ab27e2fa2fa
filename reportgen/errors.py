"""What can go wrong and be mended by the user: one line, no traceback.

ReportgenError
├── UsageError      an argument or option cannot be understood
├── InputError      a path holds no logs, or cannot be read
├── OutputError     a report cannot be written where it was asked for
├── SendError       a mail is written but could not be sent
└── DependencyError an optional package is needed and not installed
"""


class ReportgenError(Exception):
    """Anything that the user can act on; the message is one line that says how."""


class UsageError(ReportgenError):
    """An argument or option cannot be understood."""


class InputError(ReportgenError):
    """A path does not exist, holds no log, or cannot be read."""


class OutputError(ReportgenError):
    """A report cannot be written where it was asked for."""


class SendError(ReportgenError):
    """A mail is written but could not be sent."""


class DependencyError(ReportgenError):
    """An optional package is needed and not installed."""
