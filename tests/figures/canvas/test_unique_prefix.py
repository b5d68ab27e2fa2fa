"""Names are shortened to what tells them apart."""

import pytest

from reportgen.figures.canvas.unique_prefix import unique_prefixes


@pytest.mark.parametrize(
    ("names", "prefixes"),
    [
        (["lr1e-4_lora64", "lr3e-5_lora16"], ["lr1e-4", "lr3e-5"]),
        (["lr1e-4_a", "lr1e-4_b"], ["lr1e-4_a", "lr1e-4_b"]),
        (["base", "base_v2"], ["base", "base_v2"]),
        (["trial_000", "trial_001"], ["trial_000", "trial_001"]),
        (["sweep/2024/llama/x1_s", "sweep/2024/llama/x2_s"], ["x1", "x2"]),
        (["wd0.1_x", "wd0.2_x"], ["wd0.1", "wd0.2"]),
        (["only_one_run"], ["only"]),
        ([], []),
    ],
)
def test_a_prefix_is_unique_and_ends_between_words(names, prefixes):
    assert [unique_prefixes(names)[name] for name in names] == prefixes
