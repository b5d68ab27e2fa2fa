"""Functions that the scripts which write the committed logs share."""

import itertools
import random
import shutil
import time

import numpy as np

_clock = itertools.count(1_700_000_000)
_settled = set()
# Writers stamp events with the wall clock; this one advances a second a call.
time.time = lambda: float(next(_clock))


def fresh(folder):
    """Empty the folder and return it."""
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  # writers draw from the global generator
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def settle(folder):
    """Rename new event files without machine, process and time, in the order they were made.

    Call it between writers of one directory, whose files would otherwise have the same name.
    """
    for path in sorted(set(folder.rglob("*tfevents*")) - _settled):
        number = sum(other.parent == path.parent for other in _settled)
        suffix = ".v2" if path.name.endswith(".v2") else ""
        named = path.with_name(f"events.out.tfevents.{1_700_000_000 + number}.host{suffix}")
        path.rename(named)
        _settled.add(named)
