"""Directions that the user sets, for a tag or a metric."""

import pytest

from reportgen.analysis.tag_names import parse_best
from reportgen.errors import UsageError


def test_a_direction_is_read_for_each_name():
    best = parse_best(["score=up", "lr=down", "loss=none", "a=b=up"])
    assert best == {"score": "up", "lr": "down", "loss": "", "a=b": "up"}


@pytest.mark.parametrize("word", ["score", "=up", "score=better"])
def test_a_direction_that_cannot_be_read_is_refused(word):
    with pytest.raises(UsageError, match="--best"):
        parse_best([word])
