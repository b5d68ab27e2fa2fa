"""The documentation names every rule, and every threshold with its default."""

from pathlib import Path

import pytest

from reportgen.analysis.findings.rules import RULES

TEXT = (Path(__file__).parents[3] / "docs" / "findings.md").read_text("utf-8")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_is_documented_with_its_thresholds(rule):
    assert f"### {rule.name}\n" in TEXT
    for threshold in rule.thresholds:
        row = f"| `{rule.name}.{threshold.name}` | {threshold.default:g} | {threshold.meaning} |"
        assert row in TEXT
