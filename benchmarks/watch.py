"""What a round of `--watch` costs where logs have grown by a hundredth, beside the first round.

    python benchmarks/watch.py [--scalars 10000000] [--tags 4] [--runs 1]

Both are made in one process, as the command does. Prints seconds of processors and of the clock,
of the first round, of five rounds after it, and of rounds in which nothing was new.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import tempfile
import time
from pathlib import Path

import inputs

from reportgen.options import Options
from reportgen.watching.follower import Follower

ROUNDS = 5
GROWTH = 0.01


def main():
    """Write logs, watch them grow, and print what the rounds cost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scalars", type=int, default=10_000_000)
    parser.add_argument("--tags", type=int, default=4)
    parser.add_argument("--runs", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        waiting = written(folder / "logs", arguments)
        follower = Follower([str(folder / "report.html")], Options(cache_size="1GB"))
        first = cost(follower, folder)
        later = []
        for _ in range(ROUNDS):
            for path, (content, size) in waiting.items():
                with path.open("ab") as file:
                    file.write(content[:size])
                waiting[path] = (content[size:], size)
            later.append(cost(follower, folder))
        idle = [cost(follower, folder) for _ in range(ROUNDS)]
        size = (folder / "report.html").stat().st_size
    print(f"{platform.machine()}, {os.cpu_count()} cores; page of {size:,} bytes")
    for what, costs in (("first", [first]), ("1 % more", later), ("nothing new", idle)):
        cpu, clock = (statistics.median(column) for column in zip(*costs, strict=True))
        print(f"{what:12} {cpu:7.3f} s of processors ({cpu / first[0]:.3f}), {clock:7.3f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak:,} MB")


def cost(follower, folder):
    """Return the seconds of processors and of the clock that a round takes."""
    cpu, clock = spent(), time.perf_counter()
    follower.look([str(folder / "logs")])
    return spent() - cpu, time.perf_counter() - clock


def spent():
    """Return the seconds of processors that this process and its children took."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in usage)


def written(logs, arguments):
    """Write all but the last parts of each run's file; return these and one's size, by path."""
    each = arguments.scalars // arguments.runs
    waiting = {}
    for run in range(arguments.runs):
        folder = logs / f"run{run}"
        path = folder / inputs.NAME
        inputs.scalars(folder, each, inputs.tags(arguments.tags), seed=run)
        content = path.read_bytes()
        kept = round(len(content) * (1 - GROWTH * ROUNDS))
        os.truncate(path, kept)
        waiting[path] = (content[kept:], round(len(content) * GROWTH))
    return waiting


if __name__ == "__main__":
    main()
