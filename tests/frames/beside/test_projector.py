"""Embeddings are read from the files that projector_config.pbtxt names."""

import pytest

from reportgen.boundary import Boundary
from reportgen.frames.beside.projector import CONFIG, read


def written(tmp_path, config, **files):
    (tmp_path / CONFIG).write_text(config)
    for name, text in files.items():
        (tmp_path / f"{name}.tsv").write_text(text)
    return read("run", tmp_path, Boundary.around([tmp_path]))


def entry(fields):
    return f'embeddings {{ tensor_name: "points" {fields} }}'


def test_points_without_labels(tmp_path):
    (embedding,), health = written(tmp_path, entry('tensor_path: "t.tsv"'), t="1\t2\n3\t4\n")
    assert embedding["points"].tolist() == [[1, 2], [3, 4]]
    assert embedding["metadata"].shape == (2, 0)
    assert not health


def test_raw_points_have_the_shape_of_the_configuration(tmp_path):
    (tmp_path / "t.bytes").write_bytes(b"\0\0\x80\x3f" * 6)
    shape = "tensor_shape: 2 tensor_shape: 3"
    (embedding,), _ = written(tmp_path, entry(f'tensor_path: "t.bytes" {shape}'))
    assert embedding["points"].tolist() == [[1, 1, 1], [1, 1, 1]]


@pytest.mark.parametrize(
    "fields",
    [
        "",
        'tensor_path: "none.tsv"',
        'tensor_path: "../secret.tsv"',
        'tensor_path: "/etc/passwd"',
        'tensor_path: "words.tsv"',
        'tensor_path: "t.tsv" metadata_path: "../secret.tsv"',
        'tensor_path: "t.tsv" sprite { image_path: "../x.png" }',
        'tensor_path: "t.tsv" metadata_path: "ragged.tsv"',
    ],
)
def test_files_that_are_unreadable_or_outside_of_the_run_are_reported(tmp_path, fields):
    (tmp_path / "secret.tsv").write_text("1\n")
    run = tmp_path / "run"
    run.mkdir()
    ragged = "\n" * 100 + "\t" * 100
    embeddings, (health,) = written(run, entry(fields), t="1\n", words="a b\n", ragged=ragged)
    assert embeddings == []
    assert health["kind"] == "unknown"


@pytest.mark.parametrize("config", ["embeddings {", "\0", "a: {" * 3000])
def test_an_invalid_configuration_is_reported(tmp_path, config):
    embeddings, (health,) = written(tmp_path, config)
    assert (embeddings, health["kind"]) == ([], "unknown")
