"""Audio chart: the loudness of a logged sound over time, and its frequencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.media import audio as sounds
from reportgen.analysis.media.audio import Sound
from reportgen.arrays import FloatArray
from reportgen.figures.canvas import cells
from reportgen.figures.canvas.style import RunStyle, new_figure, styled
from reportgen.figures.canvas.ticks import plain
from reportgen.figures.chart import Chart

_COLUMNS, _ROWS = 90, 32  # of the spectrogram
_PARTS = 360  # of the waveform
_RANGE = 60.0  # dB that are shown below the loudest


@dataclass(frozen=True, slots=True)
class AudioChart(Chart):
    """One sound.

    Attributes:
        rate: samples a second.
        seconds: that are drawn; `logged` of them there are.
        low, high: (m,) the waveform's envelope.
        power: (32, k) dB below the loudest, rows from 0 to half the sample rate.
    """

    kind: ClassVar[str] = "audio"
    style: RunStyle
    rate: int
    channels: int
    seconds: float
    logged: float
    low: FloatArray
    high: FloatArray
    power: FloatArray

    def caption(self) -> str:
        """Return length, sample rate, peak level, and what was left out."""
        peak = max(self.high.max(initial=0.0), -self.low.min(initial=0.0))
        channels = wording.count(self.channels, "channel")
        channels += ", their mean drawn" * (self.channels > 1)
        sentences = [
            f"{wording.duration(self.logged)} at {self.rate:,} Hz, {channels}; peak {peak:.0%}.",
            f"Only the first {wording.duration(self.seconds)} are drawn."
            if self.seconds < self.logged * 0.999
            else "",
            "Silent." if peak == 0 else "",
            f"Below, mean power by frequency, {_RANGE:.0f} dB from faint to full colour."
            if self.power.size
            else "Too short for its frequencies."
            if peak
            else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """Return the duration, and the frequencies with the most power."""
        if not self.power.size:
            return f"Waveform of {self.title}. {self.caption()}"
        strongest = (10 ** (self.power / 10)).mean(axis=1).argmax()
        low, high = (strongest + np.array([0, 1])) * self.rate / 2 / _ROWS
        return (
            f"Waveform and spectrogram of {self.title}: {wording.duration(self.logged)}, "
            f"most power between {low:,.0f} and {high:,.0f} Hz."
        )

    def data(self) -> pd.DataFrame:
        """Return the envelope: time in seconds, lowest and highest sample from there on."""
        time = np.linspace(0, self.seconds, len(self.low), endpoint=False)
        return pd.DataFrame({"time (s)": time, "lowest": self.low, "highest": self.high})

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 70

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure: the waveform above its spectrogram, over the same time."""
        with styled():
            figure, below = new_figure(440, 300)
            left, bottom, width, height = below.get_position().bounds
            below.set_position((left, bottom, width, height * 0.62))
            above = figure.add_axes((left, bottom + height * 0.7, width, height * 0.3))
            self._waveform(above)
            self._spectrogram(below)
            for axes in (above, below):
                axes.set_xlim(0, self.seconds or 1.0)
        return figure

    def _waveform(self, axes: Axes) -> None:
        plain(axes.yaxis, 2)
        axes.set_ylim(-1.05, 1.05)
        axes.tick_params(labelbottom=False)
        time = np.linspace(0, self.seconds, len(self.low), endpoint=False)
        if len(time):
            axes.fill_between(time, self.low, self.high, color=self.style.color, linewidth=0.5)

    def _spectrogram(self, axes: Axes) -> None:
        axes.grid(visible=False)
        axes.set_ylim(0, self.rate / 2_000)
        axes.set_xlabel("time (s)")
        axes.set_ylabel("frequency (kHz)")
        rows, columns = self.power.shape
        x = np.linspace(0, self.seconds, columns + 1)
        y = np.linspace(0, self.rate / 2_000, rows + 1)
        row, column = np.indices(self.power.shape).reshape(2, -1)
        boxes = np.column_stack([x[column], x[column + 1], y[row], y[row + 1]])
        shade = cells.shades(np.maximum(self.power + _RANGE, 0).ravel())
        cells.fill(axes, boxes, shade, self.style.color)


def prepare(title: str, sound: Sound, style: RunStyle) -> AudioChart:
    """Return a chart of one sound.

    Args:
        title: its heading.
        sound: see `reportgen.analysis.media.audio.decode`.
        style: of the run.
    """
    low, high = sounds.envelope(sound, _PARTS)
    return AudioChart(
        title=title,
        style=style,
        rate=sound.rate,
        channels=sound.channels,
        seconds=len(sound.samples) / sound.rate,
        logged=sound.seconds,
        low=low,
        high=high,
        power=sounds.spectrum(sound, _COLUMNS, _ROWS),
    )
