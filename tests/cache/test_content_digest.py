"""Equal values have equal digests, and others do not."""

from dataclasses import dataclass

import numpy as np
import pytest

from reportgen.cache.content_digest import OpaqueError, content_digest
from reportgen.choices import XAxis


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    names: tuple[str, ...] = ()


DIFFERENT = [
    *(None, False, 0, 0.0, -0.0, "", "0", b"", b"0", (), [], ("",), ("", ""), ("a", "b"), ("ab",)),
    *({}, {"a": 1}, {"a": "1"}, {1: "a"}, frozenset(), frozenset("a"), XAxis.STEP, "step"),
    *(
        Point(1),
        Point(1.0),
        Point(1.0, ("a",)),
        float("nan"),
        float("inf"),
        np.float64(0),
        "\udc80",
    ),
    *(
        np.zeros(2),
        np.zeros(3),
        np.zeros((2, 1)),
        np.zeros((1, 2)),
        np.zeros(2, "f4"),
        np.zeros(2, int),
    ),
    *(np.array(["a", "b"], object), np.array(["ab", ""], object), (np.zeros(1), np.zeros(1))),
]


def test_different_values_have_different_digests():
    assert len({content_digest(value) for value in DIFFERENT}) == len(DIFFERENT)


def test_equal_values_have_equal_digests_however_they_are_stored():
    table = np.arange(12.0).reshape(3, 4)
    frozen = table.copy()
    frozen.setflags(write=False)
    assert (
        content_digest(table) == content_digest(np.asfortranarray(table)) == content_digest(frozen)
    )
    assert content_digest({"b", "a", "c"}) == content_digest({"c", "b", "a"})
    name = str(b"ab", "ascii")
    assert content_digest((name, name)) == content_digest(("ab", str(b"ab", "ascii")))


@pytest.mark.parametrize("value", [object(), lambda: 1, [open], Point(iter(()))])
def test_what_cannot_be_seen_into_has_no_digest(value):
    with pytest.raises(OpaqueError):
        content_digest(value)
