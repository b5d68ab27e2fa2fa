"""URLs and the packages that open them: which driver a protocol needs."""

from __future__ import annotations

import re

_URL = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)  # one letter is a drive
# Package that holds the driver, by protocol.
_DRIVERS = {
    "s3": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
    "sftp": "paramiko",
}


def protocol_of(path: str) -> str:
    """Return the protocol of a URL in lower case; "" for any other path."""
    match = _URL.match(path)
    return match[1].lower() if match else ""


def missing_driver(protocol: str, error: ImportError) -> str:
    """Return what to do about a driver that cannot be imported.

    Args:
        protocol: of the URL.
        error: what importing it raised.
    """
    driver = _DRIVERS.get(protocol)
    solution = f"pip install {driver}" if driver else str(error)
    return f"the driver for {protocol} is missing; {solution}"
