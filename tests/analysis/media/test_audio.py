"""WAV files of every sample width are decoded, and nothing else."""

import io
import wave

import numpy as np
import pytest

from reportgen.analysis.media.audio import Sound, decode, envelope, spectrum


def wav(samples, width=2, channels=1, rate=8000):
    scaled = (np.asarray(samples) * (2 ** (8 * width - 1) - 1)).astype("<i4")
    raw = scaled.view(np.uint8).reshape(-1, 4)[:, :width]
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes((raw + 128 if width == 1 else raw).astype(np.uint8).tobytes())
    return stream.getvalue()


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_samples_of_every_width_are_read(width):
    samples = np.sin(np.linspace(0, 20, 500))
    sound = decode(wav(samples, width))
    np.testing.assert_allclose(sound.samples, samples, atol=2 ** (2 - 8 * width))
    assert (sound.rate, sound.channels, sound.seconds) == (8000, 1, 500 / 8000)


def test_channels_are_averaged():
    sound = decode(wav(np.tile([0.5, -0.5], 10), channels=2))
    assert sound.channels == 2
    np.testing.assert_allclose(sound.samples, np.zeros(10), atol=1e-4)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"ID3 not a sound", wav([0.1] * 9)[:30]])
def test_other_bytes_are_not_decoded(data):
    assert decode(data) is None


def test_a_truncated_file_is_decoded_to_its_end():
    assert len(decode(wav(np.zeros(100))[:-50]).samples) == 75


def test_the_envelope_contains_every_extreme():
    samples = np.random.default_rng(0).uniform(-1, 1, 1000)
    low, high = envelope(Sound(1000, samples, 1, 1000), 7)
    assert (low.min(), high.max()) == (samples.min(), samples.max())


def test_a_tone_has_its_power_at_its_frequency():
    rate = 8192
    tone = np.sin(2 * np.pi * 1000 * np.arange(rate) / rate)
    power = spectrum(Sound(rate, tone, 1, rate), 10, 32)  # rows of 128 Hz
    assert power.shape == (32, 10)
    assert (power.argmax(axis=0) == 7).all()


def test_silence_and_very_short_sounds_have_no_spectrum():
    assert spectrum(Sound(8000, np.zeros(5000), 1, 5000), 10, 32).size == 0
    assert spectrum(Sound(8000, np.ones(10), 1, 10), 10, 32).size == 0
    assert spectrum(Sound(8000, np.zeros(0), 1, 0), 10, 32).size == 0
