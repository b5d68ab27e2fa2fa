"""The ranked table of the page: parameters that differ, what each run reached, how it ended."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reportgen import wording
from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.run_ends import RunEnd
from reportgen.analysis.run_parameters import RunParameters, Value
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.figures.canvas.style import RunStyle
from reportgen.report.digits import change, decimals, fixed
from reportgen.report.ranked_strip import ranked_step, ranked_strip, ranked_value
from reportgen.report.table import Cell, Column, Table

MANY_RUNS = 8  # with more, all runs are on one strip and only the first ones are unfolded
_UNFOLDED = 10  # rows of many
_MAX_PARAMETERS = 5  # columns
_MAX_SHARED = 8  # parameters named below the table
_MAX_NAME, _MAX_VALUE = 24, 16  # characters of a parameter
_DARK_DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the table says of runs beside what they reached.

    Attributes:
        parameters: of all runs.
        ends: by run group.
        styles: by run group.
    """

    parameters: RunParameters
    ends: Mapping[str, RunEnd]
    styles: Mapping[str, RunStyle]


def ranked_table(ranking: Summary, facts: RunFacts) -> Table | None:
    """Return one row a run, best first; None without scalars.

    Where no tag says how well the runs did, they are in the order of the logs.
    """
    if not ranking.runs or not (ranking.metrics or ranking.reason):
        return None
    # Runs of other experiments have parameters that none of these has.
    parameters = facts.parameters.among([run.group for run in ranking.runs])
    facts = replace(facts, parameters=parameters)
    columns = _Columns(ranking, facts)
    rows = tuple(tuple(columns.cells(row, rank)) for rank, row in enumerate(ranking.runs, start=1))
    return Table(
        "Runs",
        tuple(columns.headings()),
        rows,
        note=_note(ranking, facts.parameters),
        unfolded=_unfolded(ranking),
        strip=columns.strip,
    )


def shared_text(parameters: RunParameters, runs: int) -> str:
    """Return the line that names the parameters that are the same in all runs; "" without any."""
    if not parameters.shared or runs < 2:
        return ""
    named = [
        f"{wording.clipped(name, _MAX_NAME)} {_value_text(value)}"
        for name, value in parameters.shared[:_MAX_SHARED]
    ]
    left = len(parameters.shared) - len(named)
    rest = [f"{left} more"] if left else []
    count = "both" if runs == 2 else f"all {runs:,}"
    return f"The same in {count}: {' · '.join([*named, *rest])}."


def _unfolded(ranking: Summary) -> tuple[int, ...]:
    """Return the places of the rows that are shown at first: the best, and the baseline."""
    places = range(len(ranking.runs))
    if len(places) <= _UNFOLDED + 2:
        return tuple(places)
    return tuple(
        place
        for place in places
        if place < _UNFOLDED or ranking.runs[place].group == ranking.baseline
    )


def _note(ranking: Summary, parameters: RunParameters) -> str:
    hidden = len(parameters.differing) - _MAX_PARAMETERS
    parts = [] if ranking.metrics else [ranking.reason]
    if hidden > 0:
        parts.append(f"{wording.count(hidden, 'more parameter')} differ.")
    if ranking.baseline and ranking.metrics and not any(key.direction for key in ranking.metrics):
        parts.append(
            "Nothing is compared with the baseline: --best tells which way a tag is better."
        )
    return " ".join(parts)


