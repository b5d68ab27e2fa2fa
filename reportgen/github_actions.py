"""Annotations: what a step tells GitHub Actions, so that it stands on the page of the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.wording import clipped, printable

_MOST = 10  # that GitHub shows of one step
_LONGEST = 500  # characters


def errors(sentences: Sequence[str]) -> Iterator[str]:
    """A line for each of the first few checks that failed."""
    for sentence in sentences[:_MOST]:
        message = printable(clipped(sentence, _LONGEST)).replace("%", "%25")
        yield f"::error title=Check failed::{message}"
