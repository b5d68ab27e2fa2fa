"""The samples of a WAV file, its envelope over time, and its spectrum."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass

import numpy as np

from reportgen.arrays import FloatArray

_MAX_FRAMES = 4_000_000  # that are decoded: 90 seconds at 44.1 kHz
_MAX_WINDOWS = 2_000
_WINDOW = 1_024  # samples; resolves 43 Hz at 44.1 kHz


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of sound, the mean of all logged channels.

    Attributes:
        rate: samples a second.
        samples: (n,) from -1 to 1.
        channels: how many were logged.
        frames: samples a channel of the whole file; more than n if the file is long.
    """

    rate: int
    samples: FloatArray
    channels: int
    frames: int

    @property
    def seconds(self) -> float:
        """The duration of the whole file."""
        return self.frames / self.rate


def decode(data: bytes) -> Sound | None:
    """Decode a PCM WAV file; return None if the bytes are something else or damaged."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            frames = file.getnframes()
            raw = file.readframes(min(frames, _MAX_FRAMES))
    except (wave.Error, EOFError, ZeroDivisionError):
        return None
    if width not in (1, 2, 3, 4) or channels < 1 or rate < 1:
        return None
    whole_frames = len(raw) // (width * channels) * width * channels
    samples = _samples(raw[:whole_frames], width).reshape(-1, channels).mean(axis=1)
    return Sound(rate, samples, channels, frames if len(samples) == _MAX_FRAMES else len(samples))


def envelope(sound: Sound, columns: int) -> tuple[FloatArray, FloatArray]:
    """Return the lowest and highest sample in each of at most `columns` equal parts, (m,) each."""
    size = len(sound.samples)
    if not size:
        return np.zeros(0), np.zeros(0)
    starts = np.linspace(0, size, min(columns, size), endpoint=False).astype(np.int64)
    return (
        np.minimum.reduceat(sound.samples, starts),
        np.maximum.reduceat(sound.samples, starts),
    )


def spectrum(sound: Sound, columns: int, rows: int) -> FloatArray:
    """Return the mean power by time and frequency, in dB relative to the loudest cell.

    Hann windows of 1,024 samples that overlap by half, or 2,000 windows if the sound is long.

    Args:
        sound: see `decode`.
        columns: the largest number of parts of the time.
        rows: the number of parts of the frequencies from 0 to half the sample rate.

    Returns:
        (rows, m), at most 0; (rows, 0) for silence.
    """
    size = len(sound.samples)
    width = min(_WINDOW, size)
    if width < 2 * rows or not sound.samples.any():
        return np.zeros((rows, 0))
    hop = max(width // 2, -(-size // _MAX_WINDOWS))
    windows = np.lib.stride_tricks.sliding_window_view(sound.samples, width)[::hop]
    power = np.abs(np.fft.rfft(windows * np.hanning(width)))[:, : width // 2] ** 2
    times = np.linspace(0, len(power), min(columns, len(power)), endpoint=False).astype(np.int64)
    bands = np.linspace(0, width // 2, rows, endpoint=False).astype(np.int64)
    counts = np.outer(np.diff(times, append=len(power)), np.diff(bands, append=width // 2))
    mean = np.add.reduceat(np.add.reduceat(power, times, axis=0), bands, axis=1) / counts
    decibel: FloatArray = 10 * np.log10(np.maximum(mean / mean.max(), 1e-12)).T
    return decibel


def _samples(data: bytes, width: int) -> FloatArray:
    """Return little-endian PCM as numbers from -1 to 1; samples of one byte are unsigned."""
    if width == 1:
        return (np.frombuffer(data, np.uint8).astype(float) - 128) / 128
    if width == 3:
        triples = np.frombuffer(data, np.uint8).reshape(-1, 3)
        padded = np.zeros((len(triples), 4), np.uint8)
        padded[:, 1:] = triples
        return padded.view("<i4")[:, 0] / 2.0**31
    return np.frombuffer(data, f"<i{width}") / 2.0 ** (8 * width - 1)
