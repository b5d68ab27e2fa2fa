"""What a tag measures: its metric, its split of the data, and which direction is better."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reportgen.errors import UsageError

Direction = Literal["up", "down", ""]  # which values are better; "" where it is not known

_SPLITS = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "eval": "validation",
    "test": "test",
}
_DOWN = re.compile(r"(?:loss|error|err|perplexity|ppl|mae|mse|rmse|nll|wer|cer|fid|cross_?entropy)")
_UP = re.compile(
    r"(?:accuracy|acc|top_?\d+|f1|auc|auroc|precision|recall|iou|miou|map\d*|dice|bleu|rouge|reward"
    r"|return|r2|psnr|ssim)"
)


@dataclass(frozen=True, slots=True)
class Metric:
    """What a tag measures.

    Attributes:
        name: the tag without its split.
        split: "train", "validation", "test" or "" (the tag names none).
        direction: "down" (lower is better), "up" (higher is better) or "" (unknown).
    """

    name: str
    split: str
    direction: str


def parse_best(words: Iterable[str]) -> dict[str, Direction]:
    """Return the better direction of tags or metrics from `TAG=up`, `TAG=down` or `TAG=none`.

    Returns:
        "up", "down" or "" by tag or metric.

    Raises:
        UsageError: an entry of `words` has another form.
    """
    directions: dict[str, Direction] = {"up": "up", "down": "down", "none": ""}
    pairs = [word.rpartition("=") for word in words]
    for tag, _, name in pairs:
        if not tag or name not in directions:
            raise UsageError(f"--best {tag}={name}: not a direction; use TAG=up, =down or =none")
    return {tag: directions[name] for tag, _, name in pairs}


@lru_cache(maxsize=4096)
def metric(run_split: str, tag: str) -> Metric:
    """Return what a tag measures: `train/loss` and `val_loss` are both the metric `loss`.

    Args:
        run_split: the split that the run's directory names; a split in the tag overrides it.
        tag: as logged.
    """
    segments = tag.split("/")
    for index, segment in enumerate(segments):
        split, rest = _split(segment)
        if split and (rest or len(segments) > 1):
            name = "/".join(segments[:index] + ([rest] if rest else []) + segments[index + 1 :])
            return Metric(name, split, direction(name))
    return Metric(tag, run_split, direction(tag))


def direction(name: str) -> str:
    """Return the better direction by the words of the metric's last segment, or ""."""
    words = re.split(r"[^a-z0-9]+", name.rsplit("/", 1)[-1].lower())
    if any(_DOWN.fullmatch(word) for word in words):
        return "down"
    return "up" if any(_UP.fullmatch(word) for word in words) else ""


def _split(segment: str) -> tuple[str, str]:
    """Return the split that a segment of a tag names, and the rest: val_loss, loss_val, val."""
    if segment.lower() in _SPLITS:
        return _SPLITS[segment.lower()], ""
    before, _, after = segment.partition("_")
    if after and before.lower() in _SPLITS:
        return _SPLITS[before.lower()], after
    before, _, after = segment.rpartition("_")
    if before and after.lower() in _SPLITS:
        return _SPLITS[after.lower()], before
    return "", segment
