"""Read mutations of the committed logs; fail on hangs and on any error but ReportgenError.

    python tests/fuzz.py [--inputs 100000] [--seconds 1500] [--seed 0]

Half of the mutations damage a file anywhere; the others change payloads and frame them well again,
so that the code behind the checksums is reached too. Every 50th input is read into frames with the
files beside it; the others are read into columns, which is faster. Inputs that fail are kept.
"""

import argparse
import contextlib
import random
import resource
import shutil
import signal
import struct
import sys
import tempfile
import time
from pathlib import Path

import google_crc32c

import reportgen
from reportgen.errors import ReportgenError
from reportgen.events import event_file

DATA = Path(__file__).with_name("data")
BESIDE = ["hparams.yaml", "projector_config.pbtxt", "tensors.tsv", "metadata.tsv"]
FRAMES_EVERY = 50  # inputs
MAX_SECONDS = 20  # for an input
ODD = [b"", b"\0", b"\xff" * 10, b"\x80" * 9, b"\x7f", b"\x08\xff\xff\xff\xff\x0f", b"[" * 99]


def checksum(data):
    crc = google_crc32c.value(data)
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def framed(payload):
    length = struct.pack("<Q", len(payload))
    return length + checksum(length) + payload + checksum(payload)


def payloads(data):
    place, result = 0, []
    while place + 12 <= len(data):
        (size,) = struct.unpack_from("<Q", data, place)
        result.append(data[place + 12 : place + 12 + size])
        place += size + 16
    return result


def mutated(data, other, rng):
    """The bytes with one to four changes."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        end = at + rng.choice([0, 1, 2, 8, rng.randrange(len(data) + 1)])
        start = rng.randrange(len(other) + 1)
        new = rng.choice([rng.choice(ODD), rng.randbytes(end - at), other[start : start + 40]])
        data[at : end if rng.random() < 0.8 else at] = new
    return bytes(data)


def reframed(records, rng):
    """A file of some of the records, of which a few are mutated."""
    chosen = rng.sample(records, min(len(records), rng.randint(1, 20)))
    changed = [
        mutated(record, rng.choice(records), rng) if rng.random() < 0.5 else record
        for record in chosen
    ]
    return b"".join(map(framed, changed))


def read_columns(path, data):
    path.write_bytes(data)
    event_file.read(path)


def read_frames(folder, path, data, rng):
    """Reads a copy of a committed run, its files mutated."""
    with tempfile.TemporaryDirectory() as place:
        run = Path(place, "run")
        shutil.copytree(folder, run)
        (run / path.name).write_bytes(data)
        for beside in run.rglob("*"):
            if beside.name in BESIDE and rng.random() < 0.5:
                beside.write_bytes(mutated(beside.read_bytes(), data[:999], rng))
        policy = rng.choice(["session", "step", "keep-all"])
        experiment = reportgen.read(place, restarts=policy)
        for blob in experiment.images["blob"]:
            blob.read()


def hang(*_):
    raise TimeoutError(f"an input took more than {MAX_SECONDS} seconds")


def fuzz(inputs, seconds, seed):
    """Returns how many inputs were read."""
    rng = random.Random(seed)  # noqa: S311
    files = sorted(DATA.rglob("*tfevents*"))
    contents = [path.read_bytes() for path in files]
    records = [payload for data in contents for payload in payloads(data)]
    signal.signal(signal.SIGALRM, hang)
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place, "events.out.tfevents.fuzz")
        for number in range(inputs):
            if time.monotonic() > end:
                return number
            index = rng.randrange(len(files))
            if rng.random() < 0.5:
                data = mutated(contents[index], rng.choice(contents), rng)
            else:
                data = reframed(records, rng)
            signal.alarm(MAX_SECONDS)
            try:
                with contextlib.suppress(ReportgenError):
                    if number % FRAMES_EVERY == 0:
                        read_frames(files[index].parent, files[index], data, rng)
                    else:
                        read_columns(scratch, data)
            except BaseException:
                remaining = Path(tempfile.gettempdir(), f"fuzz-{seed}-{number}.tfevents")
                remaining.write_bytes(data)
                print(f"input {number} of seed {seed} fails; kept as {remaining}", file=sys.stderr)
                raise
            finally:
                signal.alarm(0)
    return inputs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    begin = time.monotonic()
    count = fuzz(asked.inputs, asked.seconds, asked.seed)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count:,} inputs in {time.monotonic() - begin:.0f} s, at most {most} MiB")


if __name__ == "__main__":
    main()
