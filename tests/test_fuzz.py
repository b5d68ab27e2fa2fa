import pytest

import fuzz

pytestmark = pytest.mark.slow  # whole commands, one after the other


def test_mutated_logs_are_read_or_refused():
    assert fuzz.fuzz(inputs=1500, seconds=120, seed=1) > 200
