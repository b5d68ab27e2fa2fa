"""How often the findings are right, on runs with real faults and on healthy ones.

    python benchmarks/findings.py
    python benchmarks/findings.py --held-out
    python benchmarks/findings.py --curves nanogpt-val-loss.csv.gz

Small networks are trained, with faults that are made and not drawn, and without; see `faults/`.
The thresholds were tuned on the seeds 0 to 4 of the kinds that are not marked `held_out`. With
`--held-out` what nothing was tuned on is measured: those kinds, and the seeds 5 to 9 of the others.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from faults import broken, healthy
from faults.cases import Case, cases

from reportgen.analysis.findings.finding import SEVERITIES
from reportgen.analysis.findings.find import find

TUNED_SEEDS, FRESH_SEEDS = [0, 1, 2, 3, 4], [5, 6, 7, 8, 9]


def all_cases(held_out: bool, only: str, folder: Path) -> list[Case]:
    """The cases to measure on, trained or from the folder."""
    found = []
    for kind in (*broken.KINDS, *healthy.KINDS):
        if only not in kind.name or (kind.held_out and not held_out):
            continue
        seeds = FRESH_SEEDS if held_out else TUNED_SEEDS
        path = folder / f"{kind.name}-{seeds[0]}.pickle"
        if not path.exists():
            path.write_bytes(pickle.dumps(list(cases([kind], seeds))))
        found += pickle.loads(path.read_bytes())  # noqa: S301
    return found


def main() -> None:
    """Measure and print tables of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--held-out", action="store_true", help="measure what was not tuned on")
    parser.add_argument("--kind", default="", help="only kinds whose name holds this")
    parser.add_argument("--cache", type=Path, help="folder where trained cases are kept")
    parser.add_argument("--verbose", action="store_true", help="print what is wrong")
    arguments = parser.parse_args()
    folder = arguments.cache or Path(tempfile.mkdtemp())
    folder.mkdir(exist_ok=True, parents=True)
    started = time.perf_counter()
    measured = all_cases(arguments.held_out, arguments.kind, folder)
    print(f"{len(measured)} cases in {time.perf_counter() - started:.0f} s\n")
    right, wrong, missed = Counter(), Counter(), Counter()
    by_rule = defaultdict(Counter)
    by_kind = defaultdict(Counter)
    for case in measured:
        found = find(case.experiment)
        rules = {finding.rule: finding for finding in found}
        wanted = set().union(*case.expected) if case.expected else set()
        for rule, finding in rules.items():
            if rule in wanted:
                right[finding.severity] += 1
                by_rule[rule]["right"] += 1
            elif rule not in case.allowed:
                wrong[finding.severity] += 1
                by_rule[rule]["wrong"] += 1
                by_kind[case.kind]["wrong"] += 1
                if arguments.verbose:
                    print("WRONG", case.kind, case.seed, finding.severity, rule, finding.line)
        for group in case.expected:
            hit = group & set(rules)
            by_kind[case.kind]["expected"] += 1
            by_kind[case.kind]["found"] += bool(hit)
            if len(group) == 1:
                by_rule[next(iter(group))]["expected"] += 1
                by_rule[next(iter(group))]["hit"] += bool(hit)
            if not hit:
                severity = case.severity or "warning"
                missed[severity] += 1
                if arguments.verbose:
                    print("MISSED", case.kind, case.seed, sorted(group), sorted(rules))
    print("| severity | right | wrong | missed | precision | recall |\n|---|---|---|---|---|---|")
    for severity in SEVERITIES:
        r, w, m = right[severity], wrong[severity], missed[severity]
        print(f"| {severity} | {r} | {w} | {m} | {r / max(1, r + w):.3f} | {r / max(1, r + m):.3f} |")
    print("\n| rule | right | wrong | precision | recall |\n|---|---|---|---|---|")
    for rule, n in by_rule.items():
        precision = n["right"] / max(1, n["right"] + n["wrong"])
        recall = f"{n['hit']} of {n['expected']}" if n["expected"] else "-"
        print(f"| {rule} | {n['right']} | {n['wrong']} | {precision:.3f} | {recall} |")
    if arguments.verbose:
        print("\n| kind | expected | found | wrong |\n|---|---|---|---|")
        for kind, n in by_kind.items():
            print(f"| {kind} | {n['expected']} | {n['found']} | {n['wrong']} |")


if __name__ == "__main__":
    main()
