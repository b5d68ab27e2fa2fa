"""Write logs that hold every kind of data, as realistic as made-up ones can be.

Nine runs of an image classifier with their parameters, four ranks of a distributed run, and one
run with all that is seldom logged: sounds, clouds of points, tables, many classes, damage.
"""

import argparse
import io
import wave
from pathlib import Path

import numpy as np
from tensorboardX import SummaryWriter
from tensorboardX.proto.event_pb2 import Event
from tensorboardX.proto.graph_pb2 import GraphDef
from tensorboardX.proto.node_def_pb2 import NodeDef
from tensorboardX.proto.summary_pb2 import Summary, SummaryMetadata
from tensorboardX.proto.tensor_pb2 import TensorProto
from tensorboardX.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboardX.summary import hparams

CLASSES = ("airplane", "bird", "cat", "deer", "dog", "frog", "horse", "ship")
LIKE = {("cat", "dog"): 0.5, ("airplane", "ship"): 0.3, ("deer", "horse"): 0.35}


def tensor(writer, tag, values, step):
    """Log a numeric tensor, which SummaryWriter itself cannot."""
    shape = TensorShapeProto(dim=[TensorShapeProto.Dim(size=size) for size in values.shape])
    content = values.astype("<f4").tobytes()
    proto = TensorProto(dtype="DT_FLOAT", tensor_shape=shape, tensor_content=content)
    value = Summary.Value(tag=tag, tensor=proto, metadata=SummaryMetadata())
    write(writer, value, step)


def table(writer, tag, rows, step):
    """Log a table of texts: a string tensor of rank 2."""
    shape = [TensorShapeProto.Dim(size=len(rows)), TensorShapeProto.Dim(size=len(rows[0]))]
    cells = [cell.encode() for row in rows for cell in row]
    proto = TensorProto(
        dtype="DT_STRING", tensor_shape=TensorShapeProto(dim=shape), string_val=cells
    )
    plugin = SummaryMetadata.PluginData(plugin_name="text")
    metadata = SummaryMetadata(plugin_data=plugin)
    write(writer, Summary.Value(tag=tag, tensor=proto, metadata=metadata), step)


