"""Write logs that hold every kind of data, as realistic as made-up ones can be.

Nine runs of a classifier of pictures with their parameters, one of them restarted; a language model
that trains for long, with spikes and values that are no numbers; four ranks of a distributed run,
one of them slow; a recogniser of speech, a classifier of many classes, shapes in space. The clock
is made up too: the same logs come out each time.
"""

import argparse
from pathlib import Path

import numpy as np
from logs import BINS, Log, sound, table, tensor
from tensorboardX import summary

CLASSES = ("airplane", "bird", "cat", "deer", "dog", "frog", "horse", "ship")
LIKE = {("cat", "dog"): 0.5, ("airplane", "ship"): 0.3, ("deer", "horse"): 0.35}
STEPS = 20  # an epoch of the classifier
HOUR = 3600


def confusions(rng, skill, names=CLASSES, size=100):
    """Predictions of a classifier that takes some classes for their likes."""
    matrix = np.zeros((len(names), len(names)))
    for row, name in enumerate(names):
        weights = np.full(len(names), (1 - skill) / len(names))
        for pair, like in LIKE.items():
            if name in pair:
                weights[names.index(pair[pair.index(name) - 1])] += like * (1 - skill)
        weights[row] += skill
        matrix[row] = rng.multinomial(size, weights / weights.sum())
    return matrix


def classifier(directory, rng, number, rate, units, epochs):
    """One run of the sweep; of the best one the machine was taken away for two hours."""
    speed = {0.001: 1.6, 0.01: 5.0, 0.1: 9.0}[rate]
    noise = {0.001: 0.04, 0.01: 0.10, 0.1: 0.35}[rate]
    reached = 0.96 - {0.001: 0.05, 0.01: 0.0, 0.1: 0.09}[rate] - 2.4 / units
    start, pace = number * 1.6 * HOUR, 3.2 + units / 100
    last = epochs * STEPS
    with Log(directory, start, pace) as log:
        values = {"learning rate": rate, "units": units, "seed": 0}
        values |= {
            "optimiser": ("sgd", "adam")[number % 2],
            "weight decay": (1e-4, 1e-2)[number % 3 > 1],
        }
        log.parameters(values)
        broken = last * 6 // 10 if (rate, units) == (0.01, 256) else last
        course(log, rng, (0, broken), last, (speed, noise, reached, units))
        if broken == last:
            held_out(log, rng, last, reached, units)
    if broken < last:
        saved = last // 2
        gone = start + broken * pace + 2 * HOUR
        with Log(directory, gone, pace, restarts_at=saved) as log:
            course(log, rng, (saved, last), last, (speed, noise, reached, units))
            held_out(log, rng, last, reached, units)


def course(log, rng, span, last, makeup):
    """What a run logs as it goes: losses, accuracy, epochs, weights."""
    speed, noise, reached, units = makeup
    for step in range(*span):
        done = step / last
        falls = 2.3 * np.exp(-speed * done) + 1.2 * (1 - reached) ** 1.5
        log.add(summary.scalar("train/loss", falls * np.exp(rng.normal(0, noise))), step)
        if step % STEPS == STEPS - 1:
            over = 0.35 * max(0.0, done - 0.5) * (speed > 2)
            loss = (falls + 0.06 + over) * np.exp(rng.normal(0, noise / 4))
            log.add(summary.scalar("val/loss", loss), step)
            skill = reached * (1 - 0.88 * np.exp(-1.4 * speed * done))
            log.add(summary.scalar("val/accuracy", skill + rng.normal(0, 0.004)), step)
            log.add(summary.scalar("epoch", (step + 1) / STEPS), step)
            if units < 256:
                continue
            wide = 0.05 + 0.09 * (1 - np.exp(-speed * done))
            weights = rng.normal(0.02 * done, wide, 3000)
            log.add(summary.histogram("weights/dense", weights, BINS), step)


