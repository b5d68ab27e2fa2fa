"""Write lightning/ and stable_baselines/: the file layouts of those frameworks.

The frameworks are not installed for it; torch's writer writes their layout.
"""

from pathlib import Path

from torch.utils.tensorboard import SummaryWriter
from writing import fresh, settle

HERE = Path(__file__).parent
HPARAMS = """\
batch_size: 32
lr: 0.001
model:
  hidden: [64, 32]
  dropout: null
optimizer: adam
shuffle: true
"""


def lightning(out):
    for version in range(2):
        path = out / "lightning_logs" / f"version_{version}"
        with SummaryWriter(path) as writer:
            for epoch in range(3):
                writer.add_scalar("train_loss", 1 / (epoch + 1 + version), epoch * 10)
                writer.add_scalar("val_loss", 1.2 / (epoch + 1 + version), epoch * 10 + 9)
                writer.add_scalar("epoch", epoch, epoch * 10 + 9)
            writer.add_scalar("hp_metric", -1, 0)
        (path / "hparams.yaml").write_text(HPARAMS)


def stable_baselines(out):
    for number in (1, 2):
        with SummaryWriter(out / f"PPO_{number}") as writer:
            for step in range(2048, 5 * 2048, 2048):
                writer.add_scalar("rollout/ep_rew_mean", step / 100 * number, step)
                writer.add_scalar("train/loss", 100 / step, step)
                writer.add_scalar("time/fps", 900, step)


def main():
    for make in (lightning, stable_baselines):
        out = fresh(HERE / make.__name__)
        make(out)
        settle(out)


if __name__ == "__main__":
    main()
