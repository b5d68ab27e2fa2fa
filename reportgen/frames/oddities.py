"""Health of the values: what is unusual about them, one row of health a run and kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen import wording
from reportgen.arrays import BoolArray, IntArray
from reportgen.frames.health import KINDS, Row, row
from reportgen.series.history import counts, is_sketched, totals

_SHORTEST_PAUSE = 600.0  # seconds
_UNUSUAL = 100  # times the median distance between values
_EPOCH = re.compile(r"(?:^|/)epoch$", re.IGNORECASE)
# Kinds that describe a run and were not logged as values of a tag.
_WITHOUT_VALUES = {"metrics", "graphs", "embeddings"}


def oddities(frames: Mapping[str, pd.DataFrame]) -> list[Row]:
    """Return rows of health on values that are not finite, steps, pauses and tags of two kinds.

    Args:
        frames: by kind; must contain "scalars".
    """
    scalars = frames["scalars"]
    rows = [*_two_kinds(frames)]
    if is_sketched(scalars):
        series_counts = counts(scalars)
        rows += [*_not_finite_of_counts(series_counts), *_steps_of_counts(series_counts)]
        rows.append(row("", "large", totals(scalars)[0]))
    elif len(scalars):
        rows += [*_not_finite(scalars), *_steps(scalars), *_pauses(scalars)]
    return rows


def _not_finite(scalars: pd.DataFrame) -> Iterator[Row]:
    """Yield a row for each run with values that are not finite."""
    bad = scalars[~np.isfinite(scalars["value"].to_numpy())]
    nan = bad["value"].isna()
    yield from _not_finite_of_counts(bad[["run", "tag"]].assign(nan=nan, infinite=~nan))


def _not_finite_of_counts(series_counts: pd.DataFrame) -> Iterator[Row]:
    """Do the same from the numbers of NaN and infinite values by run and tag."""
    bad = series_counts[series_counts["nan"] + series_counts["infinite"] > 0]
    for run, rows in bad.groupby("run", observed=True):
        nan, infinite = int(rows["nan"].sum()), int(rows["infinite"].sum())
        detail = f"{nan:,} NaN, {infinite:,} infinite: {_tags(rows)}"
        yield row(str(run), "not finite", nan + infinite, detail)


def _steps(scalars: pd.DataFrame) -> Iterator[Row]:
    """Yield a row for each run with steps that go back, and with duplicate steps, in a tag."""
    scalars = scalars[~_is_epoch(scalars)]
    series = _session_codes(scalars)
    order = np.argsort(series, kind="stable")
    steps, series = scalars["step"].to_numpy()[order], series[order]
    change = np.diff(steps)
    same_series = series[1:] == series[:-1]
    backwards = order[1:][same_series & (change < 0)]
    repeated = order[1:][same_series & (change == 0)]
    if len(backwards):  # in series that go back, a duplicate need not follow what it repeats
        unordered = np.isin(series, np.unique(series[1:][same_series & (change < 0)]))
        rows = pd.DataFrame({"series": series[unordered], "step": steps[unordered]})
        repeated_in_ordered = repeated[~np.isin(repeated, order[unordered])]
        repeated_in_unordered = order[unordered][rows.duplicated().to_numpy()]
        repeated = np.concatenate([repeated_in_ordered, repeated_in_unordered])
    for kind, indices in (("backwards", backwards), ("repeated", repeated)):
        for run, rows in scalars.iloc[np.sort(indices)].groupby("run", observed=True):
            yield row(str(run), kind, len(rows), f"{KINDS[kind]}: {_tags(rows)}")


def _steps_of_counts(series_counts: pd.DataFrame) -> Iterator[Row]:
    """Do the same from counts, which do not say how many steps repeat after steps go back."""
    series_counts = series_counts[~_is_epoch(series_counts)]
    unordered = series_counts["backwards"] > 0
    repeated = ~unordered & (series_counts["repeated"] > 0)
    for kind, concerned in (("backwards", unordered), ("repeated", repeated)):
        for run, rows in series_counts[concerned].groupby("run", observed=True):
            detail = f"{KINDS[kind]}: {_tags(rows)}"
            yield row(str(run), kind, int(rows[kind].sum()), detail)


def _is_epoch(rows: pd.DataFrame) -> BoolArray:
    """Return which rows are of a counter of epochs, which Lightning logs several times a step."""
    tags = rows["tag"].cat
    is_epoch = np.array([_EPOCH.search(str(tag)) is not None for tag in tags.categories], np.bool_)
    return is_epoch[tags.codes.to_numpy()]


def _series_codes(frame: pd.DataFrame) -> IntArray | NDArray[np.uint16]:
    """Return a number for each row's run and tag, (n,); 16 bits are sorted much faster."""
    run, tag = frame["run"].cat, frame["tag"].cat
    tags = len(tag.categories)
    codes: IntArray = run.codes.to_numpy(np.int64) * tags + tag.codes.to_numpy(np.int64)
    return codes.astype(np.uint16) if len(run.categories) * tags < 1 << 16 else codes


def _session_codes(scalars: pd.DataFrame) -> IntArray | NDArray[np.uint16]:
    """Return a number for each row's run, tag and session, (n,)."""
    codes, sessions = _series_codes(scalars), scalars["session"].to_numpy()
    count = int(sessions.max(initial=0)) + 1
    return codes if count == 1 else codes.astype(np.int64) * count + sessions


def _pauses(scalars: pd.DataFrame) -> Iterator[Row]:
    """Yield a row for each run in which nothing was logged for much longer than usual."""
    times = scalars["wall_time"].to_numpy()
    times = np.where(np.abs(times) < wording.END_OF_TIME, times, np.nan)
    runs, sessions = scalars["run"].cat.codes.to_numpy(), scalars["session"].to_numpy()
    gaps = np.diff(times)
    apart = (runs[1:] != runs[:-1]) | (sessions[1:] != sessions[:-1])
    gaps[apart | (times[:-1] <= 0)] = 0
    for code in np.unique(runs[1:][gaps > _SHORTEST_PAUSE]):
        run_gaps = gaps[runs[1:] == code]
        usual = float(np.median(run_gaps[run_gaps > 0]))
        pauses = run_gaps[run_gaps > max(_SHORTEST_PAUSE, _UNUSUAL * usual)]
        if len(pauses):
            longest = wording.duration(float(pauses.max()))
            detail = f"{KINDS['pause']}; the longest pause lasted {longest}"
            name = str(scalars["run"].cat.categories[code])
            yield row(name, "pause", len(pauses), detail)


def _two_kinds(frames: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Yield a row for each run with tags that occur in more than one frame."""
    of_values = [frame for kind, frame in frames.items() if kind not in _WITHOUT_VALUES]
    tagged = [frame for frame in of_values if "tag" in frame and len(frame)]
    if not tagged:
        return
    series = pd.concat([_series(frame) for frame in tagged], ignore_index=True)
    for run, rows in series[series.duplicated()].drop_duplicates().groupby("run"):
        yield row(str(run), "two kinds", len(rows), f"{KINDS['two kinds']}: {_tags(rows)}")


def _series(frame: pd.DataFrame) -> pd.DataFrame:
    """Return each run and tag of a frame once."""
    run, tag = frame["run"].cat.categories, frame["tag"].cat.categories
    codes = pd.unique(_series_codes(frame))
    return pd.DataFrame({"run": run[codes // len(tag)], "tag": tag[codes % len(tag)]})


def _tags(rows: pd.DataFrame) -> str:
    return wording.listing(sorted(set(rows["tag"].astype(str))))
