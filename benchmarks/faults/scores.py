"""Counts of what was found rightly, wrongly and not at all, and tables of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from faults.cases import Case
from faults.peers import COVERED, PEERS, Logged

from reportgen.analysis.findings.find import find
from reportgen.analysis.findings.finding import SEVERITIES


@dataclass
class Scores:
    """Counts over cases; mistakes in words."""

    by_severity: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_rule: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_kind: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    peers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    mistakes: list[str] = field(default_factory=list)

    def add(self, case: Case) -> None:
        """Count one case."""
        findings = {finding.rule: finding for finding in find(case.experiment)}
        wanted = set().union(*case.expected)
        self.by_kind[case.kind]["cases"] += 1
        for rule, finding in findings.items():
            if rule not in wanted | case.allowed:
                self._count(case, rule, finding.severity, "wrong")
                self.mistakes.append(f"wrong in {case.kind} {case.seed}: {rule}: {finding.line}")
            elif rule in wanted:
                self._count(case, rule, finding.severity, "right")
        for group in case.expected:
            hit = bool(group & set(findings))
            severity = case.severity or "warning"
            name = min(group) if len(group) == 1 else "a failed training"
            for counter in (self.by_rule[name], self.by_kind[case.kind]):
                counter["expected"] += 1
                counter["hit"] += hit
            if not hit:
                self.by_severity[severity]["missed"] += 1
                message = ", ".join(findings) or "nothing"
                self.mistakes.append(f"missed in {case.kind} {case.seed}: {name}; told: {message}")
        self._compare(case, set(findings))

    def _count(self, case: Case, rule: str, severity: str, what: str) -> None:
        self.by_severity[severity][what] += 1
        self.by_rule[rule][what] += 1
        self.by_kind[case.kind][what] += 1

    def _compare(self, case: Case, ours: set[str]) -> None:
        """Count what each of the others says, and ours on the rules that it has."""
        log = Logged(case.experiment)
        wanted = set().union(*case.expected)
        for name, rules in PEERS.items():
            covered = COVERED[name]
            for said, who in ((rules(log), name), (ours & covered, f"reportgen: {name}")):
                self.peers[who]["right"] += len(said & wanted)
                self.peers[who]["wrong"] += len(said - wanted - case.allowed)
                for group in case.expected:
                    if group & covered:
                        self.peers[who]["expected"] += 1
                        self.peers[who]["hit"] += bool(group & said)

    def tables(self) -> str:
        """All counts as tables of Markdown."""
        lines = ["| severity | right | wrong | missed | precision | recall |", "|---|" + "---|" * 5]
        for severity in SEVERITIES:
            n = self.by_severity[severity]
            recall = n["right"] / max(1, n["right"] + n["missed"])
            lines.append(
                f"| {severity} | {n['right']} | {n['wrong']} | {n['missed']} "
                f"| {_precision(n):.3f} | {recall:.3f} |"
            )
        lines += ["", "| rule | right | wrong | precision | recall |", "|---|" + "---|" * 4]
        for rule, n in sorted(self.by_rule.items()):
            recall = f"{n['hit']} of {n['expected']}" if n["expected"] else ""
            precision = f"{_precision(n):.3f}" if n["right"] + n["wrong"] else ""
            lines.append(f"| {rule} | {n['right']} | {n['wrong']} | {precision} | {recall} |")
        lines += ["", "| rules | precision | recall | ours, the same rules |", "|---|---|---|---|"]
        for name in PEERS:
            theirs, ours = self.peers[name], self.peers[f"reportgen: {name}"]
            lines.append(
                f"| {name} | {_precision(theirs):.2f} | {_recall(theirs):.2f} "
                f"| {_precision(ours):.2f}, {_recall(ours):.2f} |"
            )
        return "\n".join(lines)

    def kinds(self) -> str:
        """Counts by kind of case."""
        lines = ["| kind | cases | expected | found | wrong |", "|---|---|---|---|---|"]
        for kind, n in self.by_kind.items():
            lines.append(f"| {kind} | {n['cases']} | {n['expected']} | {n['hit']} | {n['wrong']} |")
        return "\n".join(lines)


def _precision(n: Counter[str]) -> float:
    return n["right"] / max(1, n["right"] + n["wrong"])


def _recall(n: Counter[str]) -> float:
    return n["hit"] / max(1, n["expected"])
