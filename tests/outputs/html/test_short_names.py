"""Names of runs without the long beginning that all of them share."""

from reportgen.outputs.html.short_names import shared_beginning, shortening


def test_a_long_beginning_is_left_out_up_to_a_separator():
    names = ["experiments/2026/lr=0.1", "experiments/2026/lr=0.01"]
    beginning = shared_beginning(names)
    assert beginning == "experiments/2026/lr="
    assert [shortening(beginning)(name) for name in names] == ["0.1", "0.01"]


def test_short_beginnings_single_runs_and_whole_names_stay():
    assert shared_beginning(["runs/a", "runs/b"]) == ""
    assert shared_beginning(["experiments/2026/lr=0.1"]) == ""
    assert shared_beginning(["experiments/2026/", "experiments/2026/a"]) == ""
