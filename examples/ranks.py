"""Train on four processes, each with a log of its own, and find the slow one.

Every rank has its own shard of the data and writes to `gpu_0`, `gpu_1`, ...; the gradients are
averaged after each step, so all of them wait for the slowest.
"""

import argparse
import multiprocessing
import time
from pathlib import Path

import numpy as np
from tensorboardX import SummaryWriter

RANKS = 4
SLOW = 2  # this rank has a slower disk


def work(rank, directory, steps, shared, barrier):
    """Train one rank: least squares on a shard."""
    rng = np.random.default_rng(rank)
    x = rng.normal(size=(64, 3))
    y = x @ [1.0, -2.0, 0.5] + rng.normal(0, 0.1, 64)
    gradients = np.frombuffer(shared).reshape(RANKS, 3)
    weights = np.zeros(3)
    with SummaryWriter(str(Path(directory) / f"gpu_{rank}")) as writer:
        for step in range(steps):
            started = time.perf_counter()
            time.sleep(0.008 if rank == SLOW else 0.002)
            residual = x @ weights - y
            gradients[rank] = x.T @ residual / len(x)
            seconds = time.perf_counter() - started
            barrier.wait()
            weights = weights - 0.1 * gradients.mean(axis=0)
            barrier.wait()
            writer.add_scalar("train/loss", (residual**2).mean(), step)
            writer.add_scalar("throughput", len(x) / seconds, step)


def main():
    """Start the ranks and wait for them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", default="runs/ranks")
    parser.add_argument("--epochs", type=int, default=120, help="steps")
    arguments = parser.parse_args()

    shared = multiprocessing.RawArray("d", RANKS * 3)
    barrier = multiprocessing.Barrier(RANKS)
    ranks = [
        multiprocessing.Process(
            target=work, args=(rank, arguments.directory, arguments.epochs, shared, barrier)
        )
        for rank in range(RANKS)
    ]
    for rank in ranks:
        rank.start()
    for rank in ranks:
        rank.join()
    print(f"Now: reportgen {arguments.directory} -o report.html")


if __name__ == "__main__":
    main()
