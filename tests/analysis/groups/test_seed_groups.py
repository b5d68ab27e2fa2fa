"""Which runs are grouped, and which never."""

import pytest

from reportgen.analysis.groups.seed_groups import find_seed_groups, units
from reportgen.errors import UsageError
from reportgen.frames.experiment import frame


def runs_frame(names, groups=None):
    return frame("runs", {"run": names, "group": groups or names})


def hparams_frame(parameters):
    rows = [
        (run, name, value) for run, values in parameters.items() for name, value in values.items()
    ]
    columns = zip(*rows, strict=True) if rows else [[], [], []]
    return frame("hparams", dict(zip(("run", "name", "value"), map(list, columns), strict=True)))


def groups_of(names, parameters=None, pattern="", **options):
    result = find_seed_groups(
        runs_frame(names), hparams_frame(parameters or {}), pattern, **options
    )
    return {group.name: list(group.runs) for group in result.groups}


def test_names_that_are_equal_but_for_their_seed_are_a_group():
    names = ["ppo-s1", "td3/seed_0", "ppo-s2", "td3/seed_1", "dqn"]
    assert groups_of(names) == {
        "ppo": ["ppo-s1", "ppo-s2"],
        "td3": ["td3/seed_0", "td3/seed_1"],
    }


@pytest.mark.parametrize(
    "names",
    [
        ["trial_0", "trial_1"],
        ["version_0", "version_1"],
        ["run_1", "run_2"],
        ["rank0", "rank1"],
        ["gpu_0", "gpu_1"],
        ["2024-01-05", "2024-01-06"],
        ["1", "2"],
        ["PPO_1", "PPO_2"],
        ["td3/seed_0"],
        ["td3/seed_0", "sac/seed_1"],
    ],
)
def test_numbers_that_count_anything_else_make_no_group(names):
    assert groups_of(names) == {}


def test_runs_without_any_other_name_are_called_by_the_root():
    assert groups_of(["seed_0", "seed_1"], root="walker") == {"walker": ["seed_0", "seed_1"]}


def test_two_forms_of_one_stem_are_two_groups_with_two_names():
    names = ["a-s1", "a-s2", "a-rep1", "a-rep2"]
    assert groups_of(names) == {"a-s*": ["a-s1", "a-s2"], "a-rep*": ["a-rep1", "a-rep2"]}


def test_a_group_is_not_called_as_a_run_is():
    assert list(groups_of(["a", "a-s1", "a-s2"])) == ["a-s*"]


def test_runs_of_one_name_whose_settings_differ_are_no_group():
    names = ["vit-s8", "vit-s16"]
    settings = {"vit-s8": {"patch": 8.0}, "vit-s16": {"patch": 16.0}}
    assert groups_of(names, settings) == {}
    settings = {"vit-s8": {"seed": 8.0, "lr": 0.1}, "vit-s16": {"seed": 16.0, "lr": 0.1}}
    assert groups_of(names, settings) == {"vit": names}


SETTINGS = {
    "a": {"seed": 1.0, "lr": 0.1, "model": "x"},
    "b": {"seed": 2.0, "lr": 0.1, "model": "x"},
    "c": {"seed": 1.0, "lr": 0.2, "model": "x"},
    "d": {"seed": 2.0, "lr": 0.2, "model": "x"},
}


def test_runs_that_differ_in_a_seed_parameter_alone_are_a_group():
    assert groups_of(list("abcd"), SETTINGS) == {"lr=0.1": ["a", "b"], "lr=0.2": ["c", "d"]}


def test_what_names_a_run_is_no_setting():
    settings = {run: values | {"run_name": f"r-{run}"} for run, values in SETTINGS.items()}
    assert list(groups_of(list("abcd"), settings)) == ["lr=0.1", "lr=0.2"]


def test_one_setting_beside_the_seed_is_too_little():
    settings = {run: {"seed": SETTINGS[run]["seed"], "lr": 0.1} for run in "ab"}
    assert groups_of(["a", "b"], settings) == {}


def test_equal_seeds_are_a_rerun_and_no_group():
    settings = dict.fromkeys("ab", SETTINGS["a"])
    assert groups_of(["a", "b"], settings) == {}


def test_parameters_that_differ_in_anything_else_make_no_group():
    settings = {"a": SETTINGS["a"], "b": SETTINGS["b"] | {"batch": 8.0}}
    assert groups_of(["a", "b"], settings) == {}


def test_a_group_by_parameters_is_called_by_the_words_that_its_runs_share():
    settings = {f"sac x/{seed}": SETTINGS["a"] | {"seed": float(seed)} for seed in (11, 12)}
    assert list(groups_of(list(settings), settings)) == ["sac x"]


def test_a_pattern_names_the_groups_and_directories_may_lie_apart():
    names = ["mon/exp-a", "tue/exp-a", "tue/exp-b", "other"]
    assert groups_of(names, pattern=r"exp-(\w)$") == {
        "a": ["mon/exp-a", "tue/exp-a"],
        "b": ["tue/exp-b"],
    }


def test_the_values_of_a_parameter_name_the_groups():
    assert groups_of(list("abcd"), SETTINGS, "seed") == {"seed=1": ["a", "c"], "seed=2": ["b", "d"]}


@pytest.mark.parametrize(
    ("pattern", "message"),
    [("(", "no regular expression"), ("run", "put parentheses"), ("(zzz)", "runs are: a")],
)
def test_a_pattern_that_says_no_group_is_refused(pattern, message):
    with pytest.raises(UsageError, match=message):
        groups_of(["a"], pattern=pattern)


def test_groups_can_be_switched_off():
    assert groups_of(["a-s1", "a-s2"], enabled=False) == {}


def test_directories_of_one_run_are_one_member():
    runs = runs_frame(
        ["x/seed_0/train", "x/seed_0/val", "x/seed_1/train"], ["x/seed_0", "x/seed_0", "x/seed_1"]
    )
    (group,) = find_seed_groups(runs, hparams_frame({})).groups
    assert group.runs == ("x/seed_0", "x/seed_1")


def test_what_was_grouped_is_told_in_one_line():
    result = find_seed_groups(runs_frame(["a-s1", "a-s2"]), hparams_frame({}))
    assert result.sentence == (
        "Runs that differ only in their seed are grouped by the last part of their names: "
        "a (2 runs); --no-group shows every run by itself."
    )


def test_units_are_groups_and_lone_runs_in_the_order_of_the_runs():
    names = ["z", "a-s1", "b", "a-s2"]
    result = find_seed_groups(runs_frame(names), hparams_frame({}))
    assert [(unit.name, len(unit.runs)) for unit in units(names, result)] == [
        ("z", 1),
        ("a", 2),
        ("b", 1),
    ]
