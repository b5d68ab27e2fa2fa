"""The best run: which one leads in the first metric and with what value, in sentences."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen import wording
from reportgen.analysis.summary import KeyMetric, Reached, RunSummary, Summary
from reportgen.report.digits import decimals, fixed
from reportgen.wording import clipped


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
    """Return what the best run reached in the first metric; None without a best value."""
    first = _first(ranking)
    if first is None or math.isnan(first[2].best):
        return None
    key, run, reached = first
    baseline = ", the baseline," if run.group == ranking.baseline else ""
    return Lead(
        before=f"Best {clipped(key.tag)} ",
        number=fixed(reached.best, decimals(ranking, 0)),
        after=f" in {clipped(run.group)}{baseline} at step {reached.best_step:,}"
        f"{_compared(ranking, run.group, reached.best)}.",
    )


def phrase(ranking: Summary) -> str:
    """Return the best run and its value in a few words; "" without a value of it."""
    first = _first(ranking)
    if first is None:
        return ""
    key, run, reached = first
    value = reached.last if math.isnan(reached.best) else reached.best
    return f"{clipped(run.group, 40)}, {clipped(key.tag, 40)} {wording.number(value)}"


def sentence(ranking: Summary) -> str:
    """Return which of how many runs is the best, or why none is."""
    if not ranking.metrics or not ranking.runs:
        return "No scalar was logged."
    first = _first(ranking)
    tag = clipped(ranking.metrics[0].tag)
    if first is None or (first[0].direction and math.isnan(first[2].best)):
        return f"{tag} holds no finite value."
    key, run, reached = first
    name, step = clipped(run.group), f"{reached.best_step:,}"
    if not key.direction:
        return f"{tag} is {wording.number(reached.last)} at the end of {name}."
    value = wording.number(reached.best)
    bests = {row.group: row.reached[0].best for row in ranking.runs if row.reached[0]}
    if len(bests) == 1:
        return f"{name} reached {tag} {value} at step {step}."
    runs = wording.count(len(bests), "run")
    level = [clipped(group) for group, best in bests.items() if best == reached.best]
    if len(level) == 1:
        return f"{name} is the best of {runs}: {tag} {value} at step {step}."
    return f"{wording.listing(level)} share the best {tag} of {runs}: {value}."


def _first(ranking: Summary) -> tuple[KeyMetric, RunSummary, Reached] | None:
    """Return the first metric, the first run, and what that reached in it; None without."""
    if not ranking.metrics or not ranking.runs:
        return None
    run = ranking.runs[0]
    reached = run.reached[0]
    return (ranking.metrics[0], run, reached) if reached else None


def _compared(ranking: Summary, group: str, best: float) -> str:
    """Return how far above or below the baseline's best value a best value is."""
    if ranking.baseline in {"", group}:
        return ""
    difference = best - ranking.base(0)
    if math.isnan(difference):
        return "; the baseline has no value of it"
    if not difference:
        return ", level with the baseline"
    size = fixed(abs(difference), decimals(ranking, 0))
    return f", {size} {'above' if difference > 0 else 'below'} the baseline"
