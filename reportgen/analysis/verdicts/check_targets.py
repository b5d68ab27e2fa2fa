"""What a check is about: the runs it is tried on, and the tag or fact it measures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np

from reportgen import wording
from reportgen.analysis.verdicts.checks import (
    Check,
    NoiseLimit,
    NumberLimit,
    ValueCheck,
)
from reportgen.analysis.verdicts.run_values import (
    RUN_FACTS,
    RunFact,
    RunValues,
    Series,
    all_tags,
)
from reportgen.errors import UsageError
from reportgen.selection import selection

_MAX_TAGS = 10_000  # that are searched for one like another

_MAX_FRACTION = 1.5  # a tag with greater values is logged in percent or no fraction at all


def matching_runs(check: Check, runs: Sequence[RunValues]) -> list[RunValues]:
    """Return the runs that a check is about, by their own name or that of their group.

    Raises:
        UsageError: there is none.
    """
    if not check.pattern:
        return list(runs)
    chosen = selection(check.pattern)
    selected = [
        run
        for run in runs
        if check.pattern in {run.name, run.seed_group}
        or chosen(run.name)
        or (run.seed_group and chosen(run.seed_group))
    ]
    if not selected:
        names = [name for run in runs for name in (run.seed_group, run.name) if name]
        raise UsageError(
            f"--check {wording.clipped(check.text, 200)}: no run matches "
            f"{wording.clipped(check.pattern)}{_suggested(check.pattern, names)}"
        )
    return selected


def checked_fact(check: ValueCheck, runs: Sequence[RunValues]) -> RunFact | None:
    """Return the fact of a run that a check is about; None where its tag was logged.

    Raises:
        UsageError: neither is it a fact, nor was it logged by any run.
    """
    if any(run.find(check.tag) for run in runs):
        return None
    if check.tag in RUN_FACTS:
        return check.tag
    tags = [*all_tags(runs)[:_MAX_TAGS], *RUN_FACTS]
    raise UsageError(
        f"--check {wording.clipped(check.text, 200)}: no run logged "
        f"{wording.clipped(check.tag)}{_suggested(check.tag, tags)}"
    )


def _suggested(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, 1)
    return f"; did you mean {wording.clipped(near[0])}?" if near else ""


def refuse_misfits(check: ValueCheck, runs: Sequence[RunValues], fact: RunFact | None) -> None:
    """Raise UsageError where a check asks of a number what it cannot say."""
    text, tag = wording.clipped(check.text, 200), wording.clipped(check.tag)
    if fact and (check.statistic or check.points):
        raise UsageError(f"--check {text}: a run has one {tag}; leave out what is before it")
    limit = check.limit
    if not isinstance(limit, NoiseLimit) and limit.unit and fact != "duration":
        raise UsageError(f"--check {text}: {tag} is not counted in {limit.unit}")
    if not (isinstance(limit, NumberLimit) and limit.percent):
        return
    series = [logged for run in runs if (logged := run.find(check.tag))]
    largest = max((_largest(logged) for logged in series), default=math.inf)
    if fact or largest > _MAX_FRACTION:
        raise UsageError(
            f"--check {text}: {tag} reaches {wording.number(largest)}, so it is no fraction that "
            "a percentage could limit; write the number as it is logged"
        )


def _largest(series: Series) -> float:
    sizes = np.abs(series.logged[np.isfinite(series.logged)])
    stored = [abs(point.value) for point in series.stored.values() if math.isfinite(point.value)]
    return max([float(sizes.max(initial=0.0)), *stored])
