import pytest

from reportgen.frames.beside.hparams_yaml import NAME, read


def read_text(tmp_path, text):
    (tmp_path / NAME).write_bytes(text.encode() if isinstance(text, str) else text)
    return read("run", tmp_path)


def test_without_the_file_there_are_no_parameters(tmp_path):
    assert read("run", tmp_path) == ({}, [])


def test_objects_of_python_are_plain_data_and_nothing_is_called(tmp_path):
    text = "sizes: !!python/tuple [1, 2]\nhook: !!python/object/apply:os.system ['touch made']\n"
    found, ill = read_text(tmp_path, text)
    assert (found, ill) == ({"sizes": "[1, 2]", "hook": "[touch made]"}, [])
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
def test_what_cannot_be_read_is_told(tmp_path, text):
    found, ill = read_text(tmp_path, text)
    assert found == {} or len(ill) == 0
    assert len(ill) == 1 or found


@pytest.mark.parametrize("text", ["", "[1, 2]", "plain text"])
def test_what_is_no_mapping_holds_no_parameters(tmp_path, text):
    assert read_text(tmp_path, text) == ({}, [])
