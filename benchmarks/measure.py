"""Reads a log directory once with one reader; prints seconds, peak memory and rows as JSON.

The time is that of reading alone: the reader is imported before, and the process started.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def reportgen_reader():
    import reportgen

    read = reportgen.read
    return lambda path: len(read(path).scalars)


def reportgen_scalars():
    import reportgen

    read = reportgen.read
    return lambda path: len(read(path, kinds={"scalars"}).scalars)


def reportgen_histograms():
    import reportgen

    read = reportgen.read
    return lambda path: len(read(path).histograms)


def tbparse():
    from tbparse import SummaryReader

    return lambda path: len(SummaryReader(path).scalars)


def accumulator():
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    everything = dict.fromkeys(("scalars", "tensors", "histograms", "images", "audio"), 0)

    def read(path):
        found = EventAccumulator(path, size_guidance=everything)
        found.Reload()
        rows = [len(found.Scalars(tag)) for tag in found.Tags()["scalars"]]
        rows += [len(found.Tensors(tag)) for tag in found.Tags()["tensors"]]
        rows += [len(found.Histograms(tag)) for tag in found.Tags()["histograms"]]
        return sum(rows)

    return read


READERS = {
    "reportgen": reportgen_reader,
    "reportgen, scalars only": reportgen_scalars,
    "reportgen, histograms": reportgen_histograms,
    "tbparse": tbparse,
    "EventAccumulator": accumulator,
}


def peak():
    """Peak resident memory of this process in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def main():
    read = READERS[sys.argv[1]]()
    before = peak()
    start = time.perf_counter()
    rows = read(sys.argv[2])
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "rows": rows, "peak": peak(), "before": before}))


if __name__ == "__main__":
    main()
