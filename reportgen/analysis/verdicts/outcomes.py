"""Outcomes: which runs meet which checks, and by which values."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis.best import best_place
from reportgen.analysis.metric_catalogue import describe
from reportgen.analysis.summary import SPLIT_ORDER
from reportgen.analysis.verdicts.checks import Check
from reportgen.errors import UsageError

_MOST_TAGS = 10_000  # that are looked at for one like another
_MEETS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check of one run group.

    Attributes:
        run: the group; "" where there was none to try the check on.
        kind: which value was tried, "best" or "last"; "" where nobody logged the tag.
        value, step: of the run; NaN and -1 where no value is finite.
        limit: NaN where the baseline has no finite value.
        passed: never where a value is not finite.
        alike: the tag that is most like one that nobody logged; "" where none is.
    """

    check: Check
    run: str = ""
    kind: str = ""
    value: float = math.nan
    step: int = -1
    limit: float = math.nan
    passed: bool = False
    alike: str = ""


def outcomes(
    checks: Sequence[Check], scalars: pd.DataFrame, groups: Sequence[str], baseline: str
) -> tuple[Outcome, ...]:
    """What comes of each check, run group by run group; at least one outcome a check.

    A check is tried on every group that logged its tag; on the baseline only where its limit is a
    number. `val/accuracy` is also what was logged as `val_accuracy`, or as `accuracy` in a
    directory `val`, where a run has not that very tag. A tag that a group logged for several splits
    is that of the held-out data.

    Args:
        checks: what is asked.
        scalars: annotated, see `reportgen.analysis.annotated`.
        groups: names of all run groups, in the order of the outcomes.
        baseline: the group that limits are relative to; "" for none.

    Raises:
        UsageError: the best of a tag is asked for, and which way is better is not known.
    """
    return tuple(one for check in checks for one in _tried(check, scalars, groups, baseline))


def _tried(
    check: Check, scalars: pd.DataFrame, groups: Sequence[str], baseline: str
) -> Iterator[Outcome]:
    held = {group: _measured(check, rows) for group, rows in _logged(check.tag, scalars)}
    base = held[baseline][1] if baseline in held else math.nan
    limit = check.limit.of(base)
    tried = [
        group
        for group in groups
        if group in held and not (check.limit.relative and group == baseline)
    ]
    for group in tried:
        kind, value, step = held[group]
        yield Outcome(check, group, kind, value, step, limit, _met(check, value, limit))
    if not tried and held:  # by the baseline alone
        yield Outcome(check, kind=held[baseline][0], limit=limit)
    elif not tried:
        tags = scalars["tag"].astype("category").cat.categories
        alike = get_close_matches(check.tag, [str(tag) for tag in tags[:_MOST_TAGS]], 1)
        yield Outcome(check, alike="".join(alike))


def _logged(tag: str, scalars: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each run group that a check of a tag is about."""
    wanted = describe(tag)
    alike = (scalars["metric"] == wanted.name) & (scalars["split"] == wanted.split)
    rows = scalars[(scalars["tag"] == tag) | alike]
    for group, own in rows.groupby("group", sort=False, observed=True):
        exact = own[own["tag"] == tag]
        found = own if exact.empty else exact
        splits = [split for split in SPLIT_ORDER if (found["split"] == split).any()]
        yield str(group), found[found["split"] == splits[0]]


def _measured(check: Check, rows: pd.DataFrame) -> tuple[str, float, int]:
    """Which value of a run is tried, the value and its step."""
    values, steps = rows["value"].to_numpy(), rows["step"].to_numpy()
    way = str(rows["direction"].iloc[0])
    kind = check.kind or ("best" if way else "last")
    if kind == "last":
        return kind, float(values[-1]), int(steps[-1])
    if not way:
        tag = wording.clipped(check.tag)
        raise UsageError(
            f"--check {wording.clipped(check.text, 200)}: which way {tag} is better is not known; "
            f"ask for its last value, or add --best {tag}=up or =down"
        )
    place = best_place(values, way)
    if place < 0:
        return kind, math.nan, -1
    return kind, float(values[place]), int(steps[place])


def _met(check: Check, value: float, limit: float) -> bool:
    """Whether a finite value meets a finite limit.

    Most writers log 32 bits, which hold no 0.95 but 0.949999988: such a value is compared with
    the limit as 32 bits hold it.
    """
    if not (math.isfinite(value) and math.isfinite(limit)):
        return False
    with np.errstate(over="ignore"):
        if float(np.float32(value)) == value:
            limit = float(np.float32(limit))
    return bool(_MEETS[check.op](value, limit))
