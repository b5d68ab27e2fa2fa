"""GitHub Actions: workflow commands that show failed checks and findings on the page of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.wording import clipped, printable

_MAX_ANNOTATIONS = 10  # of one step; GitHub shows no more
_MAX_CHARACTERS = 500


def errors(sentences: Sequence[str]) -> Iterator[str]:
    """Return a workflow command for each of the first checks that failed."""
    return (f"::error title=Check failed::{_message(sentence)}" for sentence in _first(sentences))


def warnings(sentences: Sequence[str]) -> Iterator[str]:
    """Return a workflow command for each of the first findings."""
    return (f"::warning title=Finding::{_message(sentence)}" for sentence in _first(sentences))


def _first(sentences: Sequence[str]) -> Sequence[str]:
    return sentences[:_MAX_ANNOTATIONS]


def _message(sentence: str) -> str:
    return printable(clipped(sentence, _MAX_CHARACTERS)).replace("%", "%25")
