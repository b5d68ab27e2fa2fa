"""The better direction follows the words of a tag, unless the user overrides it."""

import pandas as pd
import pytest

from reportgen.analysis.annotated import annotated
from reportgen.analysis.tag_names import direction, parse_best
from reportgen.errors import UsageError


@pytest.mark.parametrize(
    ("name", "expected"),
    [("loss", "down"), ("top5_error", "down"), ("accuracy", "up"), ("val/mIoU", "up"), ("lr", "")],
)
def test_the_direction_follows_the_words_of_the_last_segment(name, expected):
    assert direction(name) == expected


def test_the_user_overrides_it_by_tag_or_metric():
    scalars = pd.DataFrame(
        {"run": "r", "tag": ["val/score", "lr", "loss"], "step": 0, "wall_time": 0.0, "value": 1.0}
    )
    runs = pd.DataFrame({"run": ["r"], "group": ["r"], "split": [""]})
    best = parse_best(["score=up", "lr=down", "loss=none"])
    assert annotated(scalars, runs, best)["direction"].tolist() == ["up", "down", ""]


@pytest.mark.parametrize("word", ["score", "=up", "score=better"])
def test_an_invalid_override_is_refused(word):
    with pytest.raises(UsageError, match="--best"):
        parse_best([word])
