"""Families of tags: many tags that differ by an index or by a name."""

from reportgen.analysis.tag_families import family_groups, tag_families

LAYERS = [f"layers/{index}/{metric}" for index in range(12) for metric in ("grad", "weight")]
TASKS = [f"eval/{task}/accuracy" for task in "abcdefghij"]


def test_tags_that_differ_by_an_index_are_a_family_in_the_order_of_numbers():
    grad, weight = tag_families(reversed(LAYERS))[::-1]
    assert (grad.kind, grad.pattern, grad.metric) == ("index", "layers/*/grad", "grad")
    assert grad.members == tuple(map(str, range(12)))
    assert weight.tags()[10] == "layers/10/weight"


def test_tags_that_differ_by_a_directory_are_a_family_in_the_order_of_logging():
    (family,) = tag_families([*TASKS, "eval/loss", "train/loss"])
    assert (family.kind, family.pattern) == ("name", "eval/*/accuracy")
    assert family.members == tuple("abcdefghij")


def test_metrics_of_one_split_are_no_family():
    assert not tag_families([f"train/metric_{letter}" for letter in "abcdefghijkl"])


def test_splits_are_no_members():
    splits = ("train", "val", "test", "dev", "eval", "valid", "validation", "training")
    assert not tag_families([f"{split}/loss" for split in splits] + ["a/loss"])


def test_eight_tags_are_no_family_and_nine_are():
    assert not tag_families(LAYERS[:16])
    assert len(tag_families(LAYERS[:18])) == 2


def test_decimal_numbers_are_no_indices():
    assert not tag_families([f"map@0.{number}" for number in range(50, 95, 5)])


def test_a_tag_with_two_numbers_goes_to_the_larger_family():
    tags = [f"block{block}/conv{conv}/norm" for block in range(2) for conv in range(10)]
    assert [family.pattern for family in tag_families(tags)] == [
        "block0/conv*/norm",
        "block1/conv*/norm",
    ]


def test_a_tag_is_in_one_family_only():
    families = tag_families([f"layers/{i}/head{j}/norm" for i in range(10) for j in range(10)])
    tags = [tag for family in families for tag in family.tags()]
    assert len(tags) == len(set(tags)) == 100


def test_metrics_of_the_same_members_are_one_group():
    groups = family_groups(tag_families([*LAYERS, *TASKS]))
    assert [[family.metric for family in group] for group in groups] == [
        ["grad", "weight"],
        ["accuracy"],
    ]
