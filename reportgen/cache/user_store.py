"""The store in the user's cache directory."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.cache.directory import prepared, user_directory
from reportgen.cache.store import Store

_LOGGER = logging.getLogger("reportgen")


@contextmanager
def user_store(max_bytes: int | None) -> Iterator[Store | None]:
    """Yield the store of the user, which fits its size at the end.

    Args:
        max_bytes: of the store; None for no store. There is none either where its directory
            cannot be used, which is told with --verbose.
    """
    store = _opened(max_bytes) if max_bytes is not None else None
    try:
        yield store
    finally:
        if store is not None:
            store.trim()


def _opened(max_bytes: int) -> Store | None:
    try:
        directory = user_directory(os.environ)
    except RuntimeError as error:
        _LOGGER.debug("no cache: %s", error)
        return None
    return Store(directory, max_bytes) if prepared(directory) else None
