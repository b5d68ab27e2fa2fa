"""Reports of very many runs, tags, pictures or histograms: time and memory of the whole command.

    pip install -e . -r benchmarks/requirements.txt
    python benchmarks/load.py [--only TEXT] [--share 0.1]

Each case is written once and reported without a cache, in a process of its own, whose seconds of
the clock and of processors, peak memory and size of the page are printed as a row of Markdown.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import inputs
import numpy as np
from PIL import Image


def runs(path: Path, share: float):
    """10,000 runs of 5 tags and 20 steps."""
    for index in range(round(10_000 * share)):
        inputs.scalars(path / f"run_{index:05}", 100, inputs.tags(5), seed=index)


def tags(path: Path, share: float):
    """100,000 tags of 10 steps in one run."""
    count = round(100_000 * share)
    inputs.scalars(path, 10 * count, [f"group{n // 100}/tag{n}" for n in range(count)])


def images(path: Path, share: float):
    """10,000 images of 100 tags."""
    path.mkdir(parents=True)
    random = np.random.default_rng(0)
    stream = io.BytesIO()
    Image.fromarray(random.integers(0, 255, (32, 32, 3), np.uint8)).save(stream, "PNG")
    with (path / inputs.NAME).open("wb") as file:
        file.write(inputs.VERSION)
        for step in range(round(100 * share)):
            for tag in range(100):
                item = inputs.event(step, f"picture{tag}")
                item.summary.value[0].image.encoded_image_string = stream.getvalue()
                file.write(inputs.record(item.SerializeToString()))


def histograms(path: Path, share: float):
    """5,000 histogram tags of 500 steps."""
    path.mkdir(parents=True)
    edges = np.linspace(-1, 1, 30)
    counts = np.arange(30.0)
    with (path / inputs.NAME).open("wb") as file:
        file.write(inputs.VERSION)
        for tag in range(round(5_000 * share)):
            item = inputs.event(0, f"layer{tag}/weights")
            histo = item.summary.value[0].histo
            histo.min, histo.max, histo.num, histo.sum, histo.sum_squares = -1, 1, 435, 0, 300
            histo.bucket_limit.extend(edges)
            histo.bucket.extend(counts)
            for step in range(500):
                item.step, item.wall_time = step, inputs.START + step
                file.write(inputs.record(item.SerializeToString()))


CASES = (runs, tags, images, histograms)


def main():
    """Write, report, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default="")
    parser.add_argument("--share", type=float, default=1.0, help="of each case's size")
    arguments = parser.parse_args()
    print("| case | share | log | clock | processors | peak memory | page |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for case in CASES:
        if arguments.only in case.__name__:
            print(row(case, arguments.share), flush=True)


def row(case, share: float) -> str:
    """Write the logs of a case, report them and return the row."""
    with tempfile.TemporaryDirectory() as folder:
        logs, page = Path(folder, "logs"), Path(folder, "report.html")
        case(logs, share)
        size = sum(path.stat().st_size for path in logs.rglob("*") if path.is_file())
        command = [sys.executable, "-m", "reportgen", logs, "-o", page, "--no-cache", "-q"]
        started = time.perf_counter()
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - started
        if status:
            return f"| {case.__doc__} | {share} | | failed with {status} | | | |"
        cpu = usage.ru_utime + usage.ru_stime
        cells = [
            (case.__doc__ or "").rstrip("."),
            f"{share}",
            f"{size / 1e6:,.0f} MB",
            f"{clock:,.1f} s",
            f"{cpu:,.1f} s",
            f"{usage.ru_maxrss / 1024:,.0f} MB",
            f"{page.stat().st_size / 1e6:,.1f} MB",
        ]
        return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
