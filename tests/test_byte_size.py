import pytest

from reportgen.byte_size import parse_size
from reportgen.errors import UsageError


@pytest.mark.parametrize(
    ("text", "size"),
    [("5MB", 5_000_000), ("800 kb", 800_000), ("1.5M", 1_500_000), ("70000", 70_000)],
)
def test_a_size_is_read_with_its_unit(text, size):
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "big", "-5MB", "5 miles", "MB", "5"])
def test_another_size_is_refused(text):
    with pytest.raises(UsageError, match="--max-size"):
        parse_size(text)
