"""What names say of seeds, and what is no seed."""

import pytest

from reportgen.analysis.groups.seed_names import seed_name


@pytest.mark.parametrize(
    ("name", "stem", "number"),
    [
        ("td3/seed_0", "td3", 0),
        ("exp-s1", "exp", 1),
        ("run_seed=3", "", 3),
        ("ppo/run_seed=3", "ppo", 3),
        ("ant_seed12", "ant", 12),
        ("ant/Seed-4", "ant", 4),
        ("base.rep2", "base", 2),
        ("a/repeat 7", "a", 7),
        ("cv/replicate_01", "cv", 1),
        ("cv/fold3", "cv", 3),
        ("lr=0.1,seed=5", "lr=0.1", 5),
        ("seed_0", "", 0),
    ],
)
def test_a_last_part_that_names_a_seed_is_told_from_the_rest(name, stem, number):
    seed = seed_name(name)
    assert (seed.stem, seed.number) == (stem, number)


@pytest.mark.parametrize(
    "name",
    [
        *("trial_3", "a/version_0", "run_2", "rank1", "gpu0", "PPO_1", "model-7", "3", "exp/12"),
        *("2024-01-05", "20240105", "exp-s20240105", "losses3", "steps10", "linear-seeds3"),
        *("seed_0/eval", "exp-s", "seed", "epochs5", "unseed3", "resnets8", "seed_a", "xs1"),
        "a/seed_1_more",
    ],
)
def test_other_numbers_are_no_seeds(name):
    assert seed_name(name) is None
