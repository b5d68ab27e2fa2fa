"""Small networks in numpy, several seeds at once: what the benchmark of the findings trains.

All arrays have the seeds as their first axis; values are of 32 bits, as they overflow in earnest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

Schedule = Callable[[float], float]


def constant(_: float) -> float:
    """The rate as it is."""
    return 1.0


@dataclass(frozen=True, kw_only=True)
class Setup:
    """How a network is trained.

    Attributes:
        task: makes the data of one seed: inputs and targets of training, validation and test.
        classes: 0 for regression.
        hidden: widths of the hidden layers.
        schedule: the factor of the rate by the share of the steps that is done.
        before: is called with the state before each step, and may change it: where faults are made.
        batch: rows of a batch; 0 for all.
    """

    task: Callable[[np.random.Generator], tuple[np.ndarray, ...]]
    classes: int = 10
    hidden: tuple[int, ...] = (32,)
    activation: str = "relu"
    gain: float = 1.0
    optimiser: str = "adam"
    rate: float = 3e-3
    schedule: Schedule = constant
    batch: int = 32
    steps: int = 800
    dropout: float = 0.0
    smoothing: float = 0.0
    decay: float = 0.0
    clip: float = 0.0
    before: Callable[[State], None] | None = None
    log_every: int = 4
    evaluate_every: int = 20
    histograms: int = 0  # how many of them are logged
    residual: bool = False
    logs_rate: bool = True
    logs_norm: bool = True
    logs_layers: bool = False
    first_step: int = 0
    warm: int = 0  # steps of a training before, which nobody logged


@dataclass
class State:
    """A training as it goes; `before` of a setup may change it."""

    setup: Setup
    rng: np.random.Generator
    data: tuple[np.ndarray, ...]
    weights: list[np.ndarray]
    moments: list[list[np.ndarray]]
    step: int = 0
    factor: float = 1.0
    inputs: np.ndarray = field(default_factory=lambda: np.zeros(0))
    targets: np.ndarray = field(default_factory=lambda: np.zeros(0))
    gradients: list[np.ndarray] = field(default_factory=list)
    skipped: np.ndarray | None = None  # of the gradients, those that are set to 0
    accumulates: bool = False


@dataclass
class Trained:
    """What was logged: by tag the steps (n,) and values (n, seeds); what nobody logs beside it.

    Attributes:
        test_losses: on many samples, at the steps of the validation loss, (n, seeds).
        later: the mean test loss after a quarter more of the steps, (seeds,).
        histograms: by tag, (step, values of all seeds).
        confusion: at the end, (seeds, k, k).
    """

    scalars: dict[str, tuple[np.ndarray, np.ndarray]]
    test_losses: np.ndarray
    later: np.ndarray
    histograms: dict[str, list[tuple[int, np.ndarray]]]
    confusion: np.ndarray | None
    test_confusion: np.ndarray | None
    classes: int


def _act(z, name):
    """The activation and its derivative."""
    if name == "relu":
        return np.maximum(z, 0), (z > 0).astype(z.dtype)
    if name == "tanh":
        h = np.tanh(z)
        return h, 1 - h * h
    if name == "sigmoid":
        h = 1 / (1 + np.exp(-np.clip(z, -60, 60)))
        return h, h * (1 - h)
    return z, np.ones_like(z)


def initial(setup, seeds, sizes):
    """Weights and biases of all layers, He's scale times the gain."""
    weights = []
    for fan_in, fan_out in pairwise(sizes):
        draws = [
            np.random.default_rng([seed, fan_in, fan_out, len(weights)]).normal(
                0, setup.gain * np.sqrt((2 if setup.activation == "relu" else 1) / fan_in),
                (fan_in, fan_out),
            )
            for seed in seeds
        ]  # fmt: skip
        weights += [np.array(draws, np.float32), np.zeros((len(seeds), 1, fan_out), np.float32)]
    return weights


def forward(setup, weights, x, masks=None):
    """Outputs, and the hidden layers with their derivatives."""
    h, remaining = x, []
    count = len(weights) // 2
    for layer in range(count - 1):
        z = h @ weights[2 * layer] + weights[2 * layer + 1]
        new, slope = _act(z, setup.activation)
        if masks is not None:
            new, slope = new * masks[layer], slope * masks[layer]
        remaining.append((h, slope, new))
        h = h + new if setup.residual and h.shape == new.shape else new
    remaining.append((h, None, None))
    return h @ weights[-2] + weights[-1], remaining


