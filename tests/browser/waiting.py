"""Waiting for what a page comes to.

Playwright's `wait_for_function` evaluates text within the page, which a report's policy forbids
from the second time on; `evaluate` does so from outside.
"""

import time

import pytest

_LONGEST = 10  # seconds
_PAUSE = 20  # milliseconds


def until(page, expression):
    """Returns once an expression of JavaScript is true in the page."""
    ends = time.monotonic() + _LONGEST
    while not page.evaluate(expression):
        if time.monotonic() > ends:
            pytest.fail(f"never true: {expression}")
        page.wait_for_timeout(_PAUSE)
