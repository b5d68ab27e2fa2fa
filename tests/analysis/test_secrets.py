"""Secrets are masked by the names of parameters and by their shapes, and nothing else is."""

import numpy as np
import pytest

import reportgen
from reportgen import pipeline
from reportgen.analysis.secrets import MASK, is_secret_name, mask, masked_value, without_secrets
from reportgen.errors import UsageError

# Keys are put together here, so that no scanner of repositories takes them for real ones.
OPENAI = "sk-" + "a1B2c3D4e5F6g7H8i9J0"
HUGGING_FACE = "hf_" + "AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh"
GITHUB = "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345"
AWS = "AKIA" + "IOSFODNN7EXAMPLE"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAAAA\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    "name",
    [
        "api_key",
        "wandb_api_key",
        "logger/wandb/api-key",
        "openai.apiKey",
        "OPENAI_API_KEY",
        "apikey",
        "aws_secret_access_key",
        "client_secret",
        "db.password",
        "smtp_passwd",
        "google_credentials",
        "token",
        "hub/token",
        "hf_token",
        "HF_TOKEN",
        "hfToken",
        "auth_token",
        "access_token",
        "wandb.api_token",
    ],
)
def test_names_of_secrets(name):
    assert is_secret_name(name)
    assert masked_value(name, "abc") == MASK


@pytest.mark.parametrize(
    "name",
    [
        "max_new_tokens",
        "num_key_value_heads",
        "pad_token",
        "eos_token",
        "unk_token",
        "tokenizer",
        "tokenizer.name",
        "token_dim",
        "tokens",
        "key",
        "key_dim",
        "primary_key",
        "api",
        "secretary",
        "password_length",
        "credentials.user",
        "api_key.env",
        "broken",
        "",
        "...",
    ],
)
def test_names_that_are_not_of_secrets(name):
    assert not is_secret_name(name)
    assert masked_value(name, "abc") == "abc"


@pytest.mark.parametrize(
    "value",
    [0.5, 7, True, False, None, float("inf"), "", "None", "null", "true", "1e-3", "42", " "],
)
def test_numbers_booleans_and_null_are_never_masked(value):
    assert masked_value("api_key", value) == value
    assert masked_value("token", value) is value


@pytest.mark.parametrize(
    "secret", [OPENAI, HUGGING_FACE, GITHUB, AWS, PEM, "sk-proj-" + OPENAI[3:]]
)
@pytest.mark.parametrize("around", ["{}", "key: {}", '"{}",', "(see {})\nnext", "x={}&y"])
def test_known_shapes_are_masked_wherever_they_are(secret, around):
    assert mask(around.format(secret)) == around.format(MASK)
    assert masked_value("note", around.format(secret)) == around.format(MASK)


@pytest.mark.parametrize(
    "text",
    [
        "sk-learn",
        "sk-resnet-50-imagenet-pretrained",
        "risk-adjustedreturns2020overall",
        "task-0123456789abcdef0123",
        "hf_hub_download",
        "hf_internal_testing/tiny_random_model",
        "ghp_",
        "AKIA",
        "MAKIAIOSFODNN7EXAMPLEZZ",
        "0123456789abcdef0123456789abcdef01234567",
        "s3://bucket/logs:today",
        "http://localhost:6006/#scalars",
        "http://localhost:6006/a@b",
        "user@host:path",
        "----- BEGIN -----",
        "lr: 1e-3\nbatch: 32",
        "",
    ],
)
def test_texts_that_only_resemble_secrets_stay(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("mysql://me:hunter2@db/runs", f"mysql://me:{MASK}@db/runs"),
        ("https://:abc@host:80/x y", f"https://:{MASK}@host:80/x y"),
        ("see s3://a:b@c and s3://d:e@f.", f"see s3://a:{MASK}@c and s3://d:{MASK}@f."),
        ("redis://u:p@ss@host/0", f"redis://u:{MASK}@host/0"),
    ],
)
def test_passwords_in_urls_are_masked(url, masked):
    assert mask(url) == masked


