"""Sound: the samples of a WAV file, how loud it is over time, and at which frequencies."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MOST_FRAMES = 4_000_000  # that are looked at: 90 seconds at 44.1 kHz
_MOST_WINDOWS = 2_000
_WINDOW = 1_024  # samples; 43 Hz apart at 44.1 kHz

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of sound, the mean of all that were logged.

    Attributes:
        rate: samples a second.
        samples: (n,) from -1 to 1.
        channels: how many were logged.
        frames: how many samples a channel the file holds; more than n where it is long.
    """

    rate: int
    samples: Floats
    channels: int
    frames: int

    @property
    def seconds(self) -> float:
        """Duration of the whole file."""
        return self.frames / self.rate


def decode(data: bytes) -> Sound | None:
    """The sound of a PCM WAV file; None where the bytes are something else or are damaged."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            frames = file.getnframes()
            held = file.readframes(min(frames, _MOST_FRAMES))
    except (wave.Error, EOFError, ZeroDivisionError):
        return None
    if width not in (1, 2, 3, 4) or channels < 1 or rate < 1:
        return None
    whole = len(held) // (width * channels) * width * channels
    samples = _samples(held[:whole], width).reshape(-1, channels).mean(axis=1)
    return Sound(rate, samples, channels, frames if len(samples) == _MOST_FRAMES else len(samples))


def envelope(sound: Sound, columns: int) -> tuple[Floats, Floats]:
    """The lowest and the highest sample in each of at most `columns` equal parts, (m,) each."""
    size = len(sound.samples)
    if not size:
        return np.zeros(0), np.zeros(0)
    starts = np.linspace(0, size, min(columns, size), endpoint=False).astype(np.int64)
    return (
        np.minimum.reduceat(sound.samples, starts),
        np.maximum.reduceat(sound.samples, starts),
    )


def spectrum(sound: Sound, columns: int, rows: int) -> Floats:
    """Mean power by time and frequency, in dB below the loudest cell (0 at most).

    Windows of 1,024 samples (Hann), half over each other or, of a long sound, 2,000 of them.

    Args:
        sound: what `decode` made.
        columns: parts of the time, at most.
        rows: parts of the frequencies from 0 to half the sample rate.

    Returns:
        (rows, m); without any column where there is nothing but silence.
    """
    size = len(sound.samples)
    width = min(_WINDOW, size)
    if width < 2 * rows or not sound.samples.any():
        return np.zeros((rows, 0))
    hop = max(width // 2, -(-size // _MOST_WINDOWS))
    windows = np.lib.stride_tricks.sliding_window_view(sound.samples, width)[::hop]
    power = np.abs(np.fft.rfft(windows * np.hanning(width)))[:, : width // 2] ** 2
    times = np.linspace(0, len(power), min(columns, len(power)), endpoint=False).astype(np.int64)
    bands = np.linspace(0, width // 2, rows, endpoint=False).astype(np.int64)
    counts = np.outer(np.diff(times, append=len(power)), np.diff(bands, append=width // 2))
    mean = np.add.reduceat(np.add.reduceat(power, times, axis=0), bands, axis=1) / counts
    decibel: Floats = 10 * np.log10(np.maximum(mean / mean.max(), 1e-12)).T
    return decibel


def _samples(data: bytes, width: int) -> Floats:
    """Little-endian PCM as numbers from -1 to 1; samples of one byte are unsigned."""
    if width == 1:
        return (np.frombuffer(data, np.uint8).astype(float) - 128) / 128
    if width == 3:
        parts = np.frombuffer(data, np.uint8).reshape(-1, 3)
        padded = np.zeros((len(parts), 4), np.uint8)
        padded[:, 1:] = parts
        return padded.view("<i4")[:, 0] / 2.0**31
    return np.frombuffer(data, f"<i{width}") / 2.0 ** (8 * width - 1)
