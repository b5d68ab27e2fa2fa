"""How often the findings are right, on runs with real faults and on healthy ones.

    python benchmarks/findings.py
    python benchmarks/findings.py --held-out
    python benchmarks/findings.py --overfitting
    python benchmarks/findings.py --curves nanogpt-val-loss.csv.gz

Small networks are trained, with faults that are made and not drawn, and without; see `faults/`.
The thresholds were tuned on the seeds 0 to 24. With `--held-out` what nothing was tuned on is
measured: the seeds 25 to 29; of the kinds that `fresh.UNSEEN` lists
no other seeds were tuned on either.
What was trained is kept in a temporary folder, so that the next measurement takes seconds.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from faults import broken, fresh, healthy, later, logs, overfitted, unseen
from faults.cases import Case, cases
from faults.peers import PEERS, Logged
from faults.scores import Scores

from reportgen.analysis.findings.find import find

TUNED_SEEDS = tuple(list(range(start, start + 5)) for start in (0, 5, 10, 15, 20))
FRESH_SEEDS = ([25, 26, 27, 28, 29],)


def all_cases(folder: Path, *, held_out: bool, only: str) -> Iterator[Case]:
    """The cases to measure on, trained or from the folder."""
    kinds = [*broken.KINDS, *healthy.KINDS, *unseen.KINDS, *later.KINDS]
    kinds += fresh.UNSEEN if held_out else []
    for kind in kinds:
        for seeds in FRESH_SEEDS if held_out else TUNED_SEEDS:
            if only not in kind.name:
                continue
            path = folder / f"{kind.name}-{seeds[0]}.pickle"
            if not path.exists():
                path.write_bytes(pickle.dumps(list(cases([kind], seeds))))
            yield from pickle.loads(path.read_bytes())  # noqa: S301 - our own file


def measured(folder: Path, arguments: argparse.Namespace) -> None:
    """Print how often the findings are right."""
    scores = Scores()
    for case in all_cases(folder, held_out=arguments.held_out, only=arguments.kind):
        scores.add(case)
    print(scores.tables())
    if arguments.verbose:
        print("", scores.kinds(), "", *scores.mistakes, sep="\n")


def overfitting() -> None:
    """Print the macro-F1 of overfitting on cases of its own, ours and others'."""
    pairs: dict[str, list[tuple[bool, bool]]] = {name: [] for name in ("reportgen", *PEERS)}
    truths = []
    for name, seed, experiment, truth in overfitted.labelled_cases(FRESH_SEEDS[0]):
        said = any(finding.rule == "overfitting" for finding in find(experiment))
        pairs["reportgen"].append((truth, said))
        for peer, rules in PEERS.items():
            pairs[peer].append((truth, "overfitting" in rules(Logged(experiment))))
        truths.append(truth)
        if said != truth:
            print(f"{'missed' if truth else 'wrong'} in {name}, seed {seed}")
    print(f"{len(truths)} cases, {sum(truths)} overfitted\n\n| rule | macro-F1 |\n|---|---|")
    for name, said in pairs.items():
        print(f"| {name} | {overfitted.macro_f1(said):.3f} |")


def curves(path: Path) -> None:
    """Print what is told of real, healthy validation losses (recipe, run, step, val_loss, ...)."""
    table = pd.read_csv(path)
    told: Counter[str] = Counter()
    runs = 0
    for (recipe, run), rows in table.groupby(["recipe", "run"]):
        ordered = rows.sort_values("step")
        times = logs.BEGIN + ordered["train_time_ms"].to_numpy() / 1000
        log = (ordered["step"].to_numpy(), times, ordered["val_loss"].to_numpy())
        experiment = logs.experiment({"run": logs.Log({"val_loss": log})})
        runs += 1
        for finding in find(experiment):
            told[finding.rule] += 1
            print(recipe, run, finding.line)
    print(f"{runs} runs, {sum(told.values())} findings {dict(told) or ''}")


def main() -> None:
    """Measure and print tables of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--held-out", action="store_true", help="measure what was not tuned on")
    parser.add_argument("--overfitting", action="store_true", help="measure this rule alone")
    parser.add_argument("--curves", type=Path, help="CSV of real validation losses to try")
    parser.add_argument("--kind", default="", help="only kinds whose name holds this")
    parser.add_argument("--verbose", action="store_true", help="print kinds and mistakes too")
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(tempfile.gettempdir(), "reportgen-findings"),
        help="folder where trained cases are kept (default: %(default)s)",
    )
    arguments = parser.parse_args()
    arguments.cache.mkdir(exist_ok=True, parents=True)
    started = time.perf_counter()
    if arguments.curves:
        curves(arguments.curves)
    elif arguments.overfitting:
        overfitting()
    else:
        measured(arguments.cache, arguments)
    print(f"\n{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
