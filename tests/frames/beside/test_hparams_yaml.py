"""Parameters are read from hparams.yaml without trusting it."""

import pytest

from reportgen.boundary import Boundary
from reportgen.frames.beside.hparams_yaml import NAME, read


def read_text(tmp_path, text):
    (tmp_path / NAME).write_bytes(text.encode() if isinstance(text, str) else text)
    return read("run", tmp_path, Boundary.around([tmp_path]))


def test_without_the_file_there_are_no_parameters(tmp_path):
    assert read("run", tmp_path, Boundary.around([tmp_path])) == ({}, [])


def test_python_objects_are_read_as_plain_data_and_nothing_is_called(tmp_path):
    text = "sizes: !!python/tuple [1, 2]\nhook: !!python/object/apply:os.system ['touch made']\n"
    parameters, health = read_text(tmp_path, text)
    assert (parameters, health) == ({"sizes": "[1, 2]", "hook": "[touch made]"}, [])
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    "text",
    [
        "a: [1,",
        b"\xff\xfe\xfa",
        "a: " + "[" * 5000,
        "a: &a [1,2,3,4,5,6,7,8,9,0]\n"
        + "\n".join(
            f"{n}: &{n} [*{o},*{o},*{o},*{o}]" for o, n in zip("abcdefg", "bcdefgh", strict=True)
        ),
        "a: &a [*a]",
        "a: 1" + "0" * 400,
        "? [1]\n: 2",
        "x" * (2 << 20),
    ],
)
def test_an_unreadable_file_is_reported(tmp_path, text):
    parameters, health = read_text(tmp_path, text)
    assert parameters == {} or len(health) == 0
    assert len(health) == 1 or parameters


@pytest.mark.parametrize("text", ["", "[1, 2]", "plain text"])
def test_a_file_without_a_mapping_holds_no_parameters(tmp_path, text):
    assert read_text(tmp_path, text) == ({}, [])
