"""What a user does not want to be told of: `--ignore "RULE [TAG] [in RUN]"`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.errors import UsageError
from reportgen.selection import EVERY, Selection, selection

_WORD = re.compile(r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<plain>\S+))""")
_FORM = 'write "RULE [TAG] [in RUN]", with quotes around a tag or run that holds spaces'


@dataclass(frozen=True, slots=True)
class Ignore:
    """What is not to be told.

    Attributes:
        text: as given, in one line.
        rule: its name.
        tags, runs: of which; all where no pattern is given.
    """

    text: str
    rule: str
    tags: Selection
    runs: Selection

    def matches(self, finding: Finding) -> bool:
        """Return whether a finding is one of those."""
        in_run = self.runs(finding.run) or self.runs(finding.group)
        return finding.rule == self.rule and self.tags(finding.tag) and in_run


def parse_ignores(texts: Iterable[str], rules: Collection[str]) -> tuple[Ignore, ...]:
    """Return what is to be ignored; tags and runs are globs or /regular expressions/.

    Args:
        texts: `RULE [TAG] [in RUN]` each.
        rules: the names of all rules.

    Raises:
        UsageError: one has another form, or names no rule.
    """
    lines = dict.fromkeys(" ".join(text.split()) for text in texts)
    return tuple(_parsed(line, rules) for line in lines)


def without_ignored(
    findings: Sequence[Finding], ignores: Sequence[Ignore]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings that are told, and those that are ignored, each in order."""
    is_ignored = [any(ignore.matches(finding) for ignore in ignores) for finding in findings]
    pairs = list(zip(findings, is_ignored, strict=True))
    reported = tuple(finding for finding, ignored in pairs if not ignored)
    return reported, tuple(finding for finding, ignored in pairs if ignored)


def _parsed(text: str, rules: Collection[str]) -> Ignore:
    words = [
        (next(word for word in match.groups() if word is not None), match["plain"] is not None)
        for match in _WORD.finditer(text)
    ]
    option = f"--ignore {wording.clipped(text, 200)}"
    if not words:
        raise UsageError(f"{option}: nothing is named; {_FORM}")
    rule = words[0][0]
    if rule not in rules:
        close = get_close_matches(rule, list(rules), 1)
        hint = f"did you mean {close[0]}?" if close else f"rules are: {', '.join(rules)}"
        raise UsageError(f"{option}: no rule {wording.clipped(rule)!r}; {hint}")
    rest = words[1:]
    run = ""
    if len(rest) >= 2 and rest[-2] == ("in", True):
        run, rest = rest[-1][0], rest[:-2]
    if len(rest) > 1 or (rest and rest[-1] == ("in", True)):
        raise UsageError(f"{option}: not understood; {_FORM}")
    tags = selection(rest[0][0]) if rest else EVERY
    return Ignore(text, rule, tags, selection(run) if run else EVERY)