def sound(writer, tag, samples, rate, step):
    """Log a sound without the library that SummaryWriter wants for it."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes((samples * 32_000).astype("<i2").tobytes())
    audio = Summary.Audio(
        sample_rate=rate,
        num_channels=1,
        length_frames=len(samples),
        encoded_audio_string=stream.getvalue(),
        content_type="audio/wav",
    )
    write(writer, Summary.Value(tag=tag, audio=audio), step)


def write(writer, value, step):
    """Write one value of a summary."""
    event = Event(summary=Summary(value=[value]))
    writer.file_writer.add_event(event, step)


def confusions(rng, skill, names=CLASSES, size=100):
    """Predictions of a classifier that takes some classes for their likes."""
    matrix = np.zeros((len(names), len(names)))
    for row, name in enumerate(names):
        weights = np.full(len(names), (1 - skill) / len(names))
        for pair, like in LIKE.items():
            if name in pair:
                weights[names.index(pair[pair.index(name) - 1])] += like * (1 - skill)
        weights[row] += skill
        matrix[row] = rng.multinomial(size, weights / weights.sum())
    return matrix


def train(directory, rng, rate, units, epochs):
    """One run: curves, histograms, a confusion matrix, curves of precision and recall."""
    reached = 0.95 - 0.06 * abs(np.log10(rate / 0.01)) - 2.0 / units
    with SummaryWriter(str(directory)) as writer:
        steps = epochs * 20
        for step in range(steps):
            done = step / steps
            loss = 2.1 * np.exp(-5 * done) + 0.25 + 0.3 * (1 - reached) + rng.normal(0, 0.05)
            writer.add_scalar("train/loss", max(loss, 0.02), step)
            if step % 20 == 19:
                over = 0.15 * max(0, done - 0.6)
                held_out = 2.1 * np.exp(-5 * done) + 0.35 + over + rng.normal(0, 0.02)
                writer.add_scalar("val/loss", held_out, step)
                skill = reached * (1 - np.exp(-6 * done))
                writer.add_scalar("val/accuracy", skill + rng.normal(0, 0.005), step)
                writer.add_scalar("epoch", step / 20, step)
                weights = rng.normal(0.3 * done, 1 - 0.6 * done, 4000) * rng.exponential(1, 4000)
                writer.add_histogram("weights/dense", weights, step)
        for epoch in range(0, epochs + 1, max(1, epochs // 5)):
            skill = reached * (1 - np.exp(-6 * epoch / epochs))
            tensor(writer, "val/confusion", confusions(rng, skill), epoch * 20)
        writer.add_text("val/confusion/labels", ", ".join(CLASSES))
        truth = rng.random(2000) < 0.3
        noise = rng.normal(0.35, 0.15, 2000)
        for done in (0, 0.1, 0.3, 1):
            apart = 0.35 * reached * (1 - np.exp(-6 * done)) * truth
            writer.add_pr_curve("is a bird", truth, np.clip(noise + apart, 0, 1), int(done * steps))
        for done in (0, 0.5, 1):
            noise = rng.random((3, 96, 96))
            sharp = reached * done
            writer.add_image("denoised", sharp * picture() + (1 - sharp) * noise, int(done * steps))
        given = {
            "learning rate": rate,
            "units": units,
            "optimiser": "adam" if units > 20 else "sgd",
        }
        for summary in hparams(given, {}):
            writer.file_writer.add_summary(summary)


def seldom(directory, rng):
    """What is seldom logged: an outlier, values that are no numbers, sounds, shapes, a table."""
    with SummaryWriter(str(directory)) as writer:
        for step in range(3000):
            value = np.exp(-step / 800) + rng.normal(0, 0.02)
            value = {700: np.nan, 1500: 1e6, 2100: np.inf}.get(step, value)
            writer.add_scalar("unsteady/loss", value, step)
        for step in range(8):
            writer.add_histogram("activations", rng.normal(0.5 * step, 1 + 0.1 * step, 3000), step)
        time = np.arange(16_000 * 2) / 16_000
        chirp = 0.6 * np.sin(2 * np.pi * (300 + 900 * time) * time) * np.exp(-time)
        sound(writer, "speech/sample", chirp + rng.normal(0, 0.01, len(time)), 16_000, 0)
        rows = [["word", "said", "heard"], ["1", "seven", "seven"], ["2", "nine", "five"]]
        table(writer, "speech/words", rows, 0)
        many = tuple(f"breed {index}" for index in range(30))
        like = confusions(rng, 0.5, many, 60)
        for row in range(30):
            like[row, (row + 10) % 30] += 25
        tensor(writer, "breeds/confusion", like, 0)
        writer.add_text("breeds/confusion/labels", ", ".join(many))
        species = tuple(f"species {index}" for index in range(120))
        tensor(writer, "species/confusion", confusions(rng, 0.7, species, 200), 0)
        writer.add_image("picture", picture(), 0)
        together(writer, rng)
        shapes(writer, rng)


def together(writer, rng):
    """Lines that belong together: of one main tag, and as a layout asks for them."""
    band = ["quality/mean", "quality/lowest", "quality/highest"]
    parts = {"mean and range": ["Margin", band], "all three": ["Multiline", ["quality/.*"]]}
    writer.add_custom_scalars({"Quality": parts})
    for step in range(200):
        mean = 1 - np.exp(-step / 60) + rng.normal(0, 0.01)
        width = 0.05 + 0.2 * np.exp(-step / 90)
        for tag, value in zip(band, (mean, mean - width, mean + width), strict=True):
            writer.add_scalar(tag, value, step)
        warm = min(1, step / 30)
        rates = {"backbone": 0.01 * warm, "head": 0.1 * warm * 0.99**step, "bias": 0.02}
        writer.add_scalars("rate", rates, step)


def shapes(writer, rng):
    """A torus of points, features of pictures, a graph."""
    around, across = rng.uniform(0, 2 * np.pi, (2, 1500))
    reach = 1 + 0.4 * np.cos(across)
    torus = np.stack([reach * np.cos(around), reach * np.sin(around), 0.4 * np.sin(across)], 1)
    colors = np.stack([around * 40, across * 40, 0 * around], 1).astype("uint8")
    writer.add_mesh("torus", torus[None].astype("float32"), colors=colors[None])
    kinds = rng.integers(0, 4, 400)
    features = rng.normal(size=(400, 16)) + 4 * np.eye(16)[kinds]
    writer.add_embedding(features, metadata=[CLASSES[kind] for kind in kinds], tag="features")
    names = [f"model/block_{block}/{part}" for block in range(4) for part in ("conv", "norm")]
    nodes = [NodeDef(name=name, op=name.rpartition("/")[2].title()) for name in names]
    graph = GraphDef(node=nodes).SerializeToString()
    writer.file_writer.event_writer.add_event(Event(graph_def=graph))


def picture():
    """A gradient with a disc."""
    y, x = np.mgrid[-1:1:96j, -1:1:96j]
    disc = (x**2 + y**2 < 0.4).astype(float)
    return np.stack([0.5 + x / 2, 0.5 + y / 2, disc])


def rank(directory, rng, slow):
    """One process of a distributed run, its wall times as slow as it is."""
    with SummaryWriter(str(directory)) as writer:
        for step in range(300):
            loss = 3 * np.exp(-step / 80) + rng.normal(0.1, 0.03)
            seconds = 1_750_000_000 + step * (0.14 if slow else 0.1)
            writer.add_scalar("train/loss", loss, step, walltime=seconds)


def main():
    """Write all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", default="runs/gallery")
    parser.add_argument("--epochs", type=int, default=50)
    given = parser.parse_args()

    directory, rng = Path(given.directory), np.random.default_rng(0)
    for rate in (0.1, 0.01, 0.001):
        for units in (16, 64, 256):
            train(directory / f"lr={rate},units={units}", rng, rate, units, given.epochs)
    for number in range(4):
        rank(directory / "cluster" / f"gpu_{number}", rng, slow=number == 2)
    seldom(directory / "seldom", rng)
    print(f"Now: reportgen {given.directory} -o report.html")


if __name__ == "__main__":
    main()
