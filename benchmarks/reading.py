"""Reading measured against its peers, side by side in one run.

    pip install -e . -r benchmarks/requirements.txt
    python benchmarks/reading.py --markdown

Each repetition runs every reader once, each in a process of its own, in turn: what else the
machine does meets all of them. Ratios are of medians. The server's time is what it logs for its
load cycle; it checks no checksum unless it fails to parse a record, which is its default.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import inputs

HERE = Path(__file__).parent
SERVER = "data server"
MANY = 1_000_000


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    work: str
    make: Callable[[Path], None]
    ours: str
    peers: dict[str, float]  # the ratio of ours to theirs that is wanted


def _scalars(count, names, form=inputs.simple):
    return lambda path: inputs.scalars(path, count, inputs.tags(names), form)


CASES = [
    Case(
        "1,000,000 scalars, one file",
        _scalars(MANY, 20),
        "reportgen",
        {"tbparse": 1 / 30, "EventAccumulator": 1 / 30, SERVER: 0.5},
    ),
    Case(
        "1,000,000 scalars, 20 runs",
        lambda path: inputs.runs(path, MANY, 20),
        "reportgen",
        {SERVER: 1.0},
    ),
    Case(
        "200 runs of 5,000 records",
        lambda path: inputs.runs(path, MANY, 200),
        "reportgen",
        {SERVER: 0.7},
    ),
    Case(
        "1,000 runs of 500 records",
        lambda path: inputs.runs(path, MANY // 2, 1_000),
        "reportgen",
        {SERVER: 1.0},
    ),
    Case(
        "1,000,000 scalars as TF2 tensors",
        _scalars(MANY, 20, inputs.tensor),
        "reportgen",
        {SERVER: 0.5},
    ),
    Case(
        "40 images of 0.8 MB and 40 scalars, scalars wanted",
        lambda path: inputs.pictures(path, 40, 800_000),
        "reportgen, scalars only",
        {"EventAccumulator": 1 / 50},
    ),
    Case(
        "2,000 histograms of 1,550 bins",
        lambda path: inputs.histograms(path, 2000, 1550),
        "reportgen, histograms",
        {"EventAccumulator": 1 / 10},
    ),
    Case("10,000,000 scalars, one file", _scalars(10 * MANY, 20), "reportgen", {}),
    Case("10,000,000 scalars, one file, to a report", _scalars(10 * MANY, 20), "report", {}),
    Case("1,000,000 scalars of 500 tags", _scalars(MANY, 500), "reportgen", {}),
]


LARGE = Case("100,000,000 scalars, one file, to a report", _scalars(100 * MANY, 20), "report", {})
ROOM = 8 << 30  # bytes of disk that its log wants, and some to spare


def main():
    """Makes each input, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--markdown", action="store_true", help="print tables of Markdown")
    parser.add_argument("--repeat", type=int, default=5, help="repetitions (default: 5)")
    parser.add_argument("--peers", default=sys.executable, help="Python that has the peers")
    parser.add_argument("--only", default="", help="cases whose name holds this text")
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    parser.add_argument("--large", action="store_true", help="only the report of a 6 GB log")
    arguments = parser.parse_args()
    if arguments.large and shutil.disk_usage(tempfile.gettempdir()).free < ROOM:
        parser.error(f"{tempfile.gettempdir()}: needs 8 GB of room; set TMPDIR to another place")
    rows = []
    for case in (
        [LARGE] if arguments.large else [item for item in CASES if arguments.only in item.work]
    ):
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory, "logs")
            case.make(path)
            peers = {} if arguments.alone else case.peers
            rows.append(run(case.work, case.ours, peers, path, arguments.repeat, arguments.peers))
            print(f"{case.work}: {rows[-1]['ours']}", file=sys.stderr)
    print(markdown(rows) if arguments.markdown else json.dumps(rows, indent=1))


