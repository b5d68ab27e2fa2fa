"""The grammar of checks, read by recursive descent; docs/checks.md states it for users.

check     = value | absence
value     = [statistic] [NUMBER] TAG ["in" PATTERN] OP limit ["or" ("warn" | "skip")]
statistic = "best" | "last" | "min" | "max" | "mean" | "median"
limit     = NUMBER ["%" | UNIT]
| "baseline" [("+" | "-") ("noise" | NUMBER ["%" | UNIT])]
absence   = "no" (["error" | "warning"] "findings" | RULE) ["in" PATTERN]
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import cast, get_args

from reportgen import wording
from reportgen.analysis.verdicts.check_tokens import refusal
from reportgen.analysis.verdicts.checks import (
    BaselineLimit,
    Check,
    FindingCheck,
    Limit,
    NoiseLimit,
    NumberLimit,
    Op,
    Otherwise,
    Severity,
    Statistic,
    ValueCheck,
)
from reportgen.analysis.verdicts.token_reader import TokenReader
from reportgen.errors import UsageError
from reportgen.selection import selection

SECONDS = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
# The rules of findings, whose names are a contract.
RULES = (
    *("non-finite", "loss-spike", "divergence", "not-learning", "overfitting", "still-improving"),
    *("vanishing-gradients", "exploding-gradients", "dead-units", "straggler", "stall", "restart"),
    *("confused-classes", "within-noise", "constant-metric", "rank-mismatch", "odd-layer"),
    "check-failed",
)
_STATISTICS: tuple[Statistic, ...] = get_args(Statistic)
_OPS: tuple[Op, ...] = get_args(Op)
_KEYWORDS = {*_STATISTICS, "in", "or", "no", "warn", "skip", "baseline", "noise"}
_MEANT = {"=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", ">>": ">", "<<": "<"}
_EQUAL = {"=", "==", "!=", "<>", "≠", "==="}


def parse_checks(
    texts: Iterable[str], *, has_baseline: bool, rules: Collection[str] = RULES
) -> tuple[Check, ...]:
    """Return the checks that texts ask for; one that is given twice counts once.

    Args:
        texts: as given.
        has_baseline: whether there is a baseline to compare with.
        rules: names of the rules that can find something.

    Raises:
        UsageError: a check cannot be understood, or needs a baseline that is not named; the
            message points at the column.
    """
    checks = tuple(dict.fromkeys(parse_check(text, rules) for text in texts))
    for check in checks:
        if isinstance(check, ValueCheck) and check.needs_baseline and not has_baseline:
            raise UsageError(f"--check {wording.clipped(check.text, 200)}: add --baseline RUN")
    return checks


def parse_check(text: str, rules: Collection[str] = RULES) -> Check:
    """Return the check that a text asks for, see the grammar above.

    Raises:
        UsageError: it cannot be understood.
    """
    return _Parser(text, rules).check()


class _Parser(TokenReader):
    """Reads one check from left to right; a method a rule of the grammar."""

    def __init__(self, text: str, rules: Collection[str]) -> None:
        super().__init__(text)
        self.line = " ".join(text.split())
        self.rules = rules

    def check(self) -> Check:
        check = self._absence() if self.takes("no") else self._value()
        if self.next.kind != "end":
            after = 'only "or warn" or "or skip"' if isinstance(check, ValueCheck) else "nothing"
            raise self.refusal(f"{after} can follow here")
        return check

    def _value(self) -> ValueCheck:
        statistic = self._statistic()
        points = self._points()
        tag = self._name("tag")
        pattern = self._pattern()
        op = self._op(tag)
        return ValueCheck(
            self.line, statistic, points, tag, pattern, op, self._limit(), self._otherwise()
        )

    def _absence(self) -> FindingCheck:
        severity: Severity | None = None
        rule = ""
        first = self.next
        if self.takes("findings"):
            severity = "note"
        elif first.text in {"error", "warning"} and self.takes(first.text):
            severity = cast("Severity", first.text)
            self.needs("findings")
        else:
            rule = self._rule()
        return FindingCheck(self.line, severity, rule, self._pattern())

    def _statistic(self) -> Statistic | None:
        for statistic in _STATISTICS:
            if self.takes(statistic):
                return statistic
        return None

    def _points(self) -> int | None:
        token = self.next
        if token.kind != "number":
            return None
        if not token.text.isdecimal() or not int(token.text):
            raise self.refusal("expected a number of points, or a tag in double quotes")
        if self.touches_a_name():
            raise self.refusal("a tag that begins with a digit stands in double quotes")
        self.place += 1
        return int(token.text)

    def _name(self, what: str) -> str:
        token = self.next
        if token.kind == "quoted":
            if not token.text.strip():
                raise self.refusal(f"the {what} is empty")
            self.place += 1
            return token.text
        if token.kind == "word" and token.text in _KEYWORDS:
            raise self.refusal(
                f'expected a {what}; one that is named "{token.text}" stands in quotes'
            )
        if token.kind != "word":
            raise self.refusal(f"expected a {what}")
        self.place += 1
        return token.text

    def _pattern(self) -> str:
        if not self.takes("in"):
            return ""
        start = self.next
        pattern = self._name("pattern of runs")
        try:
            selection(pattern)
        except UsageError as error:
            raise refusal(self.text, start.column, str(error)) from error
        return pattern

    def _op(self, tag: str) -> Op:
        token = self.next
        if token.text in _OPS and token.kind == "op":
            self.place += 1
            return token.text
        if token.text in _MEANT and token.kind == "op":
            raise self.refusal(
                f'"{token.text}" is no comparison; did you mean "{_MEANT[token.text]}"?'
            )
        if token.text in _EQUAL and token.kind == "op":
            raise self.refusal(
                f'"{token.text}" is no comparison, as measured values are seldom equal; use '
                ">= or <="
            )
        before, equal, after = tag.partition("=")
        if equal and token.kind == "end":
            raise self.refusal(f'expected >=, <=, > or <; did you mean "{before} >= {after}"?')
        if token.kind in {"word", "number"} and not token.text.startswith(("+", "-")):
            raise self.refusal(
                "expected >=, <=, > or <; a tag with spaces stands in double quotes, as in "
                f'"{wording.clipped(f"{tag} {token.text}", 40)}"'
            )
        raise self.refusal("expected >=, <=, > or <")

    def _limit(self) -> Limit:
        if self.takes("baseline"):
            return self._relative()
        if self.next.kind != "number":
            raise self._no_limit()
        number, percent, unit = self._amount()
        return NumberLimit(number / 100 if percent else number, percent, unit)

    def _relative(self) -> BaselineLimit | NoiseLimit:
        token = self.next
        if token.kind != "sign":
            return BaselineLimit()
        self.place += 1
        sign: float = 1 if token.text == "+" else -1
        if self.takes("noise"):
            return NoiseLimit(1 if sign > 0 else -1)
        if self.next.kind != "number":
            raise self.suggestion('expected a number or "noise"', ["noise"])
        number, percent, unit = self._amount()
        return BaselineLimit(sign * number, percent, unit)

    def _amount(self) -> tuple[float, bool, str]:
        """Read a number with what it is counted in: the number, whether percent, the unit."""
        number = float(self.next.text)
        if not math.isfinite(number):
            raise self.refusal("this number is too large")
        self.place += 1
        if self.next.kind == "percent":
            self.place += 1
            return number, True, ""
        token = self.next
        if token.kind == "word" and token.text in SECONDS:
            self.place += 1
            return number * SECONDS[token.text], False, token.text
        if token.kind == "word" and token.text != "or":
            raise self.suggestion(f"units are %, {', '.join(SECONDS)}", SECONDS)
        return number, False, ""

    def _otherwise(self) -> Otherwise:
        if not self.takes("or"):
            return "fail"
        if self.takes("warn"):
            return "warn"
        if self.takes("skip"):
            return "skip"
        raise self.suggestion('expected "warn" or "skip"', ["warn", "skip"])

    def _rule(self) -> str:
        token = self.next
        if token.kind != "word" or token.text not in self.rules:
            names = ["findings", *self.rules]
            raise self.suggestion('expected "findings" or the name of a rule', names)
        self.place += 1
        return token.text

    def _no_limit(self) -> UsageError:
        if self.next.text == "noise":
            return self.refusal('did you mean "baseline + noise"?')
        return self.suggestion('expected a number or "baseline"', ["baseline"])
