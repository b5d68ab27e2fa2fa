"""Fit a line by gradient descent and watch its two parameters arrive.

Uses torch's SummaryWriter where torch is installed, and tensorboardX elsewhere: the reports are
the same.
"""

import argparse

import numpy as np

try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:
    from tensorboardX import SummaryWriter


def main():
    """Fit y = 3x - 1 to noisy points."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", default="runs/regression")
    parser.add_argument("--epochs", type=int, default=150)
    arguments = parser.parse_args()

    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, 200)
    y = 3 * x - 1 + rng.normal(0, 0.3, 200)
    slope = intercept = 0.0
    with SummaryWriter(arguments.directory) as writer:
        for epoch in range(arguments.epochs):
            batch = rng.choice(200, 32, replace=False)
            residual = slope * x[batch] + intercept - y[batch]
            slope -= 0.1 * (residual * x[batch]).mean()
            intercept -= 0.1 * residual.mean()
            writer.add_scalar("train/mse", (residual**2).mean(), epoch)
            writer.add_scalar("parameters/slope", slope, epoch)
            writer.add_scalar("parameters/intercept", intercept, epoch)
            if epoch % 15 == 0:
                writer.add_histogram("residuals", slope * x + intercept - y, epoch)
    print(f"Now: reportgen {arguments.directory} -o report.html")


if __name__ == "__main__":
    main()