def run(work, reader, peers, path, repeat, python):
    """The measurements of one case."""
    size = sum(file.stat().st_size for file in path.rglob("*tfevents*"))
    ours, theirs = [], {peer: [] for peer in peers}
    for _ in range(repeat):
        ours.append(measure(sys.executable, reader, path))
        for peer, result in theirs.items():
            measured = server(python, path) if peer == SERVER else measure(python, peer, path)
            result.append(measured)
    seconds = [our["seconds"] for our in ours]
    busy = [our["busy"] for our in ours]
    return {
        "work": work,
        "bytes": size,
        "ours": spread(seconds),
        "busy": spread(busy),
        "rows": ours[0]["rows"],
        "peak": max(our["peak"] for our in ours),
        "peers": {
            peer: {
                **spread([our["seconds"] for our in result]),
                "ratio": statistics.median(seconds)
                / statistics.median(our["seconds"] for our in result),
                "busy_ratio": min(busy) / min(our["busy"] for our in result),
                "wanted": peers[peer],
            }
            for peer, result in theirs.items()
        },
    }


def spread(seconds):
    """Median and extremes."""
    median = statistics.median(seconds)
    return {"median": median, "min": min(seconds), "max": max(seconds)}


def measure(python, reader, path):
    """One reading in a process of its own; see measure.py."""
    command = [python, str(HERE / "measure.py"), reader, str(path)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    done = subprocess.run(command, check=True, **pipes)  # our own command
    return json.loads(done.stdout)


def server(python, path):
    """The server's own time for its load cycle."""
    find = "import tensorboard_data_server as it; print(it.server_binary())"
    match = subprocess.check_output([python, "-c", find], text=True)
    options = "--reload once --samples-per-plugin scalars=all --port 0 --die-after-stdin -v"
    command = [match.strip(), "--logdir", str(path), *options.split()]
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    environment = os.environ | {"RUST_LOG": "rustboard_core=info"}
    with subprocess.Popen(command, **pipes, env=environment) as process:
        for line in process.stderr:
            if match := re.search(r"Finished load cycle \(([\d.]+)(m?s)\)", line):
                busy = processor_time(process.pid)
                process.terminate()
                seconds = float(match[1]) / (1000 if match[2] == "ms" else 1)
                return {"seconds": seconds, "busy": busy}
    raise RuntimeError("the server did not tell of a load cycle")


def processor_time(pid):
    """Seconds that a process has spent on processors, from its start on (proc_pid_stat(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def markdown(rows):
    """Tables: the ratios if there are any, and what reading took."""
    ratios = [
        (
            row["work"],
            times(row["ours"]),
            peer,
            times(result),
            f"{result['ratio']:.4f}",
            f"{result['busy_ratio']:.4f}",
            f"{result['wanted']:.4f}",
        )
        for row in rows
        for peer, result in row["peers"].items()
    ]
    heads = ("work", "reportgen", "against", "its time", "ratio", "of processor time", "wanted")
    parts = [machine(), table(heads, ratios)] if ratios else [machine()]
    heads = ("work", "time", "of a processor", "file", "rows", "peak memory")
    return "\n\n".join([*parts, table(heads, map(taken, rows))])


def taken(row):
    """What reading took, as a row of the second table."""
    size, peak = (f"{row[name] / 1e6:,.0f} MB" for name in ("bytes", "peak"))
    return row["work"], times(row["ours"]), times(row["busy"]), size, f"{row['rows']:,}", peak


def table(heads, rows):
    """A table of Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows))


def times(result):
    """Median (min to max)."""
    return f"{result['median']:.3f} s ({result['min']:.3f} to {result['max']:.3f})"


def machine():
    """What it was measured on, in a sentence."""
    names = ("numpy", "pandas", "protobuf")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    return (
        f"{os.cpu_count()} cores ({model[1] if model else platform.processor()}), "
        f"{platform.system()}, Python {platform.python_version()}, {versions}."
    )


if __name__ == "__main__":
    main()
