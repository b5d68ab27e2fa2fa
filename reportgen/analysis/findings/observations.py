"""What the rules look at: the series of each run as arrays, and what else was logged beside them.

The rules know nothing of frames or of how a log is read; `reportgen.analysis.findings.observe`
makes this from an Experiment.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reportgen.analysis.contest import Contest
from reportgen.analysis.noise import evaluation_noise
from reportgen.analysis.sessions import Session
from reportgen.arrays import BoolArray, FloatArray, IntArray

HELD_OUT = ("validation", "test")
_CLASSES = ("classes", "num_classes", "n_classes", "num_labels")
MAX_LOSSES = 100  # of a run that rules look at: time must not grow with their square


@dataclass(frozen=True)
class Series:
    """One tag of one run.

    Attributes:
        run, group, tag: as in the frames.
        metric: the tag without its split.
        split: "train", "validation", "test" or "".
        role: what the tag measures, see `reportgen.analysis.findings.roles`.
        direction: "down" (lower is better), "up" or "" (unknown).
        steps, wall_times, values: (n,) each, in the order as logged. Of a large log these are rows
            at even distances, and those that are not finite.
        points: how many values were logged.
        peaks: what to search for short excursions where `values` are only some of the rows: the
            rows of the decimated series, in order; None where `values` are all.
    """

    run: str
    group: str
    tag: str
    metric: str
    split: str
    role: str
    direction: str
    steps: IntArray
    wall_times: FloatArray
    values: FloatArray
    points: int
    peaks: Series | None = None

    @cached_property
    def is_finite(self) -> BoolArray:
        """Which values are finite, (n,)."""
        finite: BoolArray = np.isfinite(self.values)
        return finite

    @cached_property
    def finite(self) -> FloatArray:
        """The finite values, (m,)."""
        return self.values if self.is_finite.all() else self.values[self.is_finite]

    @cached_property
    def finite_steps(self) -> IntArray:
        """The steps of the finite values, (m,)."""
        return self.steps if self.is_finite.all() else self.steps[self.is_finite]

    @cached_property
    def noise(self) -> float:
        """The standard deviation of the finite values around their trend; NaN of fewer than 6."""
        return evaluation_noise(self.finite)

    @property
    def is_positive(self) -> bool:
        """Whether there are finite values and all of them are above 0."""
        return bool(len(self.finite) and self.finite.min() > 0)


@dataclass(frozen=True, slots=True)
class HistogramSeries:
    """The histograms of one tag of one run, in the order as logged.

    Attributes:
        zero_share: the share of values that are 0, (n,); NaN where the bin around 0 is too wide.
        mean_size: the mean absolute value by the middles of the bins, (n,).
    """

    run: str
    group: str
    tag: str
    steps: IntArray
    zero_share: FloatArray
    mean_size: FloatArray


@dataclass(frozen=True, slots=True)
class ConfusionMatrix:
    """The last confusion matrix of one tag of one run: rows actual, columns predicted."""

    run: str
    group: str
    tag: str
    step: int
    counts: FloatArray
    labels: tuple[str, ...]


@dataclass(frozen=True)
class RunLog:
    """A run with its train and validation siblings.

    Attributes:
        group: their common name.
        series: in the order as logged, of the last whole training.
        histograms, confusions: in the order as logged.
        purged: how many values a restart made void.
        parameters: as logged, by name.
        sessions: in order, where several trainings wrote into one directory; else none.
    """

    group: str
    series: tuple[Series, ...]
    histograms: tuple[HistogramSeries, ...] = ()
    confusions: tuple[ConfusionMatrix, ...] = ()
    purged: int = 0
    parameters: Mapping[str, object] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()

    def of_role(self, *roles: str) -> Iterator[Series]:
        """Yield the series of some roles."""
        return (series for series in self.series if series.role in roles)

    @cached_property
    def losses(self) -> tuple[Series, ...]:
        """The losses of which lower is better, the main ones first: at most `MAX_LOSSES`."""
        losses = [series for series in self.of_role("loss") if series.direction == "down"]
        losses.sort(key=lambda series: (series.metric.count("/"), -series.points))
        return tuple(losses[:MAX_LOSSES])

    @cached_property
    def training_losses(self) -> tuple[Series, ...]:
        """The losses that are not of held-out data."""
        return tuple(series for series in self.losses if series.split not in HELD_OUT)

    @cached_property
    def held_out_losses(self) -> tuple[Series, ...]:
        """The losses of held-out data."""
        return tuple(series for series in self.losses if series.split in HELD_OUT)

    @cached_property
    def learning_rate(self) -> Series | None:
        """The learning rate with the most points; None where none was logged."""
        return max(self.of_role("learning rate"), key=lambda series: series.points, default=None)

    @cached_property
    def chance(self) -> float:
        """The loss of guessing, ln(classes); NaN where the number of classes is not known.

        It is that of a confusion matrix, else of a parameter.
        """
        classes = max((len(matrix.counts) for matrix in self.confusions), default=0)
        logged = [self.parameters.get(name) for name in _CLASSES]
        counts = [int(value) for value in logged if isinstance(value, int | float) and value >= 2]
        classes = classes or next(iter(counts), 0)
        return math.log(classes) if classes else math.nan


@dataclass(frozen=True, slots=True)
class RankSet:
    """The ranks of one distributed run: their series by tag, in order of rank."""

    name: str
    ranks: tuple[str, ...]
    series: Mapping[str, tuple[Series, ...]]


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check that a run did not pass, or that could not be decided.

    Attributes:
        text: the check as the user wrote it.
        run: "" where no run has the tag.
        tag: as the check has it.
        step: of the value; -1 where there is none.
        value, limit: NaN where there is none.
    """

    text: str
    run: str
    tag: str
    step: int
    value: float
    limit: float


@dataclass(frozen=True, slots=True)
class Observations:
    """All runs.

    Attributes:
        runs: a run with its siblings each.
        rank_sets: of distributed runs.
        failed_checks: in the order of the checks.
        contests: what the tables rank, one an experiment.
    """

    runs: tuple[RunLog, ...]
    rank_sets: tuple[RankSet, ...] = ()
    failed_checks: tuple[FailedCheck, ...] = ()
    contests: tuple[Contest, ...] = ()

    def series(self) -> Iterable[Series]:
        """Yield the series of all runs."""
        return (series for run in self.runs for series in run.series)
