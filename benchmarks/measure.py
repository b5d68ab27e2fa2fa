"""Reads a log directory once with one reader; prints time, rows and peak memory as JSON.

"seconds" are the clock's, "busy" those that a processor spent.

The time is that of reading alone: the reader is imported before, and the process started.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path


def ours(kind, **options):
    """Our reader; the rows that count are those of one kind."""
    read = import_module("reportgen").read
    return lambda path: len(getattr(read(path, **options), kind))


def report():
    """The whole way to a page; the rows that count are the scalars logged."""
    generate = import_module("reportgen.pipeline").generate

    def make(path):
        with tempfile.TemporaryDirectory() as directory:
            outputs = [Path(directory, name) for name in ("report.html", "report.json")]
            generate([path], outputs)
            facts = json.loads(outputs[1].read_text())
        return sum(scalar["points"] for scalar in facts["scalars"])

    return make


def tbparse():
    """All of a log through tbparse."""
    reader = import_module("tbparse").SummaryReader
    return lambda path: len(reader(path).scalars)


def accumulator():
    """All of a log through TensorBoard's Python reader, no sample dropped."""
    place = "tensorboard.backend.event_processing.event_accumulator"
    reader = import_module(place).EventAccumulator
    everything = dict.fromkeys(("scalars", "tensors", "histograms", "images", "audio"), 0)

    def read(path):
        result = reader(path, size_guidance=everything).Reload()
        kinds = {
            "scalars": result.Scalars,
            "tensors": result.Tensors,
            "histograms": result.Histograms,
        }
        return sum(len(get(tag)) for kind, get in kinds.items() for tag in result.Tags()[kind])

    return read


READERS = {
    "reportgen": lambda: ours("scalars"),
    "reportgen, scalars only": lambda: ours("scalars", kinds={"scalars"}),
    "reportgen, histograms": lambda: ours("histograms"),
    "report": report,
    "tbparse": tbparse,
    "EventAccumulator": accumulator,
}


def peak():
    """Peak resident memory of this process in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def main():
    """Reads sys.argv[2] with the reader that sys.argv[1] names."""
    read = READERS[sys.argv[1]]()
    start, busy = time.perf_counter(), time.process_time()
    rows = read(sys.argv[2])
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    print(json.dumps({"seconds": seconds, "busy": busy, "rows": rows, "peak": peak()}))


if __name__ == "__main__":
    main()
