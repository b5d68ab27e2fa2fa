"""Files of settings take little time and memory, whatever they claim."""

import resource

import pytest

from hostile.framing import value_event, write_log

LONG = "k" * 100_000
REPRODUCERS = {
    "aliases of aliases": "a0: &a0 [x,x,x,x,x,x,x,x]\n"
    + "".join(f"a{n + 1}: &a{n + 1} [{','.join([f'*a{n}'] * 8)}]\n" for n in range(12)),
    "aliases of mappings": "a0: &a0 {x: 1, y: 2}\n"
    + "".join(f"a{n + 1}: &a{n + 1} {{x: *a{n}, y: *a{n}}}\n" for n in range(60)),
    "long keys": f"{LONG}: &a\n" + "".join(f"  k{n}: 1\n" for n in range(9_000)),
    "long keys by alias": f"a: &a {{? {LONG} : &b [{', '.join(['1'] * 1000)}]}}\n"
    + "".join(f"b{n}: {{c: *a}}\n" for n in range(1_000)),
    "numbers to base 60": "a: " + ":".join(["1"] * 100_000),
    "floats to base 60": "a: " + ":".join(["1"] * 100_000) + ".5",
    "a long number": "a: " + "1" * 200_000,
    "a long hexadecimal number": "a: 0x" + "f" * 200_000,
    "lists in lists": "a: " + "[" * 100_000,
    "a list of itself": "a: &a [*a]",
    "a mapping of itself": "a: &a {b: *a}",
}


@pytest.mark.parametrize("text", REPRODUCERS.values(), ids=REPRODUCERS)
def test_a_file_of_settings_takes_little_memory(tmp_path, text):
    import reportgen

    logs = write_log(tmp_path / "run", [value_event(tag="loss", simple_value=1.0)])
    (logs / "hparams.yaml").write_text(text)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    experiment = reportgen.read(logs)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB
    size = experiment.hparams["name"].str.len().sum() if len(experiment.hparams) else 0
    assert size < 5_000_000
