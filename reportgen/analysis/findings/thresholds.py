"""Thresholds of the rules, and how a user sets them: `loss-spike.z=10`, `straggler=off`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from reportgen import wording
from reportgen.errors import UsageError

Limits = Mapping[str, float]  # the thresholds of one rule, by name


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number that a rule compares with.

    Attributes:
        name: within its rule.
        default: the value that is used where the user sets none.
        meaning: what is compared with it, in a few words.
        source: where the default comes from.
        minimum, maximum: the range of values that make sense.
    """

    name: str
    default: float
    meaning: str
    source: str
    minimum: float = 0.0
    maximum: float = math.inf


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What the user set of the rules.

    Attributes:
        thresholds: by "RULE.NAME"; those that are not in it have their defaults.
        enabled: whether a rule is on, by its name; those that are not in it are as they come.
    """

    thresholds: Mapping[str, float]
    enabled: Mapping[str, bool]


def parse_settings(
    words: Iterable[str], table: Mapping[str, Mapping[str, Threshold]]
) -> RuleSettings:
    """Return the settings that `RULE.NAME=NUMBER` and `RULE=on` or `RULE=off` ask for.

    Args:
        words: as given; of two for the same setting, the last counts.
        table: the thresholds by rule and name.

    Raises:
        UsageError: an entry has another form, names no rule or threshold, or is out of range.
    """
    thresholds: dict[str, float] = {}
    enabled: dict[str, bool] = {}
    for word in words:
        name, equals, value = (piece.strip() for piece in word.partition("="))
        rule, dot, threshold = name.partition(".")
        if not equals or not value:
            raise UsageError(
                f"--rule {wording.clipped(word)}: write RULE=on, RULE=off or RULE.THRESHOLD=NUMBER"
            )
        _require(rule, table, f"--rule {wording.clipped(word)}: no rule {rule!r}")
        if dot:
            limits = table[rule]
            _require(
                threshold, limits, f"--rule {wording.clipped(word)}: {rule} has no {threshold!r}"
            )
            thresholds[name] = _number(word, value, limits[threshold])
        elif value in {"on", "off"}:
            enabled[rule] = value == "on"
        else:
            raise UsageError(f"--rule {wording.clipped(word)}: a rule is on or off")
    return RuleSettings(thresholds, enabled)


def limits_of(rule: str, table: Iterable[Threshold], thresholds: Mapping[str, float]) -> Limits:
    """Return the thresholds of one rule: the user's, else the defaults."""
    return {
        threshold.name: thresholds.get(f"{rule}.{threshold.name}", threshold.default)
        for threshold in table
    }


def _require(name: str, names: Iterable[str], message: str) -> None:
    listed = list(names)
    if name in listed:
        return
    close = get_close_matches(name, listed, 1)
    hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(listed) or 'none'}"
    raise UsageError(f"{message}; {hint}")


def _number(word: str, value: str, threshold: Threshold) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not threshold.minimum <= number <= threshold.maximum:
        low, high = wording.number(threshold.minimum), wording.number(threshold.maximum)
        raise UsageError(f"--rule {wording.clipped(word)}: not a number from {low} to {high}")
    return number
