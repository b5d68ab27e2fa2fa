"""Parameters are read from files of settings without trusting them."""

import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.boundary import Boundary
from reportgen.budget import Budget
from reportgen.frames.beside.settings_files import FILES, read


def read_text(tmp_path, text, file="hparams.yaml"):
    (tmp_path / file).write_bytes(text.encode() if isinstance(text, str) else text)
    return read("run", tmp_path, Boundary.around([tmp_path]), Budget(0))


def test_without_the_file_there_are_no_parameters(tmp_path):
    assert read("run", tmp_path, Boundary.around([tmp_path]), Budget(0)) == ({}, [])


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


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_settings_is_read_and_nested_names_are_joined(tmp_path, file):
    (tmp_path / ".hydra").mkdir()
    text = '{"model": {"width": 64, "act": "relu"}, "lr": "3e-05", "amp": true}'
    parameters, health = read_text(tmp_path, text, file)
    assert parameters == {"model.width": 64, "model.act": "relu", "lr": 3e-5, "amp": True}
    assert not health


def test_the_first_of_several_files_counts(tmp_path):
    read_text(tmp_path, "lr: 1\ndepth: 2", "config.yaml")
    parameters, _ = read_text(tmp_path, "lr: 3\nwidth: 4", "hparams.yaml")
    assert parameters == {"lr": 3, "width": 4, "depth": 2}


def test_one_damaged_file_does_not_hide_another(tmp_path):
    read_text(tmp_path, '{"lr": ', "config.json")
    parameters, health = read_text(tmp_path, "lr: 3", "args.yaml")
    assert parameters == {"lr": 3}
    assert health[0]["detail"].startswith("config.json (")


def test_runs_of_splits_share_the_file_above_them(tmp_path):
    for split in ("train", "validation"):
        with SummaryWriter(str(tmp_path / "run" / split)) as writer:
            writer.add_scalar("loss", 1, 0)
    (tmp_path / "run" / "params.json").write_text('{"lr": 0.5}')
    hparams = reportgen.read(tmp_path).hparams
    assert hparams.to_numpy().tolist() == [["run/train", "lr", 0.5], ["run/validation", "lr", 0.5]]
