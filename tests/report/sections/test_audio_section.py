"""Sounds in a log come with a figure and with themselves."""

import io
import wave

import numpy as np
from tensorboardX import SummaryWriter
from tensorboardX.proto.summary_pb2 import Summary

import reportgen
from reportgen.analysis.media.audio import decode
from reportgen.report.blocks import Audio, FigureBlock, Notice


def tone():
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes((np.sin(np.arange(4000) / 9) * 30_000).astype("<i2").tobytes())
    return stream.getvalue()


def test_a_sound_has_a_figure_and_a_player(tmp_path):
    sound = Summary.Audio(sample_rate=8000, num_channels=1, encoded_audio_string=tone())
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(5):
            value = Summary.Value(tag="voice", audio=sound)
            writer.file_writer.add_summary(Summary(value=[value]), step)
    report = reportgen.build(reportgen.read(tmp_path))
    (section,) = [item for item in report.sections if item.title == "Audio"]
    kinds = [type(block) for block in section.blocks]
    assert kinds == [FigureBlock, Audio] * 3 + [Notice]
    assert section.blocks[0].chart.title == "voice, run, step 0"
    assert decode(section.blocks[1].data).seconds == 0.5
    assert "2 sounds of 5 logged are not shown" in section.blocks[-1].text
    reportgen.write(report, tmp_path / "report.html", tmp_path / "report.md")
