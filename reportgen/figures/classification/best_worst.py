"""Best and worst: what a caption says of a score that each run has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.figures.canvas.fitted_names import short

_MOST_TOLD = 4


@dataclass(frozen=True, slots=True)
class Told:
    """One run's score at a step, and what else is said of it: "F1 0.838 at threshold 0.5"."""

    run: str
    score: float
    step: int
    detail: str = ""


def listed(name: str, runs: Sequence[Told], *, lower: bool = False) -> str:
    """The score of a few runs, best first; of more, that of the best and of the worst.

    The step stands once where all have the same. The report's table has those that are left out.

    Args:
        name: of the score, as a sentence begins.
        runs: at least one, of scores that are numbers.
        lower: whether a lower score is better.
    """
    ranked = sorted(runs, key=lambda one: one.score if lower else -one.score)
    same = len({one.step for one in runs}) == 1
    where = f" at step {ranked[0].step:,}" if same else ""
    if len(ranked) <= _MOST_TOLD:
        told = [_one(one, same=same) for one in ranked]
        return f"{name}{where}: {wording.listing(told, _MOST_TOLD)}."
    best, worst = (_one(ranked[place], same=same) for place in (0, -1))
    between = wording.count(len(ranked) - 2, "run")
    return f"{name}{where}: best {best}, worst {worst}, {between} between them in the table."


def _one(told: Told, *, same: bool) -> str:
    more = ", ".join(filter(None, ["" if same else f"step {told.step:,}", told.detail]))
    return f"{short(told.run)} {told.score:.3f}{f' ({more})' if more else ''}"
