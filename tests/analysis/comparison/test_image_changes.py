"""Images side by side."""

from reportgen.analysis.comparison.image_changes import image_changes
from reportgen.frames.experiment import frame


def images(*rows):
    """Rows of run, tag, step and index."""
    columns = dict(
        zip(("run", "tag", "step", "index"), map(list, zip(*rows, strict=True)), strict=True)
    )
    count = len(rows)
    return frame(
        "images",
        columns
        | {"wall_time": [0.0] * count, "width": [1] * count, "height": [1] * count}
        | {"format": ["png"] * count, "blob": [None] * count},
    )


def test_the_last_step_in_common_is_compared_by_index():
    rows = images(
        ("a", "x", 1, 0), ("a", "x", 2, 0), ("a", "x", 2, 1), ("b", "x", 2, 0), ("b", "x", 3, 0)
    )
    (change,) = image_changes(rows, ["a"], ["b"])
    assert (change.tag, change.first, change.second) == ("x", 1, 3)


def test_without_a_step_in_common_the_last_of_each_is_compared():
    rows = images(("a", "x", 1, 0), ("a", "x", 2, 0), ("b", "x", 4, 0), ("b", "y", 4, 0))
    (change,) = image_changes(rows, ["a"], ["b"])
    assert (change.first, change.second) == (1, 2)


def test_of_several_runs_of_a_side_the_first_that_logged_a_tag_counts():
    rows = images(("a", "y", 1, 0), ("b", "x", 1, 0), ("c", "x", 1, 0), ("d", "x", 1, 0))
    (change,) = image_changes(rows, ["a", "b", "c"], ["d"])
    assert (change.first, change.second) == (1, 3)
