"""Key metrics: what the summary shows of each run, the headline and at most one beside it."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.headline import Candidate, Headline
from reportgen.analysis.reached import KeyMetric

_MAX_METRICS = 2  # of the summary table, where each takes three columns


def key_metrics(headline: Headline) -> tuple[KeyMetric, ...]:
    """Return the metrics of the summary: those that the user names, else the headline and a second.

    The second is the next that measures something else in the other direction, such as the loss
    beside the accuracy.
    """
    candidates = headline.candidates
    if not headline.wanted:
        candidates = candidates[:1] + _second(candidates)
    return tuple(
        KeyMetric(
            candidate.metric.name,
            candidate.metric.split,
            candidate.tag,
            candidate.metric.direction,
            candidate.metric.level,
        )
        for candidate in candidates
    )


def _second(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the metric to show beside the headline, at most one."""
    if not candidates:
        return ()
    first = candidates[0].metric
    others = [
        candidate
        for candidate in candidates[1:]
        if candidate.metric.direction not in {"", first.direction}
        and candidate.metric.words != first.words
    ]
    return tuple(others[: _MAX_METRICS - 1])
