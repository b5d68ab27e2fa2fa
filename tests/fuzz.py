"""Read mutations of the committed logs; fail on hangs and on any error but ReportgenError.

    python tests/fuzz.py [--inputs 100000] [--reports 500] [--seconds 1500] [--seed 0]

A third of the mutations damage a file anywhere; a third change payloads and frame them well again,
so that the code behind the checksums is reached too; a third set fields of the messages to odd
values, so that the code behind the protobuf decoder is. Every 20th input is a table. Every 50th is
read into frames with the files beside it; the others are read into columns, which is faster. The
reports are of a few odd records each, in every format in turn. Inputs that fail are kept.
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
from reportgen.events.messages import message
from reportgen.tables import registry

DATA = Path(__file__).with_name("data")
BESIDE = ["hparams.yaml", "projector_config.pbtxt", "tensors.tsv", "metadata.tsv"]
FRAMES_EVERY, TABLE_EVERY = 50, 20  # inputs
MAX_SECONDS = 20  # for an input
ODD = [b"", b"\0", b"\xff" * 10, b"\x80" * 9, b"\x7f", b"\x08\xff\xff\xff\xff\x0f", b"[" * 99]


TABLES = {
    "metrics.csv": b"step,epoch,train/loss,val/acc\n0,0,1.5,\n1,0,,0.5\n2,1,0.5,0.75\n",
    "results.csv": b"epoch, train/box_loss, metrics/mAP50(B)\n1, 1.5, 0.2\n2, 1.0, 0.4\n",
    "trainer_state.json": b'{"log_history": [{"step": 1, "epoch": 0.5, "loss": 2.0}, '
    b'{"step": 2, "eval_loss": 1.0}], "global_step": 2}',
    "predictions.csv": b"label,prediction,score_a,score_b\na,a,0.9,0.1\nb,a,0.6,0.4\n",
}
NUMBERS = [0, 1, -1, 2**31 - 1, -(2**31), 2**63 - 1, -(2**63), 1 << 40]
REALS = [0.0, -0.0, 1e308, -1e308, 5e-324, float("inf"), float("-inf"), float("nan"), 1e-7, 3.5]
TEXTS = ["", "a", "\x00", "a/b", "../x", "loss", "\u202e", "=1+1", "<b>", "a" * 5000, "é\ud7ff"]
FORMATS = (
    "html:r.html",
    "md:r.md",
    "r.json",
    "r.csv",
    "r.eml",
    "github:g.md",
    "junit:j.xml",
    "openmetrics:m.txt",
    "gitlab:l.md",
    "slack:s.json",
    "bundle:b",
    "github-comment:c.md",
)


def odd_fields(part, rng, depth=0):
    """Sets some fields of a message, and of those in it, to odd values."""
    for field in part.DESCRIPTOR.fields:
        present = (
            len(getattr(part, field.name))
            if field.is_repeated
            else part.HasField(field.name)
            if field.has_presence
            else True
        )
        if not present or (rng.random() < 0.6 and field.message_type is None):
            continue
        values = getattr(part, field.name)
        if field.message_type is not None:
            if field.message_type.GetOptions().map_entry or depth > 6:
                continue
            for inner in (
                rng.sample(list(values), min(3, len(values))) if field.is_repeated else [values]
            ):
                odd_fields(inner, rng, depth + 1)
        elif field.is_repeated:
            if rng.random() < 0.5 and len(values):
                values.append(odd(field, rng))
                values[rng.randrange(len(values))] = odd(field, rng)
            else:
                del values[rng.randrange(len(values) + 1) :]
        else:
            setattr(part, field.name, odd(field, rng))


def odd(field, rng):
    """A value that a field can hold."""
    kind = field.cpp_type
    if kind in (field.CPPTYPE_DOUBLE, field.CPPTYPE_FLOAT):
        return rng.choice(REALS)
    if kind == field.CPPTYPE_STRING:
        text = rng.choice(TEXTS)
        return text.encode() if field.type == field.TYPE_BYTES else text
    if kind == field.CPPTYPE_BOOL:
        return rng.random() < 0.5
    if kind == field.CPPTYPE_ENUM:
        return rng.choice(field.enum_type.values).number
    number = rng.choice(NUMBERS)
    if kind in (field.CPPTYPE_INT32, field.CPPTYPE_UINT32):
        number = max(-(2**31), min(2**31 - 1, number))
    return abs(number) if kind in (field.CPPTYPE_UINT32, field.CPPTYPE_UINT64) else number


def odd_messages(records, rng):
    """A file of some of the records with odd fields."""
    changed = []
    for record in rng.sample(records, min(len(records), rng.randint(1, 12))):
        event = message("Event")()
        event.ParseFromString(record)
        for value in event.summary.value:
            if rng.random() < 0.7:
                odd_fields(value, rng)
        if rng.random() < 0.3:
            event.step, event.wall_time = rng.choice(NUMBERS), rng.choice(REALS)
        changed.append(event.SerializeToString())
    return b"".join(map(framed, changed))


def report(place, data, number):
    """Writes a report of a file in one of the formats."""
    run = Path(place, "logs", "run")
    run.mkdir(parents=True, exist_ok=True)
    (run / "events.out.tfevents.1.a").write_bytes(data)
    form, _, name = FORMATS[number % len(FORMATS)].rpartition(":")
    output = f"{form}:{place}/{name}" if form else f"{place}/{name}"
    reportgen.generate([run.parent], [output], reportgen.Options(executor="inline"))


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


def read_table(folder, rng):
    """Reads a table with one to four changes."""
    name = rng.choice(list(TABLES))
    path = Path(folder, name)
    path.write_bytes(mutated(TABLES[name], rng.choice(list(TABLES.values())), rng))
    if registry.may_be(path):
        registry.read(path)


def hang(*_):
    raise TimeoutError(f"an input took more than {MAX_SECONDS} seconds")


def fuzz(inputs, seconds, seed, reports=0):
    """Returns how many inputs were read, the reports among them."""
    rng = random.Random(seed)  # noqa: S311
    files = sorted(DATA.rglob("*tfevents*"))
    contents = [path.read_bytes() for path in files]
    records = [payload for data in contents for payload in payloads(data)]
    signal.signal(signal.SIGALRM, hang)
    end = time.monotonic() + seconds
    report_every = inputs // reports if reports else 0
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place, "events.out.tfevents.fuzz")
        for number in range(inputs):
            if time.monotonic() > end:
                return number
            index = rng.randrange(len(files))
            way = rng.randrange(3)
            if way == 0:
                data = mutated(contents[index], rng.choice(contents), rng)
            else:
                data = reframed(records, rng) if way == 1 else odd_messages(records, rng)
            signal.alarm(MAX_SECONDS)
            try:
                with contextlib.suppress(ReportgenError):
                    if report_every and number % report_every == 0:
                        data = odd_messages(records, rng) or data
                        report(place, data, number // report_every)
                    elif number % TABLE_EVERY == 1:
                        read_table(place, rng)
                    elif number % FRAMES_EVERY == 0:
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
    parser.add_argument("--reports", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    begin = time.monotonic()
    count = fuzz(asked.inputs, asked.seconds, asked.seed, asked.reports)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    written = count * asked.reports // asked.inputs
    print(
        f"{count:,} inputs, of them {written:,} reports, "
        f"in {time.monotonic() - begin:.0f} s, at most {most} MiB"
    )


if __name__ == "__main__":
    main()
