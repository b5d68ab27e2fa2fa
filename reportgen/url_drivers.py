"""URLs and the packages that open them: which driver a protocol needs, and how it is asked."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from typing import Any

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
# A store that is busy (429, 500, 503) or does not answer is asked again, later each time.
_S3_PATIENCE = {
    "connect_timeout": 10,  # seconds
    "read_timeout": 15,
    "retries": {"mode": "standard", "max_attempts": 3},
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


def opened(url: str) -> tuple[Any, str]:
    """Return fsspec's file system of a URL, and the path in it; what the user has set stays.

    Raises:
        ImportError: the driver is not installed.
        ValueError: the protocol is not known.
    """
    fsspec = import_module("fsspec")
    options: dict[str, Any] = {}
    set_by_user = fsspec.config.conf.get("s3", {})
    if protocol_of(url) in {"s3", "s3a"} and "config_kwargs" not in set_by_user:
        options["config_kwargs"] = _S3_PATIENCE
    system, path = fsspec.core.url_to_fs(url, **options)
    if options:
        system.retries = 1  # s3fs would repeat all attempts of its client five times
    return system, path


def counted_requests(system: Any) -> Counter[str]:  # noqa: ANN401
    """Return counts of the requests that S3 gets from now on: listings, others; else empty."""
    counts: Counter[str] = Counter()

    def count(request: Any, **_: object) -> None:  # noqa: ANN401
        counts["listings" if "list-type=" in request.url else "other requests"] += 1

    if "s3" in system.protocol:
        # https://boto3.amazonaws.com/v1/documentation/api/latest/guide/events.html
        system.s3.meta.events.register("before-send.s3", count)
    return counts
