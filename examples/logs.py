"""A log whose clock is made up: the same program writes the same bytes on every day.

tensorboardX makes what is logged; SummaryWriter itself would stamp it with the time of writing, and
knows neither numeric tensors nor tables of texts.
"""

import io
import wave
from pathlib import Path

import numpy as np
from tensorboardX import summary
from tensorboardX.proto.event_pb2 import Event, SessionLog
from tensorboardX.proto.graph_pb2 import GraphDef
from tensorboardX.proto.node_def_pb2 import NodeDef
from tensorboardX.proto.plugin_hparams_pb2 import HParamsPluginData
from tensorboardX.proto.summary_pb2 import Summary, SummaryMetadata
from tensorboardX.proto.tensor_pb2 import TensorProto
from tensorboardX.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboardX.record_writer import RecordWriter

BEGIN = 1_781_000_000  # 9 June 2026, seconds since the epoch
_UP = 1e-12 * 1.1 ** np.arange(775)
BINS = np.concatenate([-_UP[::-1], [0.0], _UP])  # of histograms, as SummaryWriter has them


class Log:
    """One event file.

    Args:
        directory: of the run.
        start: when its first step ended, in seconds after 9 June 2026, 10:13 UTC.
        pace: seconds that a step takes.
        restarts_at: the first step of a program that goes on from a checkpoint; 0 for a new one.
    """

    def __init__(self, directory, start=0.0, pace=1.0, restarts_at=0):
        self.directory, self.pace = Path(directory), pace
        self.begin = BEGIN + start - restarts_at * pace
        self.directory.mkdir(parents=True, exist_ok=True)
        name = f"events.out.tfevents.{int(BEGIN + start)}.gallery"
        self.records = RecordWriter(str(self.directory / name))
        self._write(Event(file_version="brain.Event:2"), restarts_at)
        if restarts_at:
            self._write(Event(session_log=SessionLog(status=SessionLog.START)), restarts_at)

    def __enter__(self):
        """As a file."""
        return self

    def __exit__(self, *_):
        """As a file."""
        self.records.close()

    def add(self, summary, step, at=None):
        """Logs what a function of `tensorboardX.summary` has made, `at` that second or in pace."""
        self._write(Event(summary=summary), step, at)

    def _write(self, event, step, at=None):
        event.step = step
        event.wall_time = self.begin + step * self.pace if at is None else BEGIN + at
        self.records.write(event.SerializeToString())

    def parameters(self, values):
        """Logs parameters; their map is written in the order of names, not as it comes."""
        for made in summary.hparams(values, {}):
            plugin = made.value[0].metadata.plugin_data
            content = HParamsPluginData.FromString(plugin.content)
            plugin.content = content.SerializeToString(deterministic=True)
            self.add(made, 0)

    def embedding(self, tag, points, labels):
        """Lays out the files that TensorBoard's projector reads."""
        folder = self.directory / tag
        folder.mkdir()
        rows = ["\t".join(f"{value:.5f}" for value in point) for point in points]
        (folder / "tensors.tsv").write_text("\n".join(rows) + "\n")
        (folder / "metadata.tsv").write_text("\n".join(labels) + "\n")
        (self.directory / "projector_config.pbtxt").write_text(
            f'embeddings {{\ntensor_name: "{tag}"\ntensor_path: "{tag}/tensors.tsv"\n'
            f'metadata_path: "{tag}/metadata.tsv"\n}}\n'
        )

    def graph(self, nodes):
        """Logs a graph of `{name: operation}`."""
        content = GraphDef(node=[NodeDef(name=name, op=op) for name, op in nodes.items()])
        self._write(Event(graph_def=content.SerializeToString()), 0)


def tensor(tag, values):
    """A numeric tensor."""
    proto = TensorProto(dtype="DT_FLOAT", tensor_shape=_shape(values.shape))
    proto.tensor_content = values.astype("<f4").tobytes()
    return Summary(value=[Summary.Value(tag=tag, tensor=proto, metadata=SummaryMetadata())])


def table(tag, rows):
    """A table of texts: a string tensor of rank 2."""
    cells = [cell.encode() for row in rows for cell in row]
    shape = _shape((len(rows), len(rows[0])))
    proto = TensorProto(dtype="DT_STRING", tensor_shape=shape, string_val=cells)
    plugin = SummaryMetadata.PluginData(plugin_name="text")
    metadata = SummaryMetadata(plugin_data=plugin)
    return Summary(value=[Summary.Value(tag=tag, tensor=proto, metadata=metadata)])


def sound(tag, samples, rate):
    """A sound of one channel, samples from -1 to 1."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32_000).astype("<i2").tobytes())
    audio = Summary.Audio(
        sample_rate=rate,
        num_channels=1,
        length_frames=len(samples),
        encoded_audio_string=stream.getvalue(),
        content_type="audio/wav",
    )
    return Summary(value=[Summary.Value(tag=tag, audio=audio)])


def _shape(sizes):
    return TensorShapeProto(dim=[TensorShapeProto.Dim(size=size) for size in sizes])
