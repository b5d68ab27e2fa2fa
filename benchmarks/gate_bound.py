"""How much any gate relative to noise can catch, whatever its rule.

    python benchmarks/gate_bound.py CURVES.csv

A rule sees the runs of the baseline and says how far above their mean a candidate may lie. Here it
knows more than any real one: the standard deviation of every recipe, though not which of them it
has before it. Losses are normal, and of the recipes one is as probable as another. For each rate
of false alarms the best rule (Neyman and Pearson, for each deviation that a baseline may show) is
computed, and how often it catches a loss that is 4 standard deviations higher; no rule with less
knowledge catches more. Recipes are those that `gates.py` draws from. It needs scipy.
"""

import argparse
import math

import numpy as np
from gates import MIN_RUNS, SHIFT, final_losses, is_tuned
from scipy import stats

RATES = (0.05, 0.06, 0.07, 0.08, 0.1)
POINTS = 600  # of each grid
PRICES = np.geomspace(0.2, 3, 80)  # of a false alarm, in misses


def main():
    """Print the bound for baselines of three runs and of one, and with the deviation known."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("curves")
    parser.add_argument("--tuned", action="store_true", help="the recipes of the tuning instead")
    arguments = parser.parse_args()
    deviations = np.array(
        [
            values.std(ddof=1)
            for name, values in final_losses(arguments.curves).items()
            if is_tuned(name) == arguments.tuned and len(values) >= MIN_RUNS
        ]
    )
    print(f"{len(deviations)} recipes; false alarms: caught at +{SHIFT} sd of the recipe, at most")
    for count in (1, 3):
        for what, alarms, caught in (
            ("deviations of all recipes known", *bound(deviations, count)),
            ("deviation of the recipe known", *bound(np.ones(1), count)),
        ):
            row = ", ".join(f"{rate}: {np.interp(rate, alarms, caught):.3f}" for rate in RATES)
            print(f"{what}, {count}: {row}")


def bound(deviations, count):
    """Return rates of false alarms, rising, and the most that can be caught at each.

    Args:
        deviations: (k,) of the recipes.
        count: runs of the baseline.
    """
    scale = deviations[:, None] * math.sqrt(1 + 1 / count)
    margins = np.geomspace(deviations.min() * 0.3, deviations.max() * 6, POINTS)
    alarms = stats.norm.sf(margins / scale)
    misses = stats.norm.cdf((margins - SHIFT * deviations[:, None]) / scale)
    chances = seen(deviations, count - 1) / len(deviations)  # (k, m) of recipe and deviation seen
    alarms, misses = chances.T @ alarms, chances.T @ misses
    places = np.arange(len(alarms))
    best = [np.argmin(misses + price * alarms, axis=1) for price in PRICES]
    rates = np.array([alarms[places, at].sum() for at in best])
    caught = np.array([1 - misses[places, at].sum() for at in best])
    order = np.argsort(rates, kind="stable")
    return rates[order], caught[order]


def seen(deviations, freedom):
    """Return how probable each deviation of a baseline is in each recipe, (k, m); rows sum to 1."""
    if not freedom:
        return np.ones((len(deviations), 1))
    shown = np.geomspace(deviations.min() * 0.01, deviations.max() * 6, POINTS + 1)
    below = stats.chi2.cdf(freedom * (shown / deviations[:, None]) ** 2, freedom)
    return np.diff(below, axis=1) / (below[:, -1:] - below[:, :1])


if __name__ == "__main__":
    main()
