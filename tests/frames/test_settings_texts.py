"""Text summaries that are plainly settings are parameters; other texts are not."""

import numpy as np
import pytest

from reportgen.budget import Budget
from reportgen.frames.settings_texts import parameters

UNITY = (
    "\ttrainer_type:\tpoca\n\thyperparameters:\t\n\t  lr:\t3e-05\n\t  normalize:\tFalse\n"
    "\tinit:\tNone"
)
CLEANRL = "|param|value|\n|-|-|\n|env_id|CartPole-v1|\n|seed|1|\n|cuda|True|"


def read(tag, text):
    return parameters([(tag, np.array(text, object))], Budget(0))


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        (
            "args/text_summary",
            ['{"lr": 5e-5, "fsdp": {"on": false}}'],
            {"lr": 5e-5, "fsdp.on": False},
        ),
        ("model_config", ['{"width": 64}'], {"model.width": 64}),
        (
            "Hyperparameters/text_summary",
            [UNITY],
            {
                "trainer_type": "poca",
                "hyperparameters.lr": 3e-5,
                "hyperparameters.normalize": False,
                "init": "None",
            },
        ),
        ("hyperparameters", [CLEANRL], {"env_id": "CartPole-v1", "seed": 1, "cuda": True}),
        ("hparams", ["lr: 0.1\nname: small"], {"lr": 0.1, "name": "small"}),
        ("config", ["```yaml\nopt:\n  lr: 0.1\n```"], {"opt.lr": 0.1}),
        ("run/settings", ["lr = 0.1\n--batch-size=32"], {"lr": 0.1, "batch-size": 32}),
        ("params", [["lr", "0.1"], ["net", "resnet"]], {"lr": 0.1, "net": "resnet"}),
    ],
)
def test_settings_are_read(tag, text, expected):
    assert read(tag, text) == expected


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("samples", ['{"lr": 1}']),
        ("notes", ["lr: 0.1"]),
        ("config", ["A sentence on the configuration."]),
        ("config", ['{"lr": ']),
        ("config", ["lr = 0.1\nand more"]),
        ("args", [""]),
        ("args", ["[1, 2]"]),
        ("configurator", ["lr: 1"]),
        ("config", ["a: &a [*a]"]),
        ("config", ["x: " + "y" * (1 << 17)]),
    ],
)
def test_other_texts_are_not(tag, text):
    assert read(tag, text) == {}


def test_the_last_text_of_a_tag_counts():
    texts = [("args", np.array("lr: 1", object)), ("args", np.array("lr: 2", object))]
    assert parameters(texts, Budget(0)) == {"lr": 2}
