"""How often a gate relative to noise alarms falsely, and what it catches, on real runs.

    python benchmarks/gates.py CURVES.csv

CURVES.csv has the columns recipe, run, step and val_loss; runs of one recipe differ by seed. A
draw takes a recipe, some of its runs as the baseline and another as the candidate; other recipes
are the other groups of the logs (all, or with --others some, with up to five runs each). Nothing
has changed, so an alarm is false; the same candidate with a loss that is 4 standard deviations
higher must be caught. Recipes are kept apart by a hash of their names: the third that the method
was tuned on is not drawn from. A recipe is drawn from only if it has eight runs, so that its
deviation is known.
"""

import argparse
import hashlib
import math

import numpy as np
import pandas as pd

from reportgen.analysis.groups.student_t import quantile
from reportgen.analysis.verdicts.prediction_limit import prediction_margin, shrunk_spread

ASKED = 0.05
MIN_RUNS = 8  # of a recipe that is drawn from
OTHER_RUNS = 5  # in each other group, where not all groups are in the logs
SHIFT = 4  # standard deviations


def main():
    """Draw, and print a row for each rule and number of baseline runs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("curves")
    parser.add_argument("--draws", type=int, default=4000)
    parser.add_argument("--tuned", action="store_true", help="the recipes of the tuning instead")
    parser.add_argument("--others", type=int, help="other groups in the logs (default: all)")
    arguments = parser.parse_args()
    recipes = {
        name: values
        for name, values in final_losses(arguments.curves).items()
        if is_tuned(name) == arguments.tuned
    }
    drawn = [name for name, values in recipes.items() if len(values) >= MIN_RUNS]
    deviations = {name: recipes[name].std(ddof=1) for name in drawn}
    typical = math.exp(np.mean(np.log(list(deviations.values()))))
    print(
        f"{len(recipes)} recipes, {len(drawn)} of them with {MIN_RUNS} runs; "
        f"{arguments.draws} draws"
    )
    print(f"rule, baseline runs: false alarms, power at +{SHIFT} sd of the recipe, of a usual one")
    for rule, margin in RULES.items():
        for count in (1, 3):
            rng = np.random.default_rng(count)
            rows = [
                draw(rng, recipes, drawn, count, margin, arguments.others)
                for _ in range(arguments.draws)
            ]
            rows = [row for row in rows if row is not None]
            if not rows:
                print(f"{rule}, {count}: cannot tell")
                continue
            excess = np.array([row[0] for row in rows])
            own_items = np.array([deviations[row[1]] for row in rows])
            rates = (excess > 0, excess + SHIFT * own_items > 0, excess + SHIFT * typical > 0)
            print(f"{rule}, {count}: " + ", ".join(interval(rate) for rate in rates))


def is_tuned(recipe):
    """Return whether the method was tuned on a recipe."""
    return int(hashlib.sha256(recipe.encode()).hexdigest(), 16) % 3 == 0


def final_losses(path):
    """Return the last validation loss of each run by recipe, for recipes with two runs or more."""
    curves = pd.read_csv(path).sort_values("step", kind="stable")
    last = curves.groupby(["recipe", "run"])["val_loss"].last()
    recipes = {name: values.to_numpy() for name, values in last.groupby("recipe")}
    return {name: values for name, values in sorted(recipes.items()) if len(values) > 1}


def draw(rng, recipes, drawn, count, margin, groups):
    """Return how far a candidate lies above its limit, and its recipe; None where nothing tells."""
    name = drawn[rng.integers(len(drawn))]
    candidate, *baseline = rng.permutation(recipes[name])[: count + 1].tolist()
    names = rng.permutation([other for other in recipes if other != name])[:groups]
    runs = None if groups is None else OTHER_RUNS
    others = [rng.permutation(recipes[other])[:runs].tolist() for other in names]
    reach = margin(baseline, others)
    return None if reach is None else (candidate - np.mean(baseline) - reach, name)


def borrowed(baseline, others):
    """The limit of reportgen, `baseline + noise`."""
    spread = shrunk_spread(baseline, others)
    return prediction_margin(spread, len(baseline), 1, ASKED)


def alone(baseline, _others):
    """The classic prediction limit of the baseline's own runs."""
    if len(baseline) < 2:
        return None
    reach = quantile(1 - ASKED, len(baseline) - 1) * math.sqrt(1 + 1 / len(baseline))
    return reach * np.std(baseline, ddof=1)


def two_sigma(baseline, _others):
    """Two standard deviations of the baseline's own runs."""
    return None if len(baseline) < 2 else 2 * np.std(baseline, ddof=1)


RULES = {
    "borrowed spread": borrowed,
    "own spread": alone,
    "two sigma": two_sigma,
    "worse than the baseline": lambda *_: 0.0,
    "tolerance of 1 %": lambda baseline, _: 0.01 * np.mean(baseline),
}


def interval(hits):
    """Return a rate with Wilson's 95 % interval."""
    share, count, z = hits.mean(), len(hits), 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2)
    return f"{share:.3f} [{middle - half:.3f}, {middle + half:.3f}]"


if __name__ == "__main__":
    main()
