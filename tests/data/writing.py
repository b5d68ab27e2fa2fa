"""What the scripts that write the committed logs share."""

import itertools
import random
import shutil
import time

import numpy as np

_clock = itertools.count(1_700_000_000)
_settled = set()
# Writers stamp events with the wall clock: one that ticks a second a call spares the real one.
time.time = lambda: float(next(_clock))


def fresh(folder):
    """The folder, empty."""
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  # writers draw from the global generator
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def settle(folder):
    """Names new event files without the machine, process and moment, in the order they were made.

    It is called between writers of one directory, whose files would else have one name.
    """
    for path in sorted(set(folder.rglob("*tfevents*")) - _settled):
        number = sum(other.parent == path.parent for other in _settled)
        suffix = ".v2" if path.name.endswith(".v2") else ""
        named = path.with_name(f"events.out.tfevents.{1_700_000_000 + number}.host{suffix}")
        path.rename(named)
        _settled.add(named)
