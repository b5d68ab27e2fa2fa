"""Secrets are masked in every output, wherever a log holds them."""

import pytest

import reportgen
from hostile.framing import value_event, write_log
from hostile.test_corpus import text_event
from hostile.test_privacy import shown
from reportgen.analysis.secrets import MASK
from reportgen.outputs.formats import FORMATS

pytestmark = pytest.mark.slow  # every output

# Put together here, so that no scanner of repositories takes them for real ones.
KEY = "sk-" + "a1B2c3D4e5F6g7H8i9J0"
TOKEN = "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345"
PASSWORD = "correct77" + "horse"
SECRETS = (KEY, TOKEN, PASSWORD)


@pytest.fixture
def logs(tmp_path):
    """A log with secrets in its parameters, texts and notes."""
    curve = [value_event(step, 1.0 + step, tag="loss", simple_value=1.0) for step in range(4)]
    text = f"Started with OPENAI_API_KEY={KEY} and `{TOKEN}`."
    directory = write_log(tmp_path / "logs" / "run", [*curve, text_event("about", text)])
    (directory / "notes.md").write_text(f"Clone from https://me:{PASSWORD}@git.example/x.git")
    (directory / "hparams.yaml").write_text(
        f"lr: 0.1\ndb_password: {PASSWORD}\nwandb:\n  api_key: {KEY}\nnote: token {TOKEN}\n"
    )
    return directory.parent


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "parquet"])
def test_no_output_holds_a_secret(logs, tmp_path, name):
    path = tmp_path / "out"
    options = reportgen.Options(command=f"reportgen --title {KEY}")
    reportgen.generate([logs], [f"{name}:{path}"], options)
    content = shown(name, path)
    assert [secret for secret in SECRETS if secret in content] == []


def test_what_is_masked_says_so(logs, tmp_path):
    reportgen.generate([logs], [tmp_path / "x.html"])
    assert MASK in (tmp_path / "x.html").read_text()
