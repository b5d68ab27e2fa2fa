"""The table of groups: a row a group with mean, spread and seeds, in every place."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from reportgen.analysis.groups.seed_groups import SeedGroup, SeedGroups
from reportgen.analysis.levels import ranked_value
from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.report.group_lead import group_lead, group_phrase, group_statements
from reportgen.report.group_styles import styles_by_run
from reportgen.report.group_table import group_table
from reportgen.report.summary_table import COMMENT, MAIL

KEY = KeyMetric("reward", "", "eval/reward", "up", "end")
FINALS = {"td3": (960, 970, 985), "sac": (700, 745, 720), "ppo": (690, 730, 750)}


def summary_of(finals, key=KEY):
    """A ranking of runs `group/n`, each with a flat curve of ten values."""
    rows = []
    for group, values in finals.items():
        for seed, value in enumerate(values):
            line = np.full(10, float(value))
            ranked = ranked_value(line, np.arange(10), key.direction, key.split, key.level)
            reached = Reached(line.max(), 0, line[-1], tuple(line.tolist()), ranked)
            rows.append(RunSummary(f"{group}/{seed}", (reached,), 9, 60.0 * (seed + 1)))
    return Summary((key,), tuple(rows), reason="The headline is eval/reward.")


def groups_of(finals):
    return SeedGroups(
        tuple(
            SeedGroup(group, tuple(f"{group}/{seed}" for seed in range(len(values))))
            for group, values in finals.items()
        ),
        "by the last part of their names",
    )


def made(finals=FINALS, **form):
    ranking, groups = summary_of(finals), groups_of(finals)
    styles = styles_by_run(ranking.groups, ranking, groups)
    return group_table(ranking, groups, styles, **form)


def texts(table, name):
    place = [column.heading for column in table.columns].index(name)
    return [table.rows[row][place].text for row in range(len(table.rows))]


def test_groups_are_ranked_by_the_mean_of_their_seeds_and_ties_are_told():
    table = made()
    assert texts(table, "group") == ["td3", "ppo", "sac"]
    assert texts(table, "rank") == ["1", "2", "2"]
    assert [row[1].detail for row in table.rows] == ["", "tied", "tied"]
    heading = next(column.heading for column in table.columns if "±" in column.heading)
    assert heading == "eval/reward last 5 evaluations, mean ± sd"
    assert texts(table, heading) == ["972 ± 13", "723 ± 31", "722 ± 23"]
    assert texts(table, "seeds") == ["3", "3", "3"]
    assert texts(table, "time a run") == ["2 min"] * 3
    assert [row[3].best for row in table.rows] == [True, False, False]


def test_a_tied_leader_is_not_marked_as_the_best():
    table = made({"a": (1.0, 2.0, 3.0), "b": (1.1, 2.0, 2.8)})
    assert not any(cell.best for row in table.rows for cell in row)


@pytest.mark.parametrize("form", [COMMENT, MAIL])
def test_mails_and_comments_have_the_same_numbers(form):
    table = made(form=form)
    numbers = [row[3].text for row in table.rows]
    assert numbers == [row[3].text for row in made().rows]
    assert "curve" not in " ".join(c.heading for c in table.columns) or form is COMMENT


def test_seeds_without_a_value_are_counted():
    table = made({"td3": (960, 970, np.nan), "sac": (700, 745, 720), "none": (np.nan, np.nan)})
    assert table.rows[0][2].detail == "1 without a value"
    assert "Without a value of eval/reward: none." in table.note


def test_without_groups_or_a_direction_there_is_no_table():
    ranking = summary_of(FINALS)
    assert group_table(ranking, SeedGroups(), {}) is None
    undirected = KeyMetric("reward", "", "eval/reward", "")
    ranking = Summary((undirected,), ranking.runs)
    assert group_table(ranking, groups_of(FINALS), {}) is None


def test_the_runs_of_a_group_share_a_colour_and_the_best_has_the_first():
    ranking = summary_of(FINALS)
    order = sorted(ranking.groups)
    styles = styles_by_run(order, ranking, groups_of(FINALS))
    assert list(styles) == order
    assert {styles[f"td3/{seed}"].color for seed in range(3)} == {"#0072b2"}
    assert len({style.color for style in styles.values()}) == 3


def lead_of(finals, key=KEY):
    return group_lead(summary_of(finals, key), groups_of(finals)).text


def test_a_leading_group_that_is_worse_in_another_metric_is_told_so():
    key = KeyMetric("loss", "", "eval/loss", "down", "end")
    ranking = summary_of(FINALS)
    losses = {"td3": 3.0, "sac": 1.0, "ppo": 2.0}
    rows = []
    for row in ranking.runs:
        group, seed = row.group.split("/")
        line = np.full(10, losses[group] + int(seed) / 10)
        ranked = ranked_value(line, np.arange(10), key.direction, key.split, key.level)
        reached = Reached(line.min(), 0, line[-1], tuple(line.tolist()), ranked)
        rows.append(replace(row, reached=(*row.reached, reached)))
    both = replace(ranking, metrics=(*ranking.metrics, key), runs=tuple(rows))
    last = group_statements(both, groups_of(FINALS), {})[-1]
    assert last.text.startswith(
        "td3 is worse than sac in eval/loss: 3.10 ± 0.10 against 1.10 ± 0.10"
    )
    assert last.tag == "eval/loss"


def test_a_group_is_best_only_where_its_lead_exceeds_the_noise_between_seeds():
    assert lead_of(FINALS) == (
        "td3 is best: eval/reward 972 ± 13, 248 above ppo "
        "(mean ± sd of 3 seeds, last 5 evaluations of each)."
    )


def test_a_group_inside_the_noise_leads_and_those_like_it_are_named():
    close = FINALS | {"td3": (700, 800, 740)}
    assert lead_of(close).startswith("td3 leads the 3 groups: eval/reward 747 ± 50 (")
    assert lead_of(close).endswith("; ppo and sac cannot be told apart from it.")
    some = {"a": (970, 975, 960), "b": (960, 972, 965), "c": (100, 120, 110)}
    assert lead_of(some).endswith("; b cannot be told apart from it.")
    assert lead_of({"a": (1, 2, 3), "b": (1, 2, 2)}).endswith("; b cannot be told apart from it.")


def test_one_group_alone_neither_leads_nor_is_best():
    assert lead_of({"td3": (960, 970, 985)}).startswith("td3 reached eval/reward 972 ± 13 (mean")


def test_lower_is_better_where_the_metric_says_so():
    loss = KeyMetric("loss", "validation", "val/loss", "down", "end")
    assert "ppo leads" in lead_of(FINALS, loss) or "sac leads" in lead_of(FINALS, loss)


def test_the_phrase_names_the_best_group():
    assert group_phrase(summary_of(FINALS), groups_of(FINALS)) == "td3, eval/reward 972 ± 13"
    assert group_phrase(summary_of(FINALS), SeedGroups()) == ""


def statements_of(finals):
    targets = {"group_curves": "curves", "group_differences": "differences"}
    return group_statements(summary_of(finals), groups_of(finals), targets)


def test_statements_say_who_is_best_and_by_which_interval():
    first, second = statements_of(FINALS)
    assert first.text == lead_of(FINALS)
    assert [segment.run for segment in first.segments if segment.run] == ["td3/0", "ppo/0"]
    assert first.target == "curves"
    ends = [
        stats.ttest_ind(FINALS["td3"], FINALS[other], equal_var=False).confidence_interval()
        for other in ("ppo", "sac")
    ]
    texts = [f"+{end.low:.0f} to +{end.high:.0f}" for end in ends]
    assert second.text == (
        "The lead exceeds the noise between seeds: 95 % interval of the difference "
        f"{texts[0]} (ppo), {texts[1]} (sac)."
    )
    assert second.target == "differences"


def test_statements_say_how_many_seeds_would_tell():
    _, second = statements_of({"a": (970, 975, 960), "b": (960, 972, 965)})
    assert second.text.startswith("a and b cannot be told apart: difference +2.7, 95 % interval ")
    assert second.text.endswith(" seeds each would tell.")


def test_single_seeds_have_no_interval():
    assert len(statements_of({"a": (970, 975), "b": (960,)})) == 1
    assert statements_of({"a": (970,)})[0].text.startswith("a reached")
