"""Write clu/: logs of JAX programs with clu.metric_writers."""

from pathlib import Path

import numpy as np
from clu import metric_writers
from writing import fresh, settle

OUT = fresh(Path(__file__).with_name("clu"))


def main():
    rng = np.random.default_rng(0)
    writer = metric_writers.SummaryWriter(str(OUT))
    writer.write_hparams({"rate": 0.1, "net": "small", "deep": True, "nested": {"layers": 2}})
    for step in range(5):
        writer.write_scalars(step, {"loss": 1 / (step + 1), "accuracy": np.float32(step / 5)})
    writer.write_images(0, {"pictures": rng.random((2, 4, 6, 3))})
    writer.write_audios(
        0, {"tone": np.sin(np.arange(80, dtype="f4") / 5).reshape(1, 80, 1)}, sample_rate=8000
    )
    writer.write_texts(0, {"note": "**bold**"})
    writer.write_histograms(0, {"weights": rng.normal(size=50)}, num_buckets={"weights": 5})
    writer.close()
    settle(OUT)


if __name__ == "__main__":
    main()
