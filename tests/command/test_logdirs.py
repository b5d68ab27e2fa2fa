import pytest

from reportgen.command.logdirs import expanded
from reportgen.errors import InputError, UsageError


def test_a_quoted_glob_expands_in_order(tmp_path):
    for name in ("b", "a", "[x]"):
        (tmp_path / name).mkdir()
    assert expanded([f"{tmp_path}/?"]) == [f"{tmp_path}/a", f"{tmp_path}/b"]
    assert expanded([f"{tmp_path}/[x]"]) == [f"{tmp_path}/[x]"]  # it exists, and so is no glob
    assert expanded(["s3://bucket/*"]) == ["s3://bucket/*"]


def test_what_is_empty_or_matches_nothing_is_refused(tmp_path):
    for wrong in ([], [""], ["a", " "]):
        with pytest.raises(UsageError, match="LOGDIR"):
            expanded(wrong)
    with pytest.raises(InputError, match="no file or directory matches"):
        expanded([f"{tmp_path}/*"])
