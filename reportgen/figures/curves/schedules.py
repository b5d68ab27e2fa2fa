"""Schedules: tags whose values are set or counted, so that smoothing them would be wrong."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = frozenset(
    (
        *("lr", "epoch", "epochs", "step", "steps", "iteration", "iterations", "iter", "batch"),
        *("progress", "momentum", "beta", "temperature", "decay", "seen", "samples", "examples"),
        *("tokens", "schedule", "warmup", "counter", "count"),
    )
)
_PHRASES = ("learning_rate", "learningrate", "weight_decay", "lr_")
_RATES = frozenset(("per", "rate", "throughput", "sec", "second", "s", "ms", "time", "loss"))


@lru_cache(maxsize=4096)
def is_schedule(tag: str) -> bool:
    """Return whether a tag names a schedule or a counter, such as "train/learning_rate"."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", tag.rpartition("/")[2]).lower()
    words = re.split(r"[^a-z]+", name)
    if any(phrase in name for phrase in _PHRASES):
        return True
    return bool(_WORDS.intersection(words)) and not _RATES.intersection(words)