def loss_and_slope(setup, outputs, targets):
    """The loss of each seed, and its derivative by the outputs."""
    rows = outputs.shape[1]
    if not setup.classes:
        difference = outputs - targets
        return (difference**2).mean(axis=(1, 2)), 2 * difference / rows / outputs.shape[2]
    shifted = outputs - outputs.max(axis=2, keepdims=True)
    exps = np.exp(shifted)
    p = exps / exps.sum(axis=2, keepdims=True)
    soft = (1 - setup.smoothing) * targets + setup.smoothing / setup.classes
    logs = shifted - np.log(exps.sum(axis=2, keepdims=True))
    return -(soft * logs).sum(axis=2).mean(axis=1), (p - soft) / rows


def backward(setup, weights, remaining, slope):
    """Gradients of all weights."""
    gradients = [np.zeros(0)] * len(weights)
    for layer in range(len(weights) // 2 - 1, -1, -1):
        inputs, derivative, new = remaining[layer]
        through = slope if derivative is None else slope * derivative
        gradients[2 * layer] = np.swapaxes(inputs, 1, 2) @ through
        gradients[2 * layer + 1] = through.sum(axis=1, keepdims=True)
        if layer:
            back = through @ np.swapaxes(weights[2 * layer], 1, 2)
            skips = setup.residual and new is not None and new.shape == inputs.shape
            slope = back + slope if skips else back
    return gradients


def update(state, rate):
    """One step of the optimiser."""
    setup, t = state.setup, state.step + state.setup.warm + 1
    for place, raw in enumerate(state.gradients):
        weight, (first, second) = state.weights[place], state.moments[place]
        decay = setup.decay if setup.optimiser != "adamw" else 0
        gradient = raw + decay * weight
        if setup.optimiser == "sgd":
            weight -= rate * gradient
        elif setup.optimiser in {"momentum", "nesterov"}:
            first[:] = 0.9 * first + gradient
            weight -= rate * (gradient + 0.9 * first if setup.optimiser == "nesterov" else first)
        elif setup.optimiser == "adagrad":
            second += gradient**2
            weight -= rate * gradient / (np.sqrt(second) + 1e-8)
        elif setup.optimiser == "rmsprop":
            second[:] = 0.99 * second + 0.01 * gradient**2
            weight -= rate * gradient / (np.sqrt(second) + 1e-8)
        elif setup.optimiser == "lion":
            weight -= rate * np.sign(0.9 * first + 0.1 * gradient)
            first[:] = 0.99 * first + 0.01 * gradient
        else:
            first[:] = 0.9 * first + 0.1 * gradient
            second[:] = 0.999 * second + 0.001 * gradient**2
            step = (first / (1 - 0.9**t)) / (np.sqrt(second / (1 - 0.999**t)) + 1e-8)
            weight -= rate * (step + (setup.decay * weight if setup.optimiser == "adamw" else 0))


def _norm(gradients):
    return np.sqrt(sum((g.astype(np.float64) ** 2).sum(axis=(1, 2)) for g in gradients))


def train(setup, seeds):
    """Train one network a seed, and log it."""
    with np.errstate(all="ignore"):
        return _train(setup, seeds)


def _train(setup, seeds):  # noqa: C901, PLR0912, PLR0915 - one loop, read from top to bottom
    drawn = [setup.task(np.random.default_rng([seed, 1])) for seed in seeds]
    data = tuple(np.array(column, np.float32) for column in zip(*drawn, strict=True))
    sizes = (data[0].shape[2], *setup.hidden, setup.classes or data[1].shape[2])
    weights = initial(setup, seeds, sizes)
    moments = [[np.zeros_like(w), np.zeros_like(w)] for w in weights]
    state = State(setup, np.random.default_rng(list(seeds)), data, weights, moments)
    logged = defaultdict(list)
    histograms = defaultdict(list)
    tests = []
    rows = data[0].shape[1]
    at = set(np.linspace(0, setup.steps - 1, setup.histograms, dtype=int).tolist())
    for step in range(-setup.warm, setup.steps + setup.steps // 4):
        state.step = step
        share = min(max(step, 0) / setup.steps, 1.0)
        rate = setup.rate * setup.schedule(share) if step >= 0 else 3e-3
        _draw(state, rows)
        state.factor, state.skipped = 1.0, None
        if setup.before and 0 <= step < setup.steps:
            setup.before(state)
        masks = None
        if setup.dropout:
            masks = [
                (state.rng.random((len(seeds), len(state.inputs[0]), width)) > setup.dropout)
                / np.float32(1 - setup.dropout)
                for width in setup.hidden
            ]
        outputs, remaining = forward(setup, weights, state.inputs, masks)
        loss, slope = loss_and_slope(setup, outputs, state.targets)
        new = backward(setup, weights, remaining, slope)
        if state.accumulates and state.gradients:
            new = [old + item for old, item in zip(state.gradients, new, strict=True)]
        state.gradients = new
        norm = _norm(new)
        if setup.clip:
            factor = np.minimum(1, setup.clip / (norm + 1e-9)).astype(np.float32)
            state.gradients = [g * factor[:, None, None] for g in new]
        if state.skipped is not None:
            state.gradients[int(state.skipped)] = state.gradients[int(state.skipped)] * 0
        if step < 0:
            pass
        elif step < setup.steps:
            _log(setup, logged, step, (loss, norm, rate * state.factor), new, remaining)
            if step in at:
                for layer in range(len(weights) // 2):
                    histograms[f"gradients/layer_{layer}"].append((step, new[2 * layer]))
                    if layer < len(weights) // 2 - 1:
                        histograms[f"activations/layer_{layer}"].append((step, remaining[layer][2]))
            if step % setup.evaluate_every == setup.evaluate_every - 1:
                tests.append(_evaluate(state, logged, step))
        elif step % max(1, setup.steps // 40) == 0:
            tests.append(_test(state))
        if step == setup.steps - 1:
            confusion = _confusion(state, 2) if setup.classes else None
            test_confusion = _confusion(state, 4) if setup.classes else None
        update(state, rate * state.factor)
    kept_tests = len(logged["val/loss"])
    later = np.array(tests[kept_tests:])
    return Trained(
        {
            tag: (
                np.array([step for step, _ in rows]) + setup.first_step,
                np.array([value for _, value in rows], np.float32).astype(float),
            )
            for tag, rows in logged.items()
        },
        np.array(tests[:kept_tests]),
        later[-5:].mean(axis=0),
        dict(histograms),
        confusion,
        test_confusion,
        setup.classes,
    )


def _draw(state, rows):
    """The next batch."""
    x, y = state.data[:2]
    if not state.setup.batch:
        state.inputs, state.targets = x, y
        return
    chosen = state.rng.integers(0, rows, (len(x), state.setup.batch))
    along = np.arange(len(x))[:, None]
    state.inputs, state.targets = x[along, chosen], y[along, chosen]


def _log(setup, logged, step, numbers, gradients, remaining):
    loss, norm, rate = numbers
    if step % setup.log_every:
        return
    logged["train/loss"].append((step, loss))
    if setup.logs_norm:
        logged["grad_norm"].append((step, norm))
    if setup.logs_rate:
        logged["lr"].append((step, np.full(len(loss), rate)))
    if setup.logs_layers:
        for layer in range(len(gradients) // 2):
            name = f"layers/{layer}"
            logged[f"{name}/grad_norm"].append((step, _norm(gradients[2 * layer : 2 * layer + 2])))
            if layer < len(gradients) // 2 - 1:
                size = remaining[layer][2].std(axis=(1, 2))
                logged[f"{name}/activation_std"].append((step, size))


def _evaluate(state, logged, step):
    setup = state.setup
    outputs, _ = forward(setup, state.weights, state.data[2])
    plain = loss_and_slope(_plain(setup), outputs, state.data[3])[0]
    logged["val/loss"].append((step, plain))
    if setup.classes:
        right = outputs.argmax(axis=2) == state.data[3].argmax(axis=2)
        logged["val/accuracy"].append((step, right.mean(axis=1)))
    return _test(state)


def _test(state):
    outputs, _ = forward(state.setup, state.weights, state.data[4])
    return loss_and_slope(_plain(state.setup), outputs, state.data[5])[0]


def _plain(setup):
    """Held-out loss has no smoothed labels."""
    if not setup.smoothing:
        return setup
    return Setup(task=setup.task, classes=setup.classes)


def _confusion(state, piece):
    outputs, _ = forward(state.setup, state.weights, state.data[piece])
    k = state.setup.classes
    actual, predicted = state.data[piece + 1].argmax(axis=2), outputs.argmax(axis=2)
    return np.array(
        [
            np.bincount(a * k + p, minlength=k * k).reshape(k, k)
            for a, p in zip(actual, predicted, strict=True)
        ]
    )
