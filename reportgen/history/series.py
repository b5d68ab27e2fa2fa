"""The course of each headline metric over the reports of a history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.history.entry import Entry
from reportgen.history.levels import Level, levels

_MAX_SERIES = 12


@dataclass(frozen=True, slots=True)
class MetricSeries:
    """One metric, a value a report that has it.

    Attributes:
        tag: as logged.
        direction: "up", "down" or "" where no way is better.
        entries: the reports that have it, in order.
        values: finite, one each.
        levels: at least one.
    """

    tag: str
    direction: str
    entries: tuple[Entry, ...]
    values: tuple[float, ...]
    levels: tuple[Level, ...]

    @property
    def sentence(self) -> str:
        """What became of it: its last change, or its level."""
        last = self.levels[-1]
        now = wording.number(last.center)
        reports = wording.count(len(self.values), "report")
        if len(self.levels) == 1:
            return f"{self.tag} is {now} (median of {reports}), without a change beyond its noise."
        before = self.levels[-2].center
        word = self._judged(last.center - before)
        return (
            f"{self.tag} {word} from {wording.number(before)} to {now} "
            f"with {when(self.entries[last.start])} ({reports})."
        )

    @property
    def is_worse(self) -> bool:
        """Whether its last change was for the worse."""
        return len(self.levels) > 1 and self._judged(
            self.levels[-1].center - self.levels[-2].center
        ).startswith("worsened")

    def _judged(self, change: float) -> str:
        if self.direction not in {"up", "down"}:
            return "changed"
        return "improved" if (change > 0) == (self.direction == "up") else "worsened"


def metric_series(entries: Sequence[Entry]) -> list[MetricSeries]:
    """Return the course of each headline metric, the most frequent first.

    Args:
        entries: by date.
    """
    tags = Counter(metric.tag for entry in entries for metric in entry.metrics)
    return [_of_tag(tag, entries) for tag, _ in tags.most_common(_MAX_SERIES)]


def _of_tag(tag: str, entries: Sequence[Entry]) -> MetricSeries:
    having = [(entry, metric) for entry in entries for metric in entry.metrics if metric.tag == tag]
    values = tuple(metric.value for _, metric in having)
    return MetricSeries(
        tag,
        having[-1][1].direction,
        tuple(entry for entry, _ in having),
        values,
        tuple(levels(values)),
    )


def when(entry: Entry) -> str:
    """Return how a report is called in a sentence: by its commit and date, or its name."""
    if entry.date is None:
        return wording.clipped(entry.source)
    day = f"the report of {entry.date.day} {entry.date:%b %Y}"
    return f"{day}, commit {entry.commit[:10]}" if entry.commit else day
