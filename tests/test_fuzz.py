import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).with_name("fuzz.py"))
fuzz = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fuzz)


def test_mutated_logs_are_read_or_refused():
    assert fuzz.fuzz(inputs=1500, seconds=120, seed=1) > 200