def held_out(log, rng, last, reached, units):
    """What a run logs of the pictures that it has not seen."""
    for number in range(6):
        skill = reached * (1 - np.exp(-1.2 * number))
        log.add(tensor("val/confusion", confusions(rng, skill)), last * number // 5)
    log.add(summary.text("val/confusion/labels", ", ".join(CLASSES)), 0)
    truth = rng.random(2000) < 0.3
    noise = rng.normal(0.3, 0.15, 2000)
    for done in (0, 0.1, 0.3, 1):
        apart = 0.4 * reached * (1 - np.exp(-6 * done)) * truth
        curve = summary.pr_curve("is a bird", truth, np.clip(noise + apart, 0, 1))
        log.add(curve, int(done * last))
    for done in (0, 0.5, 1) if units == 256 else ():
        sharp = reached * done
        seen = sharp * picture() + (1 - sharp) * rng.random((3, 96, 96))
        log.add(summary.image("denoised", seen), int(done * last))


def language_model(directory, rng, epochs):
    """A long run: a loss over decades, spikes, values that are no numbers, bands, rates."""
    steps, pace = epochs * 200, 4.0
    band = ["perplexity/median", "perplexity/best_tenth", "perplexity/worst_tenth"]
    parts = {"of documents": ["Margin", band], "all three": ["Multiline", ["perplexity/.*"]]}
    long = "/".join(["decoder", *(f"layers_{layer}" for layer in range(24)), "attention", "query"])
    with Log(directory, 20 * HOUR, pace) as log:
        log.add(summary.custom_scalars({"Perplexity by document": parts}), 0)
        for step in range(0, steps, 2):
            done = step / steps
            loss = 0.02 + 9 * (1 + 400 * done) ** -1.1 * np.exp(rng.normal(0, 0.12))
            bad = {7: np.nan, 15: 1e6, 21: np.inf}.get(step * 30 // steps)
            if bad and step % (steps // 30) < 2:
                loss = bad
            log.add(summary.scalar("lm/loss", loss), step)
        for step in range(0, steps, 50):
            done = step / steps
            for tag, size in zip(band, (1.0, 0.6, 1.9), strict=True):
                value = (8 + 90 * np.exp(-9 * done)) * size * np.exp(rng.normal(0, 0.02))
                log.add(summary.scalar(tag, value), step)
            gradients = rng.standard_t(1.1, 3000) * 10 ** (-2 - 1.5 * done)
            log.add(summary.histogram("gradients/embedding", gradients, BINS), step)
            norm = 0.5 + 0.2 * rng.random() * np.exp(-3 * done)
            log.add(summary.scalar(f"{long}/gradient_norm", norm), step)
    for line, peak in {"backbone": 3e-4, "head": 1e-3}.items():
        with Log(directory / "rate" / line, 20 * HOUR, pace) as log:
            for step in range(0, steps, 50):
                warm = min(1.0, step / steps * 10)
                rate = peak * warm * (0.55 + 0.45 * np.cos(np.pi * step / steps))
                log.add(summary.scalar("rate", rate), step)


def ranks(directory, rng):
    """Four processes of a distributed run; they save every hundred steps, and one is slow."""
    for number in range(4):
        with Log(directory / f"gpu_{number}", 30 * HOUR, 0.0) as log:
            seconds = rng.lognormal(np.log(1.6 if number == 2 else 1.2), 0.08, 400)
            seconds[::100] += 20
            for step, at in enumerate(30 * HOUR + np.cumsum(seconds)):
                loss = 3 * np.exp(-step / 90) + rng.normal(0.35, 0.08)
                log.add(summary.scalar("ddp/loss", loss), step, at)


def speech(directory, rng):
    """Sounds, a table of texts, a text, histograms of few steps."""
    time = np.arange(16_000 * 2) / 16_000
    with Log(directory, 40 * HOUR, 60.0) as log:
        for step in range(0, 80, 10):
            active = rng.gamma(2 + step / 20, 0.5, 3000) - 0.02 * step
            log.add(summary.histogram("activations", active, BINS), step)
            word = 0.6 * np.exp(-step / 30) + 0.08 + rng.normal(0, 0.01)
            log.add(summary.scalar("word_error_rate", word), step)
        for step in (0, 70):
            pitch = np.cumsum(180 + 60 * np.sin(2 * np.pi * 1.5 * time)) / 16_000
            tone = sum(np.sin(2 * np.pi * n * pitch) / n for n in range(1, 12))
            loud = 0.25 * np.abs(np.sin(2 * np.pi * 1.5 * time)) ** 0.5
            noise = rng.normal(0, 0.15 if step == 0 else 0.004, len(time))
            log.add(sound("voice", loud * tone + noise, 16_000), step)
        rows = [["said", "heard"], ["seven nine two", "seven five two"], ["stop", "stop"]]
        log.add(table("words", rows), 70)
        notes = "Noise was **added**; see $\\mathrm{SNR} = 10 \\log_{10}(P_s / P_n)$."
        log.add(summary.text("notes", notes), 70)


def pets(directory, rng):
    """Many classes."""
    with Log(directory, 44 * HOUR) as log:
        many = tuple(f"breed {index}" for index in range(30))
        like = confusions(rng, 0.6, many, 60)
        for row in range(30):
            like[row, (row + 10) % 30] += 25
        log.add(tensor("breeds/confusion", like), 0)
        log.add(summary.text("breeds/confusion/labels", ", ".join(many)), 0)
        species = tuple(f"species {index}" for index in range(120))
        log.add(tensor("species/confusion", confusions(rng, 0.7, species, 200)), 0)


def shapes(directory, rng):
    """Points, a mesh, features of pictures, a graph."""
    with Log(directory, 46 * HOUR) as log:
        around, across = rng.uniform(0, 2 * np.pi, (2, 1500))
        colors = np.stack(
            [127 + 127 * np.cos(across), 127 + 127 * np.sin(around), 0 * around + 90], 1
        )
        cloud = torus(around, across)[None].astype("float32")
        log.add(summary.mesh("cloud", cloud, colors[None].astype("uint8"), None), 0)
        turns = np.linspace(0, 2 * np.pi, 25)[:-1]
        ring, tube = (grid.ravel() for grid in np.meshgrid(turns, turns, indexing="ij"))
        place = np.arange(24 * 24).reshape(24, 24)
        next_, beside = np.roll(place, -1, 0), np.roll(place, -1, 1)
        corners = (place, next_, beside), (next_, np.roll(next_, -1, 1), beside)
        faces = np.concatenate([np.stack(three, -1).reshape(-1, 3) for three in corners])
        surface = torus(ring, tube)[None].astype("float32")
        log.add(summary.mesh("torus", surface, None, faces[None].astype("int32")), 0)
        kinds = rng.integers(0, len(CLASSES), 600)
        centres = rng.normal(0, 3, (len(CLASSES), 16))
        features = rng.normal(size=(600, 16)) + centres[kinds]
        log.embedding("features", features, [CLASSES[kind] for kind in kinds])
        parts = {"conv": "Conv2D", "norm": "BatchNorm", "activation": "Relu"}
        log.graph(
            {"input": "Placeholder"}
            | {f"model/block_{n}/{piece}": op for n in range(4) for piece, op in parts.items()}
            | {"model/head/dense": "MatMul", "loss": "SoftmaxCrossEntropy"}
        )


def torus(around, across):
    """Points (n, 3) at these angles."""
    reach = 1 + 0.4 * np.cos(across)
    return np.stack([reach * np.cos(around), reach * np.sin(around), 0.4 * np.sin(across)], 1)


def picture():
    """A gradient with a disc."""
    y, x = np.mgrid[-1:1:96j, -1:1:96j]
    disc = (x**2 + y**2 < 0.4).astype(float)
    return np.stack([0.5 + x / 2, 0.5 + y / 2, disc])


def main():
    """Write all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", default="runs/gallery")
    parser.add_argument("--epochs", type=int, default=50)
    arguments = parser.parse_args()

    directory, rng = Path(arguments.directory), np.random.default_rng(0)
    sweep = [(rate, units) for rate in (0.1, 0.01, 0.001) for units in (16, 64, 256)]
    for number, (rate, units) in enumerate(sweep):
        name = f"lr={rate},units={units}"
        classifier(directory / name, rng, number, rate, units, arguments.epochs)
    language_model(directory / "language model", rng, arguments.epochs)
    ranks(directory / "cluster", rng)
    for example in (speech, pets, shapes):
        example(directory / example.__name__, rng)
    print(f"Now: reportgen {arguments.directory} --histograms all -o report.html")


if __name__ == "__main__":
    main()
