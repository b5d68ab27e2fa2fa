"""Each pair of groups has its difference and interval; what may be chance is hollow and grey."""

import pytest
from scipy import stats

from figures import shared
from reportgen.analysis.groups.group_results import group_results
from reportgen.analysis.groups.seed_groups import SeedGroup
from reportgen.figures.canvas.style import GREY, INK
from reportgen.figures.groups import group_differences

MINUS = "\N{MINUS SIGN}"
VALUES = {"a": (9.0, 9.2, 9.4), "b": (5.0, 5.4, 5.1), "c": (5.2, 4.9, 5.2)}


def chart(values=VALUES, better="up"):
    groups = [
        SeedGroup(name, tuple(f"{name}/{seed}" for seed in range(len(numbers))))
        for name, numbers in values.items()
    ]
    by_run = {
        run: number
        for group in groups
        for run, number in zip(group.runs, values[group.name], strict=True)
    }
    results = group_results(groups, by_run, better)
    return group_differences.prepare("Is the difference real?", "acc", better, results)


def line(figure, gid):
    return next(item for item in figure.axes[0].get_lines() if item.get_gid() == gid)


def test_a_difference_has_the_interval_of_welch():
    figure = chart().draw()
    expected = stats.ttest_ind(VALUES["a"], VALUES["b"], equal_var=False).confidence_interval()
    assert line(figure, "interval-1").get_xdata() == pytest.approx(list(expected))
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == [f"{pair[0]} {MINUS} {pair[1]}" for pair in ("ab", "ac", "bc")]
    shared.check(chart())


def test_what_crosses_zero_is_hollow_and_grey():
    figure = chart().draw()
    assert line(figure, "difference-1").get_markerfacecolor() == INK
    assert line(figure, "difference-3").get_markerfacecolor() == "#ffffff"
    assert line(figure, "interval-3").get_color() == GREY
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts[0] == "+4.03"
    assert texts[2].endswith("may be none")
    assert "Hollow and grey: the interval holds 0" in chart().caption()
    assert "With 3 seeds a group the intervals are wide." in chart().caption()


def test_lower_may_be_better():
    made = chart(better="down")
    assert [pair.first for pair in made.pairs] == ["c", "c", "b"]
    assert "negative: the first is better" in made.subtitle()


def test_many_groups_are_compared_with_the_best_only():
    made = chart({f"g{n}": (float(n), n + 0.1, n + 0.2) for n in range(9)})
    assert len(made.pairs) == 8
    assert {pair.first for pair in made.pairs} == {"g8"}
    assert "Each of 9 groups is compared with the best only." in made.caption()
    shared.check(made)


def test_one_seed_has_no_interval():
    made = chart({"a": (1.0,), "b": (0.5, 0.6)})
    assert made.pairs[0].crosses_zero
    assert "(one seed: no interval)" in made.alt()
    shared.check(made)


def test_one_group_alone_has_no_difference():
    shared.check(chart({"a": (1.0, 2.0)}))
