"""Write tensorboardX/: a run with every kind that tensorboardX has."""

import json
from pathlib import Path

import numpy as np
from tensorboardX import SummaryWriter
from tensorboardX.proto.graph_pb2 import GraphDef
from tensorboardX.proto.node_def_pb2 import NodeDef
from writing import fresh, settle

OUT = fresh(Path(__file__).with_name("tensorboardX"))
LAYOUT = {
    "losses": {
        "both": ["Multiline", ["loss/.*"]],
        "band": ["Margin", ["loss/mean", "loss/low", "loss/high"]],
    }
}


def scalars(writer, rng):
    for step in range(10):
        writer.add_scalar("loss/train", 1 / (step + 1), step)
        writer.add_scalar("loss/titled", 2 / (step + 1), step, display_name="Loss, titled")
        writer.add_scalars("compare/loss", {"train": 1 / (step + 1), "val": 2 / (step + 1)}, step)
    for value in rng.random(10):
        writer.add_scalar("without_steps", value)
    for step, value in enumerate((1, np.nan, np.inf, -np.inf)):
        writer.add_scalar("odd", value, step)


def media(writer, rng):
    writer.add_image("picture", rng.random((3, 4, 6)), 0)
    writer.add_images("pictures", rng.random((2, 3, 4, 6)), 0)
    boxes = np.array([[1, 1, 8, 8]])
    writer.add_image_with_boxes("boxes", rng.random((3, 12, 12)), boxes, 0)
    writer.add_video("film", rng.random((1, 3, 3, 8, 8)), 0, fps=2)
    writer.add_audio("tone", np.sin(np.arange(80) / 5), 0, sample_rate=8000)
    for step in range(2):
        writer.add_text("note", f"**step** {step}", step)


def shapes(writer, rng):
    for step in range(3):
        writer.add_histogram("weights", rng.normal(step, 1, 50), step)
    writer.add_histogram("constant", np.ones(5), 0)
    writer.add_histogram_raw("raw", 0, 3, 6, 9, 14, [1, 2, 3], [1, 2, 3], 0)
    writer.add_pr_curve("pr", rng.integers(0, 2, 40), rng.random(40), 0, num_thresholds=11)
    corners = np.array([[[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]], float)
    faces = np.array([[[0, 1, 2], [0, 1, 3]]])
    config = {"material": {"cls": "PointsMaterial"}}
    writer.add_mesh("solid", corners, np.full((1, 4, 3), 200), faces, config, 0)
    writer.add_mesh("points", corners, global_step=0)


def about_the_model(writer, rng):
    writer.add_custom_scalars(LAYOUT)
    nodes = [
        NodeDef(name="x", op="Placeholder"),
        NodeDef(name="w", op="Const"),
        NodeDef(name="y", op="MatMul", input=["x", "w"]),
    ]
    no_run_metadata = GraphDef()  # any empty message
    writer.file_writer.add_graph((GraphDef(node=nodes), no_run_metadata))
    writer.add_embedding(rng.random((3, 4)), ["iris", "rose", "oak"], tag="flowers", global_step=2)
    labels = [["a", "1"], ["b", "2"]]
    pictures = rng.random((2, 3, 4, 4))
    header = ["name", "count"]
    writer.add_embedding(rng.random((2, 4)), labels, pictures, 3, metadata_header=header)
    chosen = {"rate": 0.1, "layers": 2, "net": "small", "deep": True, "sizes": json.dumps([1, 2])}
    writer.add_hparams(chosen, {"final/accuracy": 0.9, "final/loss": 0.2}, name="trial")


def resumed(path):
    for first, purge in ((0, None), (5, 5)):
        with SummaryWriter(str(path), purge_step=purge) as writer:
            for step in range(first, first + 8):
                writer.add_scalar("loss", 1 / (step + 1), step)
                writer.add_scalars("parts", {"a": step, "b": -step}, step)
        settle(path)


def main():
    rng = np.random.default_rng(0)
    with SummaryWriter(str(OUT / "every_kind")) as writer:
        for piece in (scalars, media, shapes, about_the_model):
            piece(writer, rng)
    resumed(OUT / "resumed")
    settle(OUT)


if __name__ == "__main__":
    main()