class _Columns:
    """Makes the columns of a table and the cells under them."""

    def __init__(self, ranking: Summary, facts: RunFacts) -> None:
        self.ranking, self.facts = ranking, facts
        self.places = [decimals(ranking, index) for index in range(len(ranking.metrics))]
        self.first = ranking.metrics[0] if ranking.metrics else None
        self.many = len(ranking.runs) > MANY_RUNS
        self.parameters = facts.parameters.differing[:_MAX_PARAMETERS]
        if len(ranking.runs) < 2:
            self.parameters = ()
        self.strip = ranked_strip(ranking, self.places[0]) if self.many and self.first else None
        self.has_steps = not self.many and any(
            ranked_step(row.reached[0]) >= 0 for row in ranking.runs if self.first
        )

    def headings(self) -> Iterator[Column]:
        """Yield the columns."""
        if self.many:
            yield Column("#", numeric=True)
        yield Column("run")
        for name, _ in self.parameters:
            heading = wording.clipped(name.rpartition("/")[2], _MAX_NAME)
            yield Column(heading, numeric=True, parameter=True)
        if self.first:
            yield from self._metric_headings(self.first)
        if not self.strip:
            yield Column("end", numeric=True)

    def _metric_headings(self, first: KeyMetric) -> Iterator[Column]:
        """Yield the columns of metrics."""
        kind = self.ranking.kind(0)
        ranked = "best" if kind in {"", "best evaluation"} else kind
        name = ranked if first.direction else "last"
        yield Column(name, numeric=True, over=first.tag, ranks=bool(first.direction))
        if first.direction and self.has_steps:
            yield Column("at step", numeric=True)
        if self.ranking.baseline and first.direction:
            yield Column("baseline", numeric=True, over="against")
        if self.strip:
            yield Column(f"all {len(self.ranking.runs)} runs, this one lit", strip=True)
            return
        if first.direction:
            yield Column("last", numeric=True, over=first.tag)
        for key in self.ranking.metrics[1:]:
            yield Column("last", numeric=True, over=key.tag)

    def cells(self, row: RunSummary, rank: int) -> Iterator[Cell]:
        """Yield the cells of a run."""
        color = self.facts.styles[row.group].color
        if self.many:
            yield Cell(f"{rank}", rank)
        is_baseline = row.group == self.ranking.baseline
        name = Cell(row.name, color=color, detail=row.mean_of, run=row.group)
        yield name
        for _, values in self.parameters:
            yield _parameter(values.get(row.group))
        if self.first:
            yield from self._ranked(row, self.first, is_baseline=is_baseline)
        if self.strip:
            reached = row.reached[0]
            value = ranked_value(reached, self.ranking) if reached else math.nan
            yield Cell("", lit=self.strip.place(value), color=color)
            return
        if self.first and self.first.direction:
            yield self._last(row, 0)
        for index in range(1, len(self.ranking.metrics)):
            yield self._last(row, index)
        yield _end(self.facts.ends[row.group], row.seconds)

    def _ranked(self, row: RunSummary, key: KeyMetric, *, is_baseline: bool) -> Iterator[Cell]:
        """Yield what the run reached in the metric that ranks, and how it compares."""
        reached = row.reached[0]
        if not key.direction:
            yield self._last(row, 0)
            return
        if reached is None or math.isnan(reached.value):
            yield Cell("not logged" if reached is None else "none finite")
            if self.has_steps:
                yield Cell("")
            if self.ranking.baseline:
                yield Cell("baseline" if is_baseline else "")
            return
        is_best = len(self.ranking.runs) > 1 and reached.value == self.ranking.best(0)
        yield Cell(fixed(reached.value, self.places[0]), reached.value, best=is_best)
        if self.has_steps:
            step = ranked_step(reached)
            yield Cell(f"{step:,}" if step >= 0 else "", step)
        if self.ranking.baseline:
            yield self._against(reached, is_baseline=is_baseline)

    def _against(self, reached: Reached, *, is_baseline: bool) -> Cell:
        """Return how a value differs from the baseline's, with its sign and in a word."""
        if is_baseline:
            return Cell("baseline", 0.0)
        difference = reached.value - self.ranking.base(0)
        if math.isnan(difference):
            return Cell("")
        if not difference:
            return Cell("the same", 0.0)
        rises = self.ranking.metrics[0].direction == "up"
        tone = "better" if (difference > 0) == rises else "worse"
        return Cell(f"{change(difference, self.places[0])} {tone}", difference, tone=tone)

    def _last(self, row: RunSummary, index: int) -> Cell:
        """Return the last value of a metric, the best of its column in bold."""
        reached = row.reached[index]
        if reached is None:
            return Cell(_DARK_DASH)
        key = self.ranking.metrics[index]
        lasts = [run.reached[index] for run in self.ranking.runs]
        values = [last.last for last in lasts if last and math.isfinite(last.last)]
        choose = max if key.direction == "up" else min
        is_best = bool(key.direction) and len(values) > 1 and reached.last == choose(values)
        return Cell(fixed(reached.last, self.places[index]), reached.last, best=is_best)


def _parameter(value: Value | None) -> Cell:
    if value is None:
        return Cell(_DARK_DASH)
    is_number = isinstance(value, float) and math.isfinite(value)
    return Cell(_value_text(value), float(value) if is_number else None)


def _value_text(value: Value) -> str:
    if not isinstance(value, float):
        return wording.clipped(str(value), _MAX_VALUE)
    if value and abs(value) < 1e-2:
        mantissa, _, exponent = f"{value:.2e}".partition("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
        return text.replace("-", "\N{MINUS SIGN}") if value < 0 else text
    return wording.number(value)


def _end(end: RunEnd, seconds: float) -> Cell:
    """Return how a run ended, in words."""
    if end.bad_step >= 0:
        word = "NaN" if math.isnan(end.bad_value) else "infinite"
        return Cell(f"{word} from {end.bad_step:,}", seconds, tone="worse")
    time = "" if math.isnan(seconds) else wording.duration(seconds)
    state = "finished" if end.has_finished else ""
    text = ", ".join(filter(None, (state, time)))
    return Cell(text, None if math.isnan(seconds) else seconds)
