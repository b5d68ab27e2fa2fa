"""Checks as typed values: what the user asks of the runs, after it was understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reportgen import wording

Statistic = Literal["best", "last", "min", "max", "mean", "median"]
Op = Literal[">=", "<=", ">", "<"]
Otherwise = Literal["fail", "warn", "skip"]
Severity = Literal["error", "warning", "note"]

_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class NumberLimit:
    """A number.

    Attributes:
        number: as it is compared: seconds where a unit was given, a hundredth of a percentage.
        percent: whether it was given in percent.
        unit: "s", "min", ... as given; "" without one.
    """

    number: float
    percent: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class BaselineLimit:
    """A distance from the baseline's value.

    Attributes:
        distance: signed; seconds where a unit was given.
        percent: whether it is in percent of the size of the baseline's value.
        unit: "s", "min", ... as given; "" without one.
    """

    distance: float = 0.0
    percent: bool = False
    unit: str = ""

    def of(self, base: float) -> float:
        """Return the limit where the baseline's value is `base`."""
        return base + (self.distance / 100 * abs(base) if self.percent else self.distance)


@dataclass(frozen=True, slots=True)
class NoiseLimit:
    """As far from the baseline as a further run would come by chance.

    Attributes:
        sign: 1 above the baseline, -1 below.
    """

    sign: Literal[1, -1]


Limit = NumberLimit | BaselineLimit | NoiseLimit


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """A number of each run beside a limit.

    Attributes:
        text: as given, in one line.
        statistic: None for the best where a direction is better, else the last.
        points: of how many last points; None for all.
        tag: as logged, or "steps", "duration", "throughput".
        pattern: of runs or groups; "" for all.
        otherwise: "warn" where a failure is only told, "skip" where a run that did not log the
            tag is left out.
    """

    text: str
    statistic: Statistic | None
    points: int | None
    tag: str
    pattern: str
    op: Op
    limit: Limit
    otherwise: Otherwise = "fail"

    @property
    def needs_baseline(self) -> bool:
        """Whether the limit is relative to the baseline."""
        return not isinstance(self.limit, NumberLimit)

    @property
    def against(self) -> str:
        """What the limit is relative to, in words: "baseline + 5%"; "" for a number."""
        if isinstance(self.limit, NumberLimit):
            return ""
        if isinstance(self.limit, NoiseLimit):
            return f"baseline {'+' if self.limit.sign > 0 else _MINUS} noise"
        if not self.limit.distance:
            return "baseline"
        size = abs(self.limit.distance)
        amount = wording.duration(size) if self.limit.unit else wording.number(size, 6)
        sign = "+" if self.limit.distance > 0 else _MINUS
        return f"baseline {sign} {amount}{'%' * self.limit.percent}"


@dataclass(frozen=True, slots=True)
class FindingCheck:
    """That nothing was found.

    Attributes:
        text: as given, in one line.
        severity: the least severe that counts; None where `rule` says what counts.
        rule: the only rule that counts; "" for all but `check-failed`.
        pattern: of runs or groups; "" for all.
    """

    text: str
    severity: Severity | None
    rule: str
    pattern: str


Check = ValueCheck | FindingCheck


def needs_all_points(checks: Iterable[Check]) -> bool:
    """Return whether a check asks for more than the last value and the extremes of a series."""
    return any(
        isinstance(check, ValueCheck)
        and (check.points is not None or check.statistic in {"mean", "median"})
        for check in checks
    )
