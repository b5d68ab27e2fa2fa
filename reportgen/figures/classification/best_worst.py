"""Best and worst: the sentence of a caption on a score of every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.figures.canvas.fitted_names import short

_MAX_RUNS = 4


@dataclass(frozen=True, slots=True)
class RunScore:
    """One run's score at a step, with a detail such as "F1 0.838 at threshold 0.5"."""

    run: str
    score: float
    step: int
    detail: str = ""


def listed(name: str, runs: Sequence[RunScore], *, lower: bool = False) -> str:
    """Return a sentence on the scores: all of a few runs, else the best and the worst.

    The step is written once where all runs have the same. The report has a table of all scores.

    Args:
        name: of the score, as a sentence begins.
        runs: at least one; none with a score of NaN.
        lower: whether a lower score is better.
    """
    ranked = sorted(runs, key=lambda score: score.score if lower else -score.score)
    same = len({score.step for score in runs}) == 1
    where = f" at step {ranked[0].step:,}" if same else ""
    if len(ranked) <= _MAX_RUNS:
        texts = [_text(score, same=same) for score in ranked]
        return f"{name}{where}: {wording.listing(texts, _MAX_RUNS)}."
    best, worst = (_text(ranked[place], same=same) for place in (0, -1))
    between = wording.count(len(ranked) - 2, "run")
    return f"{name}{where}: best {best}, worst {worst}, {between} between them in the table."


def _text(score: RunScore, *, same: bool) -> str:
    detail = ", ".join(filter(None, ["" if same else f"step {score.step:,}", score.detail]))
    return f"{short(score.run)} {score.score:.3f}{f' ({detail})' if detail else ''}"
