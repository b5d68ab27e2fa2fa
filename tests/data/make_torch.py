"""Write torch/: a run with every kind that torch.utils.tensorboard has."""

from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.utils.tensorboard import SummaryWriter
from writing import fresh, settle

OUT = fresh(Path(__file__).with_name("torch"))
LAYOUT = {
    "losses": {
        "both": ["Multiline", ["loss/.*"]],
        "band": ["Margin", ["loss/mean", "loss/low", "loss/high"]],
    }
}


def scalars(writer, rng):
    for step in range(10):
        writer.add_scalar("loss/train", 1 / (step + 1), step)
        writer.add_scalar("loss/new_style", 2 / (step + 1), step, new_style=True)
        writer.add_scalar("loss/double", 1e-300 * (step + 1), step, None, True, True)
        lines = {"train": 1 / (step + 1), "val": 1.5 / (step + 1)}
        writer.add_scalars("compare/loss", lines, step)
    for step, value in enumerate((1, np.nan, np.inf, -np.inf)):
        writer.add_scalar("odd", value, step)
    writer.add_tensor("counts", torch.tensor(rng.integers(0, 9, (2, 3))), 0)
    writer.add_tensor("confusion", torch.tensor([[9.0, 1], [2, 8]]), 0)
    writer.add_tensor("half", torch.arange(4, dtype=torch.float16), 0)


def media(writer, rng):
    writer.add_image("picture", rng.random((3, 4, 6)), 0)
    writer.add_images("pictures", rng.random((2, 3, 4, 6)), 0)
    writer.add_video("film", rng.random((1, 3, 3, 8, 8)), 0, fps=2)
    writer.add_audio("tone", torch.tensor(np.sin(np.arange(80) / 5)[None]), 0, sample_rate=8000)
    for step in range(2):
        writer.add_text("note", f"**step** {step}", step)


def shapes(writer, rng):
    for step in range(3):
        writer.add_histogram("weights", rng.normal(step, 1, 50), step)
    writer.add_histogram("constant", np.ones(5), 0)
    writer.add_pr_curve("pr", rng.integers(0, 2, 40), rng.random(40), 0, num_thresholds=11)
    corners = np.array([[[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]], float)
    faces = np.array([[[0, 1, 2], [0, 1, 3]]])
    colors = np.full((1, 4, 3), 200)
    config = {"material": {"cls": "PointsMaterial"}}
    writer.add_mesh(
        "solid", torch.tensor(corners), torch.tensor(colors), torch.tensor(faces), config, 0
    )
    writer.add_mesh("points", torch.tensor(corners), global_step=0)


def about_the_model(writer, rng):
    writer.add_custom_scalars(LAYOUT)
    writer.add_graph(nn.Sequential(nn.Linear(3, 2), nn.ReLU()), torch.zeros(1, 3))
    labels = ["iris", "rose", "oak"]
    writer.add_embedding(torch.tensor(rng.random((3, 4))), labels, tag="flowers", global_step=2)
    writer.add_embedding(
        torch.tensor(rng.random((2, 4))),
        [["a", "1"], ["b", "2"]],
        torch.tensor(rng.random((2, 3, 4, 4))),
        metadata_header=["name", "count"],
        global_step=3,
    )
    chosen = {"rate": 0.1, "layers": 2, "net": "small", "deep": True}
    writer.add_hparams(chosen, {"final/accuracy": 0.9, "final/loss": 0.2}, run_name="trial")


def resumed(path):
    for first, purge in ((0, None), (5, 5)):
        with SummaryWriter(path, purge_step=purge) as writer:
            for step in range(first, first + 8):
                writer.add_scalar("loss", 1 / (step + 1), step)
                writer.add_scalars("parts", {"a": step, "b": -step}, step)
        settle(path)


def main():
    rng = np.random.default_rng(0)
    with SummaryWriter(OUT / "every_kind") as writer:
        for piece in (scalars, media, shapes, about_the_model):
            piece(writer, rng)
    resumed(OUT / "resumed")
    settle(OUT)


if __name__ == "__main__":
    main()
