import os
from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.runs import find_runs, is_event_file, natural


def touch(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("events.out.tfevents.1700000000.host", True),
        ("events.out.tfevents.1700000000.host.123.0.v2", True),
        ("events.out.tfevents.ViT", True),
        ("events.out.tfevents.1700000000.host.profile-empty", False),
        ("events.out.tfevents.1700000000.host.meta", False),
        ("metrics.csv", False),
    ],
)
def test_event_files_are_recognised_by_their_name(name, expected):
    assert is_event_file(name) is expected


def test_each_directory_with_event_files_is_a_run_in_natural_order(tmp_path):
    touch(tmp_path, *(f"run_{n}/tfevents.{m}" for n in (10, 2, 1) for m in "ba"), "other/notes")
    runs = find_runs([tmp_path])
    assert [run.name for run in runs] == ["run_1", "run_2", "run_10"]
    assert [path.name for path in runs[0].files] == ["tfevents.a", "tfevents.b"]


def test_the_log_directory_itself_is_called_by_its_name(tmp_path):
    touch(tmp_path / "exp", "tfevents", "sub/tfevents")
    assert [run.name for run in find_runs([tmp_path / "exp"])] == ["exp", "sub"]


def test_splits_belong_to_the_run_above_them(tmp_path):
    touch(tmp_path, *(f"net/{split}/tfevents" for split in ("train", "Validation", "eval", "test")))
    runs = {run.name: (run.group, run.split) for run in find_runs([tmp_path])}
    assert runs == {
        "net/train": ("net", "train"),
        "net/Validation": ("net", "validation"),
        "net/eval": ("net", "validation"),
        "net/test": ("net", "test"),
    }


@pytest.mark.parametrize("name", ["gpu_3", "rank3", "Worker_3"])
def test_ranks_are_recognised_by_name(tmp_path, name):
    touch(tmp_path, f"net/{name}/tfevents", "net/other/tfevents")
    assert sorted(run.rank for run in find_runs([tmp_path])) == [-1, 3]


def test_names_of_several_directories_precede_their_runs(tmp_path):
    touch(tmp_path, "a/run/tfevents", "b/run/tfevents")
    names = [run.name for run in find_runs([tmp_path / "a", tmp_path / "b"])]
    assert names == ["a/run", "b/run"]


def test_names_of_any_characters_are_runs(tmp_path):
    names = ["lr=0.1 - Copy", "späße", "[x]"]
    touch(tmp_path, *(f"{name}/tfevents" for name in names))
    assert {run.name for run in find_runs([tmp_path])} == set(names)


def test_a_path_that_holds_no_logs_is_an_error(tmp_path):
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match=Path(path).name):
            find_runs([path])


def test_numbers_sort_by_value():
    assert sorted(["b", "a10", "a9"], key=natural) == ["a9", "a10", "b"]


def test_a_name_that_is_not_utf_8_becomes_valid_text(tmp_path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/run\xff"))
    folder.mkdir()
    (folder / "tfevents").touch()
    assert [run.name for run in find_runs([tmp_path])] == ["run\N{REPLACEMENT CHARACTER}"]
