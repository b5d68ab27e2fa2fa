"""`non-finite`: values that are NaN or infinite."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold

NAME = "non-finite"
_IS, _HAS = ("is", "are"), ("has", "have")
_POINTS = Threshold(
    "recovery-points",
    3,
    "finite values at the end from which on a series counts as recovered",
    "loss scaling of mixed precision skips a step or two (NVIDIA apex), so single values recover",
    minimum=1,
)
# What may be undefined for a time without harm: the precision of a class that is never predicted,
# a mean over no episodes. Such a series is told of only where it was finite and is no more.
_MUST_BE_FINITE = ("loss", "auxiliary loss", "gradient norm")


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most two findings a run: of what did not recover, and of what did."""
    for run in observations.runs:
        yield from _in_run(run, int(limits[_POINTS.name]))


def _in_run(run: RunLog, recovery: int) -> Iterator[Finding]:
    bad = [series for series in run.series if not series.is_finite.all() and _tells(series)]
    lasting = [series for series in bad if not _recovers(series, recovery)]
    passing = [series for series in bad if _recovers(series, recovery)]
    if lasting:
        first = min(lasting, key=lambda series: (_lasting_from(series), _order(series)))
        yield _lasting(first, _others(lasting, first))
    elif passing:
        first = min(passing, key=lambda series: (_first_bad(series), _order(series)))
        yield _passing(first, _others(passing, first))


def _order(series: Series) -> int:
    """Sort losses before what follows from them."""
    return (*_MUST_BE_FINITE, series.role).index(series.role)


def _others(bad: list[Series], first: Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys(curve.tag for curve in bad if curve.tag != first.tag))


def _tells(series: Series) -> bool:
    """Return whether values that are not finite are a fault in this series."""
    if series.role in _MUST_BE_FINITE:
        return True
    finite = series.is_finite
    if series.role in {"system", "counter", "setting", "step time", "throughput"}:
        return False
    # Else only where it was finite before, and is not at the end.
    return int(finite.sum()) >= 3 and not finite[-3:].any() and bool(finite[:3].all())


def _recovers(series: Series, recovery: int) -> bool:
    if series.is_finite[_start_of_end(series) :].all():
        return True  # the exceptions are earlier
    bad_places = np.flatnonzero(~series.is_finite)
    after = len(series.values) - 1 - int(bad_places[-1])
    return after >= min(recovery, max(1, len(series.values) // 3))


def _first_bad(series: Series) -> int:
    return int(series.steps[np.flatnonzero(~series.is_finite)[0]])


def _lasting_from(series: Series) -> int:
    """Return the step from which on hardly a value is finite."""
    return int(series.steps[_start_of_end(series)])


def _start_of_end(series: Series) -> int:
    """Return the place that splits finite from not finite with the fewest exceptions."""
    finite = series.is_finite.astype(np.int64)
    bad_before = np.concatenate([[0], np.cumsum(1 - finite)])
    good_after = finite.sum() - np.concatenate([[0], np.cumsum(finite)])
    return min(int((bad_before + good_after).argmin()), len(finite) - 1)


def _word(value: float) -> str:
    return "NaN" if np.isnan(value) else "infinite"


def _lasting(series: Series, others: tuple[str, ...]) -> Finding:
    start = _start_of_end(series)
    bad = int((~series.is_finite[start:]).sum())
    before = np.flatnonzero(series.is_finite[:start])
    step, end = int(series.steps[start]), int(series.steps[-1])
    what = _word(float(series.values[start:][~series.is_finite[start:]][0]))
    numbers = {"values": float(bad), "points": float(series.points)}
    if start == 0 or not len(before):
        event = f"{wording.clipped(series.tag)} is {what} from its first value on{_as(_IS, others)}"
        advice = "Check the first batch, the initial weights and the learning rate."
    else:
        last = float(series.values[before[-1]])
        at = int(series.steps[before[-1]])
        numbers |= {"last_finite": last, "last_finite_step": float(at)}
        event = (
            f"{wording.clipped(series.tag)} is {what} from step {wording.amount(step)} on"
            f"{_as(_IS, others)}; its last finite value is {wording.number(last)} at step "
            f"{wording.amount(at)}"
        )
        advice = f"Go back to a checkpoint of step {wording.amount(at)} or before."
    return Finding(
        *(NAME, "error", series.run, series.group, series.tag, step, end, f"{event}.", advice),
        numbers=numbers,
        tags=others,
    )


def _passing(series: Series, others: tuple[str, ...]) -> Finding:
    places = np.flatnonzero(~series.is_finite)
    first, last = int(series.steps[places[0]]), int(series.steps[places[-1]])
    count = len(places)
    where = (
        f"at step {wording.amount(first)}"
        if count == 1
        else f"between steps {wording.amount(first)} and {wording.amount(last)}"
    )
    sentence = (
        f"{wording.clipped(series.tag)} has {wording.count(count, 'value')} that "
        f"{'is' if count == 1 else 'are'} NaN or infinite {where}{_as(_HAS, others)}, and is "
        "finite again after."
    )
    return Finding(
        *(NAME, "note", series.run, series.group, series.tag, first, last, sentence),
        numbers={"values": float(count), "points": float(series.points)},
        tags=others,
    )


def _as(verbs: tuple[str, str], others: tuple[str, ...]) -> str:
    """Return that the same holds for other tags: ", as are a and b"; "" for none."""
    if not others:
        return ""
    names = wording.listing([wording.clipped(tag) for tag in others])
    return f", as {verbs[len(others) > 1]} {names}"


RULE = Rule(NAME, "Values are NaN or infinite.", search, (_POINTS,))
