"""Write mxboard/: logs of MXNet programs.

mxboard runs unchanged, with the protobuf of its time. MXNet itself cannot be installed any more, so
the few names that mxboard imports from it are replaced here, and all data are numpy arrays (without
pictures, whose grid MXNet computes).
"""

import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
from writing import fresh, settle

OUT = fresh(Path(__file__).with_name("mxboard"))


class Symbol:
    """Enough of mxnet.symbol.Symbol for a graph."""

    def tojson(self):
        nodes = [
            {"op": "null", "name": "data", "inputs": []},
            {"op": "null", "name": "dense_weight", "inputs": []},
            {"op": "FullyConnected", "name": "dense", "inputs": [[0, 0, 0], [1, 0, 0]]},
        ]
        return json.dumps({"nodes": nodes})


def stand_in():
    names = {
        "mxnet": {"__version__": "1.9.1"},
        "mxnet.ndarray": {"NDArray": type("NDArray", (), {}), "op": None},
        "mxnet.ndarray.ndarray": {},
        "mxnet.symbol": {"Symbol": Symbol},
        "mxnet.gluon": {"HybridBlock": type("HybridBlock", (), {})},
        "mxnet.context": {"current_context": None},
    }
    for name, contents in names.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(contents)
    sys.modules["mxnet.ndarray"].ndarray = sys.modules["mxnet.ndarray.ndarray"]


def main():
    stand_in()
    from mxboard import SummaryWriter

    rng = np.random.default_rng(0)
    with SummaryWriter(str(OUT), verbose=False) as writer:
        for step in range(5):
            writer.add_scalar("loss", 1 / (step + 1), step)
            writer.add_scalar("parts", {"train": step, "val": -step}, step)
        writer.add_histogram("weights", rng.normal(size=50), 0, bins=10)
        writer.add_audio("tone", np.sin(np.arange(80) / 5), 8000, 0)
        writer.add_text("note", "**bold**", 0)
        writer.add_pr_curve("pr", rng.integers(0, 2, 40), rng.random(40), 11, 0)
        writer.add_graph(Symbol())
        writer.add_embedding("flowers", rng.random((3, 4)), ["iris", "rose", "oak"], None, 2)
    settle(OUT)


if __name__ == "__main__":
    main()
