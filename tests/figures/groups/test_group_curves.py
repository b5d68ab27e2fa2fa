"""A seed group is one strong line with its seeds and their range; where n changes, it says so."""

import numpy as np
import pytest

from figures import shared
from reportgen.analysis.groups.seed_groups import SeedGroup
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.groups import group_curves

STEPS = np.arange(20)


def chart(values_by_run, groups=None, **options):
    rows = shared.scalars_of({(run, "reward"): line for run, line in values_by_run.items()})
    groups = groups or [SeedGroup("a", tuple(values_by_run))]
    styles = {run: RunStyle("#0072b2", "-") for group in groups for run in group.runs}
    return group_curves.prepare("reward", rows, groups, styles, **options)


def lines_of(figure, prefix):
    return [line for line in figure.axes[0].get_lines() if line.get_gid().startswith(prefix)]


def test_the_strong_line_is_the_median_and_the_shade_the_range():
    seeds = {f"a/{seed}": STEPS * scale for seed, scale in enumerate((1.0, 2.0, 6.0))}
    made = chart(seeds)
    figure = made.draw()
    *thin, centre = sorted(lines_of(figure, "line-"), key=lambda line: line.get_linewidth())
    assert centre.get_ydata().tolist() == (2 * STEPS).tolist()
    assert centre.get_linewidth() == pytest.approx(2.6 * 0.72)
    vertices = figure.axes[0].collections[0].get_paths()[0].vertices
    assert (vertices[:, 1].min(), vertices[:, 1].max()) == (0, 114)
    assert centre.get_gid() == "line-1"
    assert [line.get_gid() for line in thin] == ["line-2", "line-3", "line-4"]
    assert [line.get_linewidth() for line in thin] == pytest.approx([0.8 * 0.72] * 3)
    assert made.line_groups() == ("a", "a/0", "a/1", "a/2")
    assert made.page_curves().readable == 1
    shared.check(made)


def test_where_it_is_not_drawn_the_strong_line_of_the_first_group_stands_for_it():
    seeds = {f"a/{seed}": STEPS * scale for seed, scale in enumerate((1.0, 2.0, 6.0))}
    assert chart(seeds).sparkline().values == tuple(2.0 * STEPS)


@pytest.mark.parametrize(("centre", "last"), [("mean", 57.0), ("median", 38.0), ("iqm", 57.0)])
def test_the_strong_line_can_be_another_centre(centre, last):
    seeds = {f"a/{seed}": STEPS * scale for seed, scale in enumerate((1.0, 2.0, 6.0))}
    made = chart(seeds, centre=centre)
    assert made.lines[0].centre[-1] == pytest.approx(last)
    assert made.data()[centre].iloc[-1] == pytest.approx(last)


def test_where_a_seed_ends_the_line_is_dashed_and_says_how_many_are_left():
    made = chart({"a/0": STEPS, "a/1": STEPS[:10], "a/2": STEPS})
    assert "a has 3 seeds from step 0, 2 seeds from step 10." in made.caption()
    figure = made.draw()
    whole, rest = [line for line in lines_of(figure, "line-") if line.get_linewidth() > 1]
    assert whole.get_linestyle() == "-"
    assert rest.get_linestyle() == "--"
    assert (whole.get_xdata()[-1], rest.get_xdata()[0]) == (9, 10)
    assert "n = 2" in [text.get_text() for text in figure.axes[0].texts]
    assert made.data()["seeds"].tolist() == [3] * 10 + [2] * 10
    shared.check(made)


def test_few_seeds_never_have_quantiles_and_many_do():
    few = chart({f"a/{seed}": STEPS + seed for seed in range(4)})
    many = chart({f"a/{seed}": STEPS + seed for seed in range(11)})
    assert "range shaded" in few.subtitle()
    assert "10 to 90 % shaded" in many.subtitle()
    assert many.lines[0].low[0] == pytest.approx(1.0)


def test_line_ends_have_the_name_and_the_last_value_without_touching():
    groups = [SeedGroup(name, (f"{name}/0", f"{name}/1")) for name in ("sac", "td3", "ppo")]
    values = {run: STEPS / 19 for group in groups for run in group.runs}
    figure = chart(values, groups).draw()
    labels = {text.get_text(): text.get_position()[1] * 300 for text in figure.texts}
    assert {"sac", "td3", "ppo", "median 1"} <= set(labels)
    heights = sorted(labels[name] for name in ("sac", "td3", "ppo"))
    assert min(np.diff(heights)) >= 12.9


def test_only_the_first_groups_have_colours_where_there_are_many():
    groups = [SeedGroup(f"g{n}", (f"g{n}/0",)) for n in range(10)]
    made = chart({group.runs[0]: STEPS + n for n, group in enumerate(groups)}, groups)
    assert "Only the first 8 of 10 groups have their seeds and colours." in made.caption()
    assert made.line_groups() == tuple(f"g{n}{end}" for end in ("", "/0") for n in range(8))
    shared.check(made)


def test_both_widths_are_those_of_the_page():
    assert chart({"a/0": STEPS}).draw().get_figwidth() == pytest.approx(9.32)
    assert chart({"a/0": STEPS}, wide=False).draw().get_figwidth() == pytest.approx(4.52)


@pytest.mark.parametrize(
    "values", [[np.nan], [np.inf] * 3, [2.0] * 9, [1.0], [1e300, -1e300], [1e-300] * 3]
)
def test_hostile_values_are_drawn_or_told(values):
    shared.check(chart({"a/0": values, "a/1": values}))
