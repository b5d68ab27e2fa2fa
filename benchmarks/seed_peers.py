"""What reportgen and others say of the same seeds: which version is best, and is it real?

    pip install -e .[examples] rliable seaborn
    python examples/seeds.py runs/seeds && python benchmarks/seed_peers.py runs/seeds val/loss

rliable and seaborn are called. The rules of W&B and Aim, which draw a chosen centre and range of a
group and no comparison, are applied by hand to the last values of the runs.
"""

from __future__ import annotations

import argparse
import warnings

import matplotlib as mpl
import numpy as np

import reportgen
from reportgen.analysis.groups.superiority import compare

BOOTSTRAPS = 2_000


def main():
    """Print a line for each group and tool."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("logdir")
    parser.add_argument("tag")
    parser.add_argument("--higher-is-better", action="store_true")
    arguments = parser.parse_args()
    mpl.use("agg")
    warnings.simplefilter("ignore")
    report = reportgen.build(reportgen.read(arguments.logdir))
    scalars = report.experiment.scalars.query("tag == @arguments.tag")
    lasts = scalars.sort_values("step").groupby("run", observed=True)["value"].last()
    groups = {
        group.name: np.array([lasts[run] for run in group.runs if run in lasts])
        for group in report.seed_groups.groups
    }
    print("| group | " + " | ".join(TOOLS) + " |")
    print("|---" * (len(TOOLS) + 1) + "|")
    for name, values in groups.items():
        print(f"| {name} | " + " | ".join(tool(values) for tool in TOOLS.values()) + " |")
    print()
    sign = 1 if arguments.higher_is_better else -1
    best = max(groups, key=lambda name: sign * groups[name].mean())
    for name in groups.keys() - {best}:
        print(f"rliable, {best} better than {name}:", improvement(groups[best], groups[name], sign))
        ours = compare(groups[best], groups[name], "up" if sign > 0 else "down")
        print("reportgen:", ours.sentence(best, name))


def rliable_iqm(values):
    """Return the interquartile mean with its stratified bootstrap interval."""
    from rliable import library, metrics

    scores = {"x": values[:, None]}
    centre, interval = library.get_interval_estimates(
        scores, lambda matrix: np.array([metrics.aggregate_iqm(matrix)]), reps=BOOTSTRAPS
    )
    low, high = interval["x"][:, 0]
    return f"{centre['x'][0]:.4f} [{low:.4f}, {high:.4f}]"


def improvement(first, second, sign):
    """Return the probability of improvement with its interval."""
    from rliable import library, metrics

    pair = {"x": (sign * first[:, None], sign * second[:, None])}
    centre, interval = library.get_interval_estimates(
        pair, lambda a, b: np.array([metrics.probability_of_improvement(a, b)]), reps=BOOTSTRAPS
    )
    low, high = interval["x"][:, 0]
    return f"{centre['x'][0]:.2f} [{low:.2f}, {high:.2f}]"


def seaborn_line(values):
    """Return what lineplot draws by default: the mean, and its bootstrap interval."""
    import matplotlib.pyplot as plt
    import seaborn as sns

    axes = sns.lineplot(x=np.zeros(len(values)), y=values, seed=0)
    (line,) = axes.lines
    edges = axes.collections[0].get_paths()[0].vertices[:, 1]
    plt.close()
    return f"{line.get_ydata()[0]:.4f} [{edges.min():.4f}, {edges.max():.4f}]"


def mean_and_range(values):
    """Return the mean, and the least and largest value."""
    return f"{values.mean():.4f} [{values.min():.4f}, {values.max():.4f}]"


def mean_and_deviation(values):
    """Return the mean and the standard deviation, as reportgen's table does."""
    return f"{values.mean():.4f} ± {values.std(ddof=1):.4f}"


TOOLS = {
    "reportgen: mean ± deviation": mean_and_deviation,
    "rliable: interquartile mean [95 %]": rliable_iqm,
    "seaborn: mean [95 %]": seaborn_line,
    "W&B, Aim: mean [least, largest]": mean_and_range,
}


if __name__ == "__main__":
    main()
