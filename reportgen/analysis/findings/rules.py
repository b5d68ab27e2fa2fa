"""The list of rules, in the order of importance within a severity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reportgen.analysis.findings import (
    check_failed,
    confused_classes,
    constant_metric,
    dead_units,
    divergence,
    exploding_gradients,
    loss_spike,
    non_finite,
    not_learning,
    odd_layer,
    overfitting,
    rank_mismatch,
    restart,
    stall,
    still_improving,
    straggler,
    vanishing_gradients,
    within_noise,
)
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import RuleSettings, Threshold, parse_settings

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        module.RULE.name: module.RULE
        for module in (
            check_failed,
            non_finite,
            divergence,
            not_learning,
            exploding_gradients,
            overfitting,
            rank_mismatch,
            vanishing_gradients,
            dead_units,
            loss_spike,
            odd_layer,
            confused_classes,
            straggler,
            stall,
            still_improving,
            within_noise,
            restart,
            constant_metric,
        )
    }
)
THRESHOLDS: Mapping[str, Mapping[str, Threshold]] = MappingProxyType(
    {
        name: MappingProxyType({threshold.name: threshold for threshold in rule.thresholds})
        for name, rule in RULES.items()
    }
)


def parse_rules(words: Iterable[str]) -> RuleSettings:
    """Return what `--rule` sets: `loss-spike.z=10`, `straggler=off`.

    Raises:
        UsageError: an entry has another form, names no rule or threshold, or is out of range.
    """
    return parse_settings(words, THRESHOLDS)
