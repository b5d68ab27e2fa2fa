"""The best run: which one leads in the first metric and with what value, in sentences."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen import wording
from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.report.digits import decimals, fixed
from reportgen.wording import clipped

_MAX_TIED = 4  # runs that are named


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence on the best run beside the baseline, its number apart."""

    before: str
    number: str
    after: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.number}{self.after}"


def lead(ranking: Summary) -> Lead | None:
    """Return what the best run reached in the first metric; None without a value of it."""
    first = _first(ranking)
    if first is None or not first[0].direction or math.isnan(first[2].value):
        return None
    key, run, reached = first
    baseline = ", the baseline," if run.group == ranking.baseline else ""
    return Lead(
        before=f"Best {clipped(key.tag)} ",
        number=fixed(reached.value, decimals(ranking, 0)),
        after=f" in {clipped(run.name)}{baseline}{_where(reached)}"
        f"{compared_with_baseline(ranking, run.group, reached.value)}.",
    )


def phrase(ranking: Summary) -> str:
    """Return the best run and its value in a few words; "" without a value of it."""
    first = _first(ranking)
    if first is None:
        return ""
    key, run, reached = first
    value = reached.last if math.isnan(reached.value) else reached.value
    return f"{clipped(run.name, 40)}, {clipped(key.tag, 40)} {wording.number(value)}"


def sentence(ranking: Summary) -> str:
    """Return which of how many runs leads, whether noise decides that, or why none does."""
    if not ranking.metrics or not ranking.runs:
        return ranking.reason or "No scalar was logged."
    first = _first(ranking)
    tag = clipped(ranking.metrics[0].tag)
    if first is None or (first[0].direction and math.isnan(first[2].value)):
        return f"{tag} holds no finite value."
    key, run, reached = first
    name = clipped(run.name)
    if not key.direction:
        return f"{tag} is {wording.number(reached.last)} at the end of {name}."
    value = wording.number(reached.value)
    values = {row.name: row.reached[0].value for row in ranking.runs if row.reached[0]}
    if len(values) == 1:
        return f"{name} reached {tag} {value}{_where(reached)}."
    runs = wording.count(len(values), "run")
    level = [clipped(group) for group, other in values.items() if other == reached.value]
    if len(level) > 1:
        return f"{wording.listing(level)} share the best {tag} of {runs}: {value}."
    return (
        f"{name} leads {runs}, one seed each: {tag} {value}{_where(reached)}{noise_text(ranking)}."
    )


def noise_text(ranking: Summary, most: int = _MAX_TIED) -> str:
    """Return which runs the noise does not tell from the first; "" if it tells all.

    Args:
        ranking: of the runs.
        most: how many of them are named.
    """
    names = [clipped(group) for group in ranking.tied]
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    return f"; {wording.listing(names, most)} {verb} inside the noise between evaluations"


def _where(reached: Reached) -> str:
    """Return which value it is: " at step 10", or " (last 5 evaluations)"."""
    ranked = reached.ranked
    if ranked.at_end:
        return f" ({ranked.kind})"
    if ranked.level.points > 1:
        return f" ({ranked.kind}, about step {ranked.step:,})"
    return f" at step {ranked.step:,}"


def _first(ranking: Summary) -> tuple[KeyMetric, RunSummary, Reached] | None:
    """Return the first metric, the first run, and what that reached in it; None without."""
    if not ranking.metrics or not ranking.runs:
        return None
    run = ranking.runs[0]
    reached = run.reached[0]
    return (ranking.metrics[0], run, reached) if reached else None


def compared_with_baseline(ranking: Summary, group: str, value: float) -> str:
    """Return how far above or below the baseline's value a value is."""
    if ranking.baseline in {"", group}:
        return ""
    difference = value - ranking.base(0)
    if math.isnan(difference):
        return "; the baseline has no value of it"
    if not difference:
        return ", level with the baseline"
    size = fixed(abs(difference), decimals(ranking, 0))
    return f", {size} {'above' if difference > 0 else 'below'} the baseline"
