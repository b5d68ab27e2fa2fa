"""What a tag measures: its metric, the split of the data, and which way is better."""

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
    """What is measured.

    Attributes:
        name: the tag without its split.
        split: "train", "validation", "test" or "" (the tag does not say).
        direction: "down" (lower is better), "up" or "" (not known).
    """

    name: str
    split: str
    direction: str


def parse_best(words: Iterable[str]) -> dict[str, Direction]:
    """Reads which way is better for tags or metrics: `TAG=up`, `TAG=down` or `TAG=none`.

    Returns:
        "up", "down" or "" by tag or metric.

    Raises:
        UsageError: a word is none of these.
    """
    ways: dict[str, Direction] = {"up": "up", "down": "down", "none": ""}
    parts = [word.rpartition("=") for word in words]
    for tag, _, way in parts:
        if not tag or way not in ways:
            raise UsageError(f"--best {tag}={way}: not a direction; use TAG=up, =down or =none")
    return {tag: ways[way] for tag, _, way in parts}


@lru_cache(maxsize=4096)
def metric(run_split: str, tag: str) -> Metric:
    """Reads a tag: `train/loss` and `val_loss` are both the metric `loss`.

    Args:
        run_split: the split that the run's directory names; the tag's own goes before it.
        tag: as logged.
    """
    parts = tag.split("/")
    for index, part in enumerate(parts):
        split, rest = _split(part)
        if split and (rest or len(parts) > 1):
            left = parts[:index] + ([rest] if rest else []) + parts[index + 1 :]
            name = "/".join(left)
            return Metric(name, split, direction(name))
    return Metric(tag, run_split, direction(tag))


def direction(name: str) -> str:
    """Which way is better, by the words of the metric's last part: loss down, accuracy up."""
    words = re.split(r"[^a-z0-9]+", name.rsplit("/", 1)[-1].lower())
    if any(_DOWN.fullmatch(word) for word in words):
        return "down"
    return "up" if any(_UP.fullmatch(word) for word in words) else ""


def _split(part: str) -> tuple[str, str]:
    """The split that a part of a tag names, and the part without it: val_loss, loss_val, val."""
    if part.lower() in _SPLITS:
        return _SPLITS[part.lower()], ""
    before, _, after = part.partition("_")
    if after and before.lower() in _SPLITS:
        return _SPLITS[before.lower()], after
    before, _, after = part.rpartition("_")
    if before and after.lower() in _SPLITS:
        return _SPLITS[after.lower()], before
    return "", part
