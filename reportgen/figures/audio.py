"""Audio: a sound as its waveform and its spectrogram."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis.wav import Floats, Sound
from reportgen.figures.cells import LEVELS, shade
from reportgen.figures.style import RunStyle, new_figure, styled
from reportgen.figures.ticks import plain

_COLUMNS = 120
_ROWS = 64
_WINDOW = 1024  # samples
_RANGE = 60.0  # decibels below the loudest that are shown


@dataclass(frozen=True, slots=True)
class AudioChart:
    """A sound's start.

    Attributes:
        shown: seconds that are drawn; `seconds` is all of it.
        low, high: (120,) lowest and highest sample in each of equal parts.
        levels: (120, 64) loudness of parts by frequency, 0 for 60 dB below the loudest.
        loudness: root mean square of all samples drawn, 1 for full scale.
    """

    title: str
    style: RunStyle
    rate: int
    seconds: float
    shown: float
    low: Floats
    high: Floats
    levels: NDArray[np.int64]
    loudness: float
    kind: str = "audio"

    def caption(self) -> str:
        """Length and rate, and what the lower half shows."""
        whole = self.shown >= 0.999 * self.seconds
        sentences = [
            f"{wording.duration(self.seconds)} at {wording.number(self.rate)} Hz.",
            "" if whole else f"The first {wording.duration(self.shown)} drawn.",
            "Above the samples, below their frequencies, stronger where louder, over 60 dB.",
            "" if self.loudness else "Silence.",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """Length and loudness."""
        if not self.loudness:
            return f"Waveform of {self.title}: silence."
        decibels = wording.number(20 * float(np.log10(self.loudness)), 3)
        length = wording.duration(self.seconds)
        return f"Waveform and spectrogram of {self.title}: {length}, {decibels} dB of full scale."

    def data(self) -> pd.DataFrame:
        """Lowest and highest sample of each part."""
        return pd.DataFrame(
            {"second": self._edges()[:-1], "lowest": self.low, "highest": self.high}
        )

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there is one run
        """The figure: waveform above, spectrogram below."""
        edges = self._edges()
        with styled():
            figure, below = new_figure()
            left, bottom, width, height = below.get_position().bounds
            below.set_position((left, bottom, width, 0.6 * height))
            above = figure.add_axes((left, bottom + 0.66 * height, width, 0.34 * height))
            above.fill_between(
                edges[:-1], self.low, self.high, color=self.style.color, linewidth=0.6, step="post"
            )
            above.set_xticks([])
            above.set_ylim(-1, 1)
            plain(above.yaxis, 2)
            below.grid(visible=False)
            frequencies = np.linspace(0, self.rate / 2000, _ROWS + 1)
            shade(below, self.levels, edges, frequencies, self.style.color)
            for axes in (above, below):
                axes.set_xlim(0, edges[-1])
            below.set_ylim(0, frequencies[-1])
            below.set_xlabel("time (s)")
            below.set_ylabel("kHz")
        return figure

    def _edges(self) -> Floats:
        return np.linspace(0, self.shown, _COLUMNS + 1)


def prepare(title: str, sound: Sound, style: RunStyle) -> AudioChart:
    """A chart of one sound.

    Args:
        title: its heading.
        sound: see `reportgen.analysis.wav`.
        style: of the run.
    """
    samples = sound.samples
    ends = np.linspace(0, len(samples), _COLUMNS + 1)
    parts = [samples[int(a) : max(int(a) + 1, int(b))] for a, b in pairwise(ends)]
    return AudioChart(
        title,
        style,
        sound.rate,
        sound.seconds,
        len(samples) / sound.rate,
        np.array([part.min() for part in parts]),
        np.array([part.max() for part in parts]),
        _spectrogram(samples, ends),
        float(np.sqrt((samples**2).mean())),
    )


def _spectrogram(samples: Floats, ends: Floats) -> NDArray[np.int64]:
    """Levels of loudness: power of Hann windows around the middle of each part, by frequency."""
    padded = np.pad(samples, _WINDOW // 2)
    starts = ((ends[:-1] + ends[1:]) / 2).astype(np.int64)
    windows = padded[starts[:, None] + np.arange(_WINDOW)] * np.hanning(_WINDOW)
    power = np.abs(np.fft.rfft(windows, axis=1)[:, 1:]) ** 2
    power = power.reshape(_COLUMNS, _ROWS, -1).mean(axis=2)
    loudest = power.max()
    if not loudest > 0:
        return np.zeros(power.shape, np.int64)
    decibels = 10 * np.log10(np.maximum(power / loudest, 1e-30))
    share = np.clip(1 + decibels / _RANGE, 0, 1)
    levels: NDArray[np.int64] = np.ceil(share * LEVELS).astype(np.int64)
    return levels
