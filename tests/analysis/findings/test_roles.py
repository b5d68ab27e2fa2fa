"""What a tag measures, by its words."""

import pytest

from reportgen.analysis.findings.roles import role
from reportgen.analysis.metric_catalogue import describe


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("train/loss", "loss"),
        ("val_loss", "loss"),
        ("eval/cross_entropy", "loss"),
        ("valLoss", "loss"),
        ("train/mse", "loss"),
        ("loss/G", "auxiliary loss"),
        ("d_loss", "auxiliary loss"),
        ("train/policy_gradient_loss", "auxiliary loss"),
        ("train/value_loss", "auxiliary loss"),
        ("entropy_loss", "auxiliary loss"),
        ("loss_scale", "setting"),
        ("weight_decay", "setting"),
        ("lr", "learning rate"),
        ("lr-AdamW", "learning rate"),
        ("train/learning_rate", "learning rate"),
        ("grad_norm", "gradient norm"),
        ("layers/3/gradient_norm", "gradient norm"),
        ("val/accuracy", "score"),
        ("rollout/ep_rew_mean", "reward"),
        ("throughput", "throughput"),
        ("train/samples_per_second", "throughput"),
        ("step_time", "step time"),
        ("seconds_per_step", "step time"),
        ("system/gpu_0_utilization", "system"),
        ("epoch", "counter"),
        ("global_step", "counter"),
        ("parameters/slope", ""),
    ],
)
def test_role(tag, expected):
    facets = describe(tag)
    assert role(tag, facets.name, facets.direction) == expected
