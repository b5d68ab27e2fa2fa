"""The callbacks write a report at the end of a real training, also where it fails."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

pytestmark = pytest.mark.slow  # whole trainings

KERAS = """
import os
os.environ["KERAS_BACKEND"] = "torch"
import keras, numpy as np
from tensorboardX import SummaryWriter
from reportgen.integrations.keras import ReportCallback

class Log(keras.callbacks.Callback):
    writer = SummaryWriter("runs/a")
    def on_epoch_end(self, epoch, logs=None):
        self.writer.add_scalar("loss", logs["loss"], epoch)
        self.writer.flush()
        FAIL

x = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
model = keras.Sequential([keras.layers.Dense(1)])
model.compile("sgd", "mse")
model.fit(x, x.sum(1), epochs=3, verbose=0, callbacks=[Log(), ReportCallback("runs", "report.md")])
print("went on")
"""

LIGHTNING = """
import torch, lightning
from lightning.pytorch.loggers import TensorBoardLogger
from reportgen.integrations.lightning import ReportCallback

class Model(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 1)
    def training_step(self, batch, index):
        loss = (self.layer(batch[0]) - batch[0].sum(1, keepdim=True)).square().mean()
        self.log("loss", loss)
        if index == 3:
            FAIL
        return loss
    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), 0.01)

data = torch.utils.data.TensorDataset(torch.randn(64, 4))
trainer = lightning.Trainer(
    max_epochs=2, accelerator="cpu", log_every_n_steps=1, enable_progress_bar=False,
    enable_checkpointing=False, enable_model_summary=False,
    logger=TensorBoardLogger("runs"), callbacks=[ReportCallback("report.md")],
)
trainer.fit(Model(), torch.utils.data.DataLoader(data, 8))
print("went on")
"""

TRANSFORMERS = """
import torch
from transformers import Trainer, TrainingArguments
from tensorboardX import SummaryWriter
from reportgen.integrations.transformers import ReportCallback

class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 1)
        self.calls = 0
    def forward(self, x, labels=None):
        self.calls += 1
        if self.calls == 5:
            FAIL
        return {"loss": (self.layer(x) - labels).square().mean()}

data = [{"x": torch.randn(4), "labels": torch.randn(1)} for _ in range(64)]
with SummaryWriter("out/logs") as writer:
    for step in range(5):
        writer.add_scalar("loss", 1 / (step + 1), step)
args = TrainingArguments("out", max_steps=8, report_to=[], use_cpu=True, disable_tqdm=True,
                         save_strategy="no")
Trainer(Model(), args, train_dataset=data, callbacks=[ReportCallback("report.md")]).train()
print("went on")
"""

FRAMEWORKS = [
    pytest.param(
        code,
        id=name,
        marks=pytest.mark.skipif(
            not all(map(find_spec, (name, "torch"))), reason=f"{name} with torch is not installed"
        ),
    )
    for name, code in (("keras", KERAS), ("lightning", LIGHTNING), ("transformers", TRANSFORMERS))
]


def train(folder, code, **environment):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("code", FRAMEWORKS)
def test_a_training_that_finishes_leaves_a_report(tmp_path, code):
    done = train(tmp_path, code.replace("FAIL", "pass"))
    assert done.returncode == 0, done.stderr
    assert "went on" in done.stdout
    assert "loss" in (tmp_path / "report.md").read_text()
    assert done.stderr.count("Wrote report.md") == 1


@pytest.mark.parametrize("code", FRAMEWORKS)
def test_a_training_that_fails_leaves_a_report_with_its_exception(tmp_path, code):
    done = train(tmp_path, code.replace("FAIL", "raise ValueError('a bad batch')"))
    assert done.returncode == 1
    assert "ValueError: a bad batch" in (tmp_path / "report.md").read_text()
    assert done.stderr.count("Wrote report.md") == 1


@pytest.mark.parametrize("code", FRAMEWORKS[:1])
def test_a_process_that_is_not_the_first_leaves_nothing(tmp_path, code):
    done = train(tmp_path, code.replace("FAIL", "pass"), RANK="1")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "report.md").exists()
