"""GitHub Actions: workflow commands that show failed checks on the page of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.wording import clipped, printable

_MAX_ANNOTATIONS = 10  # of one step; GitHub shows no more
_MAX_CHARACTERS = 500


def errors(sentences: Sequence[str]) -> Iterator[str]:
    """Yield a workflow command for each of the first checks that failed."""
    for sentence in sentences[:_MAX_ANNOTATIONS]:
        message = printable(clipped(sentence, _MAX_CHARACTERS)).replace("%", "%25")
        yield f"::error title=Check failed::{message}"
