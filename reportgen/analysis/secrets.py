"""Masks what is likely a secret, so that no output publishes it.

A text value is a secret by its name (`wandb.api_key`), or holds one by its shape (`sk-...`, a
password in a URL). Shapes are also masked in texts. The frames that `reportgen.read` returns are
not masked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.frames.experiment import Experiment, frame
from reportgen.frames.health import KINDS, row
from reportgen.selection import no_match

MASK = "***"

_SECRET_WORDS = {"secret", "password", "passwd", "credentials", "apikey", "accesskey"}
_SECRET_PAIRS = {("api", "key"), ("access", "key")}
_BEFORE_TOKEN = {"auth", "access", "api", "hf", "wandb"}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LAST_SEGMENT = re.compile(r"[/.\\:]")
# Texts that stand for null, a boolean or a number.
_NOT_SECRET = re.compile(
    r"\s*(?:|none|null|nil|~|nan|true|false|yes|no|[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*",
    re.IGNORECASE,
)
_SHAPE_PATTERNS = (
    # https://github.com/gitleaks/gitleaks lists the forms of these keys. Names of models
    # such as sk-resnet-50-pretrained do not contain 16 letters and digits in a row.
    r"(?<![\w-])sk-(?:[A-Za-z0-9]{1,15}[-_]){0,6}[A-Za-z0-9]{16}[\w-]*",
    r"(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}",
    r"(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30,}",
    r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])",
    # RFC 7468; without an end marker, all that follows is masked.
    r"-----BEGIN [A-Z0-9 ]{1,40}-----(?s:.)*?(?:-----END [A-Z0-9 ]{1,40}-----|\Z)",
)
_SHAPES = re.compile("|".join(_SHAPE_PATTERNS))
_URL_PASSWORD = re.compile(r"(?<=://)([^\s/:@]{0,256}):[^\s/]{1,1024}@")
_MIN_REPLACED = 6  # characters of a secret that is also looked for within texts


def mask(text: str) -> str:
    """Return a text with known shapes of secrets, and passwords in URLs, replaced by `MASK`."""
    if "://" in text:
        text = _URL_PASSWORD.sub(rf"\1:{MASK}@", text)
    return _SHAPES.sub(MASK, text)


def is_secret_name(name: str) -> bool:
    """Return whether the last part of a parameter's name says that its value is a secret."""
    segment = _LAST_SEGMENT.split(name)[-1]
    words = [word.lower() for word in _WORD.findall(segment)]
    if not words:
        return False
    if words[-1] == "token":
        return len(words) == 1 or words[-2] in _BEFORE_TOKEN
    return words[-1] in _SECRET_WORDS or tuple(words[-2:]) in _SECRET_PAIRS


def masked_value(name: str, value: object) -> object:
    """Return the value of a parameter, masked if it is or holds a secret.

    Numbers, booleans and None are never secrets, nor are texts that stand for them.
    """
    if not isinstance(value, str) or _NOT_SECRET.fullmatch(value):
        return value
    return MASK if is_secret_name(name) else mask(value)


def without_secrets(experiment: Experiment, shown: Collection[str] = ()) -> Experiment:
    """Return an experiment whose parameters, texts, notes and paths hold no secrets.

    What was masked is a row of its health frame.

    Args:
        experiment: what was read.
        shown: names of parameters that are not masked.

    Raises:
        UsageError: `shown` names a parameter that was not logged.
    """
    hparams = experiment.hparams
    for name in shown:
        if name not in set(hparams["name"]):
            raise no_match("--show-param", "parameter", name, sorted(set(hparams["name"])))
    pairs = [(str(name), value) for name, value in hparams[["name", "value"]].to_numpy().tolist()]
    values = [value if name in shown else masked_value(name, value) for name, value in pairs]
    secrets = [
        (name, str(value))
        for (name, value), masked in zip(pairs, values, strict=True)
        if masked is not value
    ]
    texts, changed_texts = _masked_texts(experiment.texts, [secret for _, secret in secrets])
    notes, changed_notes = _masked_notes(experiment.notes)
    names = sorted({name for name, _ in secrets})
    return replace(
        experiment,
        paths=tuple(mask(path) for path in experiment.paths),
        hparams=hparams.assign(value=pd.Series(values, hparams.index, object)),
        texts=texts,
        notes=notes,
        health=_with_row(experiment.health, names, len(secrets), changed_texts + changed_notes),
    )


def _with_row(
    health: pd.DataFrame, names: Sequence[str], parameters: int, texts: int
) -> pd.DataFrame:
    """Return the health frame with a row that says what was masked, if anything was."""
    if not parameters + texts:
        return health
    masked = [wording.listing(names, 10), wording.count(texts, "text") if texts else ""]
    advice = "; --show-param NAME shows a parameter" if names else ""
    detail = f"{KINDS['masked']}: {', '.join(filter(None, masked))}{advice}"
    masked_row = frame(
        "health", {k: [v] for k, v in row("", "masked", parameters + texts, detail).items()}
    )
    return pd.concat([health, masked_row], ignore_index=True) if len(health) else masked_row


def _masked_texts(texts: pd.DataFrame, secrets: Collection[str]) -> tuple[pd.DataFrame, int]:
    """Return the texts frame without secrets, also those of parameters, and how many changed."""
    searched = sorted({secret for secret in secrets if len(secret) >= _MIN_REPLACED}, key=len)
    cells = np.empty(len(texts), object)
    changed = 0
    for index, cell in enumerate(texts["text"]):
        cells[index] = cell
        masked = [_masked_text(str(text), searched[::-1]) for text in cell.flat]
        if masked != [str(text) for text in cell.flat]:
            cells[index] = np.array(masked, object).reshape(cell.shape)
            changed += 1
    return texts.assign(text=pd.Series(cells, texts.index, object)) if changed else texts, changed


def _masked_notes(notes: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the notes frame without secrets, and how many notes changed."""
    masked = [mask(str(text)) for text in notes["text"]]
    changed = sum(new != old for new, old in zip(masked, notes["text"], strict=True))
    return notes.assign(text=pd.Series(masked, notes.index, object)), changed


def _masked_text(text: str, secrets: Collection[str]) -> str:
    """Return a text with secrets replaced, longer ones first."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    return mask(text)
