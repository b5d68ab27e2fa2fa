"""Drawing and whole reports, side by side with what people do instead, in one run.

    pip install -e . -r benchmarks/requirements.txt
    python benchmarks/drawing.py

Each repetition runs every way once, in a process of its own, in turn. Ratios are of medians; where
the machine has other work, those of the processors' own time tell more than those of the clock.
"""

from __future__ import annotations

import argparse
import compileall
import io
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import inputs
import numpy as np
import pandas as pd

import reportgen
from reportgen.series.smoothing import parse_smoothing

HERE = Path(__file__).parent
CHARTS, RUNS, POINTS = 100, 4, 1_000


def frames():
    """The scalars of each chart, annotated as a report has them."""
    random = np.random.default_rng(0)
    steps = np.arange(POINTS)
    for chart in range(CHARTS):
        parts = [
            pd.DataFrame(
                {
                    "run": f"run {run}",
                    "group": f"run {run}",
                    "tag": f"tag {chart}",
                    "split": "",
                    "step": steps,
                    "wall_time": steps / 10.0,
                    "value": np.exp(-steps / 200) + random.uniform(0, 0.1, POINTS) + run / 10,
                }
            )
            for run in range(RUNS)
        ]
        yield pd.concat(parts, ignore_index=True)


def ours(workers: int) -> float:
    """Seconds for all charts, from frames to SVG; the median of their sizes goes to stderr."""
    from reportgen import executor
    from reportgen.figures.canvas.style import run_styles
    from reportgen.figures.curves import curves

    data = list(frames())
    styles = run_styles([f"run {run}" for run in range(RUNS)])
    started = time.perf_counter()
    charts = [
        curves.prepare("loss", rows, styles, "down", parse_smoothing("tb:0.6")) for rows in data
    ]
    with executor.forked(workers) if workers > 1 else executor.InProcess() as where:
        drawn = list(where.map(encoded, charts, chunksize=4))
    taken = time.perf_counter() - started
    print(f"{statistics.median(map(len, drawn)) / 1000:.1f} KB a chart", file=sys.stderr)
    return taken


def encoded(chart):
    """One chart as SVG."""
    from reportgen.figures.encoding import encode

    return encode.svg(chart.draw(), "chart")


def pyplot() -> float:
    """Seconds for the same charts with pyplot, to PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    data = list(frames())
    started = time.perf_counter()
    for rows in data:
        figure, axes = plt.subplots(layout="constrained")
        for _, points in rows.groupby("run"):
            (line,) = axes.plot(points["step"], points["value"], alpha=0.3)
            smooth = points["value"].ewm(alpha=0.4).mean()
            axes.plot(points["step"], smooth, color=line.get_color())
        figure.savefig(io.BytesIO(), format="png", dpi=100)
        plt.close(figure)
    return time.perf_counter() - started


MEASURED: dict[str, Callable[[], float]] = {
    "one": lambda: ours(1),
    "two": lambda: ours(2),
    "pyplot": pyplot,
}


def measure(name: str) -> float:
    """Seconds of one way, in a process of its own."""
    command = [sys.executable, str(HERE / "drawing.py"), "--measure", name]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def whole(command: list[str]) -> tuple[float, float]:
    """Seconds of a whole process, by the clock and of processors, its own processes included."""
    started, used = time.perf_counter(), processors()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started, processors() - used


def processors() -> float:
    """Seconds of processors that finished processes have taken."""
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


def report(repeat: int, logdir: Path) -> dict[str, list[float]]:
    """Seconds of each way, in turn."""
    page = str(logdir.parent / "report.html")
    commands = {
        "reportgen": [sys.executable, "-m", "reportgen", str(logdir), "-o", page],
        "script": [sys.executable, str(HERE / "user_script.py"), str(logdir), page],
    }
    result = defaultdict[str, list[float]](list)
    for _ in range(repeat):
        for name in MEASURED:
            result[name].append(measure(name))
        for name, command in commands.items():
            taken, used = whole(command)
            result[name].append(taken)
            result[f"{name}, processors"].append(used)
    return result


def line(work: str, mine: list[float], theirs: list[float], wanted: float) -> str:
    """A row of the table."""
    times = [
        f"{statistics.median(item):.2f} s ({min(item):.2f} to {max(item):.2f})"
        for item in (mine, theirs)
    ]
    ratio = statistics.median(mine) / statistics.median(theirs)
    return f"| {work} | {times[0]} | {times[1]} | {ratio:.3f} | {wanted} |"


def main() -> None:
    """Measure one way, or all and print a table of Markdown."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--measure", choices=MEASURED)
    arguments.add_argument("--repeat", type=int, default=5)
    arguments = arguments.parse_args()
    if arguments.measure:
        print(MEASURED[arguments.measure]())
        return
    # As pip leaves what it installs, the peers too: a checkout may lack its compiled modules.
    compileall.compile_dir(Path(reportgen.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        inputs.runs(Path(folder, "runs"), 1_000_000, 20)
        result = report(arguments.repeat, Path(folder, "runs"))
    packages = ", ".join(f"{name} {version(name)}" for name in ("matplotlib", "numpy", "tbparse"))
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {packages}.\n")
    print("| work | reportgen | instead | ratio | wanted |\n|---|---|---|---|---|")
    charts = f"{CHARTS} charts of {RUNS} runs x {POINTS:,} points"
    print(line(f"{charts} to SVG, one process", result["one"], result["pyplot"], 0.25))
    print(line(f"{charts} to SVG, two", result["two"], result["pyplot"], 0.15))
    work = "1,000,000 scalars, 20 runs, 20 tags: the whole report"
    print(line(work, result["reportgen"], result["script"], 0.1))
    used = (result[f"{name}, processors"] for name in ("reportgen", "script"))
    print(line(f"{work}, processors' time", *used, 0.1))


if __name__ == "__main__":
    main()
