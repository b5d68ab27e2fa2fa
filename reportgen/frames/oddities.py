"""What is odd in the values themselves: rows of health, one a run and kind of oddity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen import wording
from reportgen.frames.health import KINDS, Row, row
from reportgen.series.history import counts, is_sketched, totals

_LONG = 600.0  # seconds; a shorter pause is none
_ABOUT = {"metrics", "graphs", "embeddings"}  # they do not hold what was logged at a tag
_UNUSUAL = 100  # times the median pause


def oddities(frames: Mapping[str, pd.DataFrame]) -> list[Row]:
    """What is odd: values that are not finite, steps that return, pauses, tags of two kinds.

    Args:
        frames: by kind; each that has tags is looked at, and must hold "scalars".

    Returns:
        Rows of the health frame.
    """
    scalars = frames["scalars"]
    rows = [*_two_kinds(frames)]
    if is_sketched(scalars):
        counted = counts(scalars)
        rows += [*_not_finite_of(counted), *_steps_of(counted)]
        rows.append(row("", "large", totals(scalars)[0]))
    elif len(scalars):
        rows += [*_not_finite(scalars), *_steps(scalars), *_pauses(scalars)]
    return rows


def _not_finite(scalars: pd.DataFrame) -> Iterator[Row]:
    values = scalars["value"].to_numpy()
    odd = scalars[~np.isfinite(values)]
    nan = odd["value"].isna()
    yield from _not_finite_of(odd[["run", "tag"]].assign(nan=nan, infinite=~nan))


def _not_finite_of(counted: pd.DataFrame) -> Iterator[Row]:
    """The same from how many are NaN and infinite, by run and tag."""
    odd = counted[counted["nan"] + counted["infinite"] > 0]
    for run, rows in odd.groupby("run", observed=True):
        nan, infinite = int(rows["nan"].sum()), int(rows["infinite"].sum())
        what = f"{nan:,} NaN, {infinite:,} infinite"
        yield row(str(run), "not finite", nan + infinite, f"{what}: {_tags(rows)}")


def _steps(scalars: pd.DataFrame) -> Iterator[Row]:
    """Steps that go backwards, and those that stand again, within a run and tag."""
    series = _series(scalars)
    order = np.argsort(series, kind="stable")
    steps, series = scalars["step"].to_numpy()[order], series[order]
    change = np.diff(steps)
    same = series[1:] == series[:-1]
    back = order[1:][same & (change < 0)]
    again = order[1:][same & (change == 0)]
    if len(back):  # what returns need not stand next to what it repeats
        wild = np.isin(series, np.unique(series[1:][same & (change < 0)]))
        listed = pd.DataFrame({"series": series[wild], "step": steps[wild]})
        calm = again[~np.isin(again, order[wild])]
        again = np.concatenate([calm, order[wild][listed.duplicated().to_numpy()]])
    for kind, places in (("backwards", back), ("repeated", again)):
        for run, rows in scalars.iloc[np.sort(places)].groupby("run", observed=True):
            yield row(str(run), kind, len(rows), f"{KINDS[kind]}: {_tags(rows)}")


def _steps_of(counted: pd.DataFrame) -> Iterator[Row]:
    """The same from counts; it is not known how often steps that went back stand again."""
    wild = counted["backwards"] > 0
    again = ~wild & (counted["repeated"] > 0)
    for kind, found in (("backwards", wild), ("repeated", again)):
        for run, rows in counted[found].groupby("run", observed=True):
            detail = f"{KINDS[kind]}: {_tags(rows)}"
            yield row(str(run), kind, int(rows[kind].sum()), detail)


def _series(frame: pd.DataFrame) -> NDArray[np.int64] | NDArray[np.uint16]:
    """A number for each run and tag, (n,); small ones are sorted much faster."""
    run, tag = frame["run"].cat, frame["tag"].cat
    count = len(tag.categories)
    found: NDArray[np.int64] = run.codes.to_numpy(np.int64) * count + tag.codes.to_numpy(np.int64)
    return found.astype(np.uint16) if len(run.categories) * count < 1 << 16 else found


def _pauses(scalars: pd.DataFrame) -> Iterator[Row]:
    times = scalars["wall_time"].to_numpy()
    runs = scalars["run"].cat.codes.to_numpy()
    gaps = np.diff(times)
    gaps[(runs[1:] != runs[:-1]) | (times[:-1] <= 0)] = 0
    for code in np.unique(runs[1:][gaps > _LONG]):
        own = gaps[runs[1:] == code]
        pauses = own[own > max(_LONG, _UNUSUAL * float(np.median(own[own > 0])))]
        if len(pauses):
            longest = wording.duration(float(pauses.max()))
            detail = f"{KINDS['pause']}; the longest pause took {longest}"
            name = str(scalars["run"].cat.categories[code])
            yield row(name, "pause", len(pauses), detail)


def _two_kinds(frames: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    logged = [frame for kind, frame in frames.items() if kind not in _ABOUT and "tag" in frame]
    tagged = [frame for frame in logged if len(frame)]
    pairs = pd.concat([_pairs(frame) for frame in tagged], ignore_index=True) if tagged else None
    if pairs is not None:
        for run, rows in pairs[pairs.duplicated()].drop_duplicates().groupby("run"):
            yield row(str(run), "two kinds", len(rows), f"{KINDS['two kinds']}: {_tags(rows)}")


def _pairs(frame: pd.DataFrame) -> pd.DataFrame:
    """Each run and tag of a frame, once."""
    run, tag = frame["run"].cat.categories, frame["tag"].cat.categories
    found = pd.unique(_series(frame))
    return pd.DataFrame({"run": run[found // len(tag)], "tag": tag[found % len(tag)]})


def _tags(rows: pd.DataFrame) -> str:
    return wording.listing(sorted(set(rows["tag"].astype(str))))