def test_a_key_without_its_end_marker_is_masked_to_the_end():
    assert mask("a\n" + PEM[:45]) == f"a\n{MASK}"


def test_long_texts_take_no_time():
    for text in (
        "a" * 200_000,
        "sk-" * 60_000,
        "sk-" + "a-" * 90_000,
        "://" * 60_000,
        "-" * 200_000,
    ):
        assert mask(text) == text


@pytest.fixture
def logdir(tmp_path):
    from tensorboardX import SummaryWriter
    from tensorboardX.summary import hparams

    with SummaryWriter(str(tmp_path / "run")) as writer:
        values = {"api_key": "hunter2hunter2", "lr": 0.1, "url": "a://b:c@d", "token": "<s>"}
        writer.file_writer.add_summary(hparams(values, {})[1])
        writer.add_text("command", "api_key: hunter2hunter2\nmodel: small", 0)
        writer.add_text("note", f"with {HUGGING_FACE}", 0)
        writer.add_text("plain", "nothing to hide", 0)
        writer.add_scalar("loss", 1, 0)
    (tmp_path / "run" / "notes.md").write_text(f"Set OPENAI_API_KEY={OPENAI}.")
    return tmp_path


def test_an_experiment_is_masked_and_what_was_read_is_not(logdir):
    experiment = reportgen.read(logdir)
    masked = without_secrets(experiment)
    values = dict(masked.hparams[["name", "value"]].to_numpy())
    assert values == {"api_key": MASK, "lr": 0.1, "url": f"a://b:{MASK}@d", "token": MASK}
    texts = [cell.flat[0] for cell in masked.texts["text"]]
    assert texts == [f"api_key: {MASK}\nmodel: small", f"with {MASK}", "nothing to hide"]
    assert masked.notes["text"].tolist() == [f"Set OPENAI_API_KEY={MASK}."]
    (row,) = masked.health.itertuples()
    assert (row.kind, row.records) == ("masked", 6)
    assert "api_key, token and url, 3 texts" in row.detail
    assert "hunter2hunter2" in experiment.hparams["value"].tolist()
    assert "hunter2" in experiment.texts["text"].iloc[0].flat[0]


def test_masking_is_lifted_by_name(logdir):
    masked = without_secrets(reportgen.read(logdir), ["api_key"])
    values = dict(masked.hparams[["name", "value"]].to_numpy())
    assert values["api_key"] == "hunter2hunter2"
    assert values["token"] == MASK


def test_a_name_that_was_not_logged_is_refused(logdir):
    with pytest.raises(UsageError, match="did you mean api_key"):
        without_secrets(reportgen.read(logdir), ["api_keys"])


def test_no_output_holds_a_secret(logdir, tmp_path):
    names = ["r.html", "r.md", "r.json", "r.csv", "r.parquet", "r.eml", "junit:r.xml"]
    paths = [
        f"{name.rpartition(':')[0]}:{tmp_path / name.rpartition(':')[2]}".lstrip(":")
        for name in names
    ]
    pipeline.generate([logdir / "run"], paths)
    for path in tmp_path.rglob("r*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"hunter2" not in data, path
            assert HUGGING_FACE.encode() not in data, path
            assert OPENAI.encode() not in data, path


def test_an_experiment_without_secrets_keeps_its_frames(tmp_path):
    from tensorboardX import SummaryWriter

    with SummaryWriter(str(tmp_path)) as writer:
        writer.add_text("note", "plain", 0)
    experiment = reportgen.read(tmp_path)
    masked = without_secrets(experiment)
    for kind in ("hparams", "texts", "notes", "health"):
        before, after = getattr(experiment, kind), getattr(masked, kind)
        assert before.dtypes.equals(after.dtypes)
        assert np.array_equal(before.index, after.index)
