"""A second report of the same logs, with the cache and without, each in a process of its own.

    pip install -e . -r benchmarks/requirements.txt
    python benchmarks/again.py [LOGDIR...]

Without LOGDIR: 1,000,000 scalars in 20 runs. In turn: without the cache, with an empty one, with
that of the same logs, and with that of logs that were 1 % shorter. Pages must be equal byte for
byte. Ratios are of medians to those without the cache.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import inputs
from drawing import whole
from measure import READERS

import reportgen
from reportgen.cache.store import Store
from reportgen.runs import is_event_file

GROWTH = 0.01


class Again:
    """Reports of one log directory, with a cache of their own.

    Args:
        logdir: which is copied.
        folder: an empty directory.
    """

    def __init__(self, logdir: Path, folder: Path) -> None:
        self.logs, self.cache, self.page = folder / "logs", folder / "cache", folder / "report.html"
        shutil.copytree(logdir, self.logs)

    def report(self, *words: str) -> tuple[float, float, bytes]:
        """Seconds of the clock and of processors, and the page."""
        os.environ["XDG_CACHE_HOME"] = str(self.cache)
        command = [sys.executable, "-m", "reportgen", str(self.logs), "-o", str(self.page), *words]
        return *whole(command), self.page.read_bytes()

    def grow(self) -> dict[Path, bytes]:
        """Cut the last part of every file; return the whole contents."""
        contents = {}
        for path in self.logs.rglob("*"):
            if path.is_file() and is_event_file(path.name):
                contents[path] = path.read_bytes()
                os.truncate(path, round(len(contents[path]) * (1 - GROWTH)))
        return contents

    def restore(self, contents: dict[Path, bytes]) -> None:
        """Append what was cut, as a writer does."""
        for path, content in contents.items():
            size = path.stat().st_size
            with path.open("ab") as file:
                file.write(content[size:])


def reading(logdir: Path, folder: Path, repeat: int) -> dict[str, list[float]]:
    """Seconds of a processor that reading alone takes in this process, without and with a cache."""
    import time

    from reportgen.frames.read import read

    READERS["reportgen"]()(logdir)  # modules are loaded
    folder.mkdir()
    store = Store(folder, 1 << 32)
    read(logdir, cache=store)
    result = defaultdict[str, list[float]](list)
    for _ in range(repeat):
        for name, cache in (("without", None), ("same", store)):
            started = time.process_time()
            read(logdir, cache=cache)
            result[name].append(time.process_time() - started)
    return result


def reports(logdir: Path, folder: Path, repeat: int) -> tuple[dict[str, list[float]], ...]:
    """Seconds of each way, by the clock and of processors."""
    clock, busy = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    again = Again(logdir, folder)
    for _ in range(repeat):
        pages = {}
        for name, words in (("without", ["--no-cache"]), ("empty", []), ("same", [])):
            if name == "empty":
                shutil.rmtree(again.cache, ignore_errors=True)
            *seconds, pages[name] = again.report(*words)
            clock[name].append(seconds[0])
            busy[name].append(seconds[1])
        shutil.rmtree(again.cache)
        whole_files = again.grow()
        again.report()
        again.restore(whole_files)
        *seconds, pages["grown"] = again.report()
        clock["grown"].append(seconds[0])
        busy["grown"].append(seconds[1])
        if len(set(pages.values())) != 1:
            raise ValueError("the pages differ")
    return clock, busy


def row(work: str, seconds: dict[str, list[float]]) -> str:
    """A row of the table."""
    base = statistics.median(seconds["without"])
    cells = [f"{base:.2f} s ({min(seconds['without']):.2f} to {max(seconds['without']):.2f})"]
    for name in ("empty", "same", "grown"):
        median = statistics.median(seconds[name]) if name in seconds else None
        cells.append("" if median is None else f"{median:.2f} s ({median / base:.2f})")
    return f"| {work} | {' | '.join(cells)} |"


def main() -> None:
    """Print a table of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("logdir", nargs="*", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    compileall.compile_dir(Path(reportgen.__file__).parent, quiet=2)
    # Another cache directory would make matplotlib look for fonts again.
    import matplotlib as mpl

    os.environ["MPLCONFIGDIR"] = mpl.get_cachedir()
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}.\n")
    print("| work | --no-cache | empty cache | same logs | after 1 % more |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder, logdirs = Path(name), arguments.logdir
        if not logdirs:
            logdirs = [folder / "runs"]
            inputs.runs(logdirs[0], 1_000_000, 20)
        for place, logdir in enumerate(logdirs):
            work = logdir.name if arguments.logdir else "1,000,000 scalars, 20 runs, 20 tags"
            clock, busy = reports(logdir, folder / str(place), arguments.repeat)
            print(row(f"{work}: page, by the clock", clock))
            print(row(f"{work}: page, processors' time", busy))
            read = reading(logdir, folder / f"store {place}", arguments.repeat)
            print(row(f"{work}: reading, processors' time", read), flush=True)


if __name__ == "__main__":
    main()
