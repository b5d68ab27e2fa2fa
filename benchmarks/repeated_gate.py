"""How often the gate of examples/seeds.py fails where nothing changed, and where something did.

    python benchmarks/repeated_gate.py

Every repetition trains three versions with five seeds each. A rate of 5 % fails more than 18 of
200 repetitions once in 170 times.
"""

import argparse
import math
import sys
from pathlib import Path

import numpy as np

from reportgen.analysis.verdicts.baseline import find_baseline
from reportgen.analysis.verdicts.check_parser import parse_checks
from reportgen.analysis.verdicts.outcomes import outcomes
from reportgen.analysis.verdicts.run_values import RUN_FACTS, RunValues, Series

sys.path.insert(0, str(Path(__file__).parents[1] / "examples"))
import seeds

CHECKS = parse_checks(["last val/loss <= baseline + noise"], has_baseline=True)


def main():
    """Repeat, and print how many repetitions failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repetitions", type=int, default=200)
    parser.add_argument("--epochs", type=int, default=25)
    arguments = parser.parse_args()
    for name, wrong in (("without", 0.0), ("with", seeds.WRONG_LABELS)):
        failed = sum(
            fails(number, wrong, arguments.epochs) for number in range(arguments.repetitions)
        )
        print(f"{name} the regression: {failed} of {arguments.repetitions} repetitions fail")


def fails(repetition, wrong, epochs):
    """Return whether the gate fails in one repetition of the example."""
    runs = []
    for place, version in enumerate(seeds.VERSIONS):
        share = wrong if version == "new-loader" else 0.0
        for number in range(seeds.SEEDS):
            seed = (repetition * len(seeds.VERSIONS) + place) * seeds.SEEDS + number
            losses = np.array([row[1] for row in seeds.train(seed, share, epochs)])
            series = Series(
                "", "val/loss", "loss", "validation", "down", np.arange(epochs), losses, epochs
            )
            facts = dict.fromkeys(RUN_FACTS, math.nan)
            runs.append(RunValues(f"{version}/seed_{number}", version, (series,), facts))
    results = outcomes(CHECKS, runs, find_baseline(["main"], runs))
    return any(outcome.outcome != "passed" for outcome in results)


if __name__ == "__main__":
    main()
