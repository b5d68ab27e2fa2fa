"""Checks: what the user asks of the numbers of every run, "best val/accuracy >= 0.95"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportgen import wording
from reportgen.errors import UsageError

_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
# A tag may hold anything, so the check is read from its end.
_CHECK = re.compile(
    r"\s*(?:(?P<kind>best|last)\s+)?(?P<tag>\S.*?)\s*(?P<op>>=|<=|>|<)\s*"
    rf"(?:(?P<number>[-+]?{_NUMBER})"
    rf"|(?P<baseline>baseline)(?:\s*(?P<sign>[-+])\s*(?P<distance>{_NUMBER})\s*(?P<percent>%)?)?)"
    r"\s*"
)
_HOW = (
    'write "[best|last] TAG >= NUMBER", or <=, > or <; in the number\'s place may stand '
    '"baseline", "baseline - 0.01" or "baseline + 5%"'
)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a value is held against.

    Attributes:
        number: the limit itself, or its distance from the baseline's value.
        relative: whether it is that distance.
        percent: whether the distance is in percent of the size of the baseline's value.
    """

    number: float
    relative: bool = False
    percent: bool = False

    def of(self, base: float) -> float:
        """The limit where the baseline's value is `base`."""
        if not self.relative:
            return self.number
        return base + (self.number / 100 * abs(base) if self.percent else self.number)


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        text: as given, in one line.
        kind: "best", "last" or "": the best where a way is better, else the last.
        tag: as logged, or as the summary names a metric and its split.
        op: ">=", "<=", ">" or "<".
    """

    text: str
    kind: str
    tag: str
    op: str
    limit: Limit

    @property
    def against(self) -> str:
        """What the limit is relative to, in words: "baseline + 5%"; "" for a number."""
        if not self.limit.relative:
            return ""
        size = wording.number(abs(self.limit.number), 6) + "%" * self.limit.percent
        sign = "\N{MINUS SIGN}" if self.limit.number < 0 else "+"
        return f"baseline {sign} {size}" if self.limit.number else "baseline"


def parse_checks(texts: Iterable[str], baseline: str) -> tuple[Check, ...]:
    """Reads checks, `[best|last] TAG OP LIMIT` each; one that is given twice counts once.

    Args:
        texts: as given.
        baseline: what names the baseline; "" where there is none.

    Raises:
        UsageError: one cannot be understood, or is relative to a baseline that is not named.
    """
    lines = dict.fromkeys(" ".join(text.split()) for text in texts)
    return tuple(_parsed(line, baseline) for line in lines)


def _parsed(text: str, baseline: str) -> Check:
    found = _CHECK.fullmatch(text)
    if not found:
        raise UsageError(f"--check {wording.clipped(text, 200)}: not understood; {_HOW}")
    if found["baseline"] and not baseline:
        raise UsageError(f"--check {wording.clipped(text, 200)}: add --baseline RUN")
    number = float(found["number"] or (found["sign"] or "") + (found["distance"] or "0"))
    limit = Limit(number, bool(found["baseline"]), bool(found["percent"]))
    return Check(text, found["kind"] or "", found["tag"], found["op"], limit)
