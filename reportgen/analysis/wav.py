"""WAV: the samples of a sound, of PCM files of 8, 16, 24 and 32 bits."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LONGEST = 2_000_000  # frames; what follows is not looked at

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sound:
    """The start of a sound.

    Attributes:
        rate: frames per second.
        frames: how many the file says that it has.
        samples: (n,) between -1 and 1, the mean of all channels; n is `frames` or less.
    """

    rate: int
    frames: int
    channels: int
    samples: Floats

    @property
    def seconds(self) -> float:
        """How long all of it is."""
        return self.frames / self.rate


def read(data: bytes) -> Sound | None:
    """The sound in a WAV file; None where it is none of PCM."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
            frames = file.getnframes()
            raw = file.readframes(min(frames, _LONGEST))
    except (wave.Error, EOFError):
        return None
    if rate <= 0 or width not in (1, 2, 3, 4):
        return None
    whole = len(raw) // (width * channels) * width * channels
    samples = _samples(raw[:whole], width).reshape(-1, channels).mean(axis=1)
    return Sound(rate, frames, channels, samples) if len(samples) else None


def _samples(raw: bytes, width: int) -> Floats:
    """Little-endian integers as numbers between -1 and 1; those of one byte have no sign."""
    if width == 1:
        return np.frombuffer(raw, np.uint8) / 127.5 - 1
    if width == 3:  # below each, an empty byte makes four
        padded = np.zeros((len(raw) // 3, 4), np.uint8)
        padded[:, 1:] = np.frombuffer(raw, np.uint8).reshape(-1, 3)
        return padded.view("<i4").ravel() / 2.0**31
    samples: Floats = np.frombuffer(raw, f"<i{width}") / 2.0 ** (8 * width - 1)
    return samples
