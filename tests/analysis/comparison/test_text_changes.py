"""Texts side by side."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.comparison.text_changes import changed_words, text_changes
from reportgen.frames.experiment import frame


def changed(pieces):
    return [piece.text for piece in pieces if piece.changed]


def test_changed_words_are_marked_on_both_sides():
    first, second = changed_words("The cat sat, quietly.", "The dog sat quietly!")
    assert changed(first) == ["cat", ",", "."]
    assert changed(second) == ["dog", "!"]


def test_white_space_is_no_change():
    first, second = changed_words("a  b\n", "a b ")
    assert changed(first) == changed(second) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_the_texts(first, second):
    for text, pieces in zip((first, second), changed_words(first, second), strict=True):
        assert "".join(piece.text for piece in pieces) == text


def test_a_text_that_is_too_long_is_one_piece():
    first, _ = changed_words("word " * 5_000, "other")
    assert len(first) == 1
    assert first[0].changed


def test_the_last_text_of_each_shared_prompt_is_compared():
    rows = [
        ("a", "p", 1, "old"),
        ("a", "p", 2, "new x"),
        ("b", "p", 5, "new y"),
        ("a", "q", 1, "z"),
    ]
    texts = frame(
        "texts",
        {
            "run": [row[0] for row in rows],
            "tag": [row[1] for row in rows],
            "step": [row[2] for row in rows],
            "wall_time": [0.0] * 4,
            "text": [np.array(row[3], object) for row in rows],
        },
    )
    (change,) = text_changes(texts, ["a"], ["b"])
    assert (change.prompt, change.step, change.is_equal) == ("p", (2, 5), False)
    assert changed(change.second) == ["y"]
