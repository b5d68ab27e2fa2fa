"""What a tag measures, as far as the rules need it: a loss, a score, a learning rate, ..."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LOSS = {"loss", "nll", "mse", "mae", "rmse", "perplexity", "ppl", "crossentropy", "xent", "bpc"}
_RATE = {"lr", "learningrate"}
_GRADIENTS = {"grad", "grads", "gradient", "gradients", "g"}
_NORMS = {"gradnorm", "gnorm", "gradientnorm"}
_SYSTEM = {
    *("gpu", "cpu", "memory", "mem", "ram", "vram", "disk", "power", "utilization", "util", "fan"),
    *("network", "system", "temperature"),
}
_COUNTER = {
    *("step", "steps", "epoch", "epochs", "iteration", "iterations", "samples", "tokens", "seen"),
    *("progress", "eta", "elapsed", "timesteps", "episodes", "count", "num", "total"),
}
_SETTING = {
    *("decay", "momentum", "beta", "beta1", "beta2", "eps", "epsilon", "coef", "coefficient"),
    *("scale", "dropout", "size", "schedule", "threshold", "alpha", "tau", "gamma", "weight"),
}
# Losses of which nobody can say that lower is better: those of adversarial pairs and of
# reinforcement learning, and terms that are added to a loss.
_AUXILIARY = {
    *("generator", "discriminator", "gen", "disc", "critic", "actor", "policy", "value", "vf"),
    *("adversarial", "adv", "gan", "fake", "real", "kl", "kld", "entropy", "q", "qf", "pg", "td"),
    *("reg", "regularization", "regularizer", "aux", "auxiliary", "alpha", "g", "d", "penalty"),
    *("netg", "netd", "wasserstein", "curiosity", "baseline", "commitment", "balance", "clip"),
}
_REWARD = {"reward", "rewards", "return", "returns", "rew"}
_TIME = re.compile(
    r"(?:step|iter|iteration|batch|forward|backward|train|compute)_?(?:time|seconds|secs|ms|duration)"
    r"|(?:time|seconds|sec|ms|s)_?(?:per|/)_?(?:step|iter|iteration|batch|it)|step_latency"
)
_THROUGHPUT = re.compile(
    r"throughput|(?:per|/)_?(?:sec|second|s)(?:_|$)|^(?:fps|sps|mfu)$|(?:samples|tokens|steps|it)ps"
)


@lru_cache(maxsize=4096)
def role(tag: str, metric: str, direction: str) -> str:
    """Return what a tag measures.

    Args:
        tag: as logged.
        metric: the tag without its split.
        direction: "up", "down" or "".

    Returns:
        "loss", "score", "reward", "auxiliary loss", "gradient norm", "learning rate", "step time",
        "throughput", "system", "counter", "setting" or "".
    """
    words = [word.lower() for word in _WORD.findall(metric)]
    last = [word.lower() for word in _WORD.findall(metric.rsplit("/", 1)[-1])]
    joined, spelled = "".join(last), "_".join(last)
    have = set(words)
    if joined in _RATE or have & _RATE or "learning_rate" in "_".join(words) or joined == "rate":
        return "learning rate"
    if joined in _NORMS or ("norm" in have and have & _GRADIENTS):
        return "gradient norm"
    return _speed(tag, spelled) or _measure(have, last, joined, direction)


def _speed(tag: str, spelled: str) -> str:
    """Return whether a tag measures time or speed, and which; "" where it does not."""
    if _THROUGHPUT.search(spelled) or _THROUGHPUT.search(tag.lower().rsplit("/", 1)[-1]):
        return "throughput"
    return "step time" if _TIME.search(spelled) else ""


def _measure(have: set[str], last: list[str], joined: str, direction: str) -> str:
    """Return the role of what is neither a rate nor a norm nor a speed."""
    if have & _REWARD:
        return "reward"
    if last[-1:] and last[-1] in _SETTING:
        return "setting"
    if have & _LOSS or "crossentropy" in joined:
        auxiliary = _AUXILIARY - {"entropy"} if "cross" in have else _AUXILIARY
        return "auxiliary loss" if have & auxiliary else "loss"
    if have & _SYSTEM:
        return "system"
    if direction:
        return "score"
    return "counter" if set(last) & _COUNTER or last[-1:] == ["time"] else _other(last)


def _other(last: list[str]) -> str:
    return "setting" if set(last) & _SETTING and "norm" not in last else ""
