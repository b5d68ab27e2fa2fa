"""The parameters in text summaries that are plainly settings.

A text is settings if its tag says so (`args`, `hyperparameters`, `model_config`) and it is one of:
a JSON object, YAML or `key: value` lines, `key = value` lines, or a Markdown table of two columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from reportgen.arrays import AnyArray
from reportgen.budget import Budget
from reportgen.frames.nested_settings import (
    ERRORS,
    Value,
    charge,
    flattened,
    from_json,
    from_yaml,
    typed,
)

# Tags of Hugging Face (args, model_config), Unity ML-Agents (Hyperparameters), CleanRL
# (hyperparameters), Stable-Baselines3 and scripts of people.
_TAG = re.compile(
    r"(?:^|[/_\-. ])(?:args|arguments|opts?|options|flags|h(?:yper)?[-_ ]?param(?:eter)?s|params"
    r"|parameters|cfg|config|configuration|settings)$",
    re.IGNORECASE,
)
_PREFIXED = re.compile(r"(?:^|/)(\w+?)[-_. ](?:config|configuration|cfg|settings)$", re.IGNORECASE)
_FENCE = re.compile(r"\s*```\w*\n(.*?)\n?```\s*", re.DOTALL)
_RULE = re.compile(r"[\s:|-]+")
_ASSIGNMENT = re.compile(r"\s*(?:--)?([\w.\-/]+)\s*=\s*(.*)")
_MAX_CHARACTERS = 1 << 16


def parameters(texts: Iterable[tuple[str, AnyArray]], budget: Budget) -> dict[str, Value]:
    """Return the parameters of a run's text summaries by name.

    Nested names are joined with a dot. Names of a text tagged `model_config` begin with `model.`.

    Args:
        texts: tag and text of each summary, as in the texts frame; the last one of a tag counts.
        budget: of memory, see `nested_settings.charge`; texts that exceed it are not settings.
    """
    merged: dict[str, Value] = {}
    for tag, text in dict(texts).items():
        name = tag.removesuffix("/text_summary")
        if _TAG.search(name):
            prefix = _PREFIXED.search(name)
            merged |= {
                f"{prefix[1]}.{key}" if prefix else key: value
                for key, value in _parsed(text, budget).items()
            }
    return merged


def _parsed(text: AnyArray, budget: Budget) -> dict[str, Value]:
    """Return the parameters of a text summary; none if it is not settings throughout."""
    if text.ndim == 2 and text.shape[1] == 2:  # a table
        return {str(name): typed(str(value)) for name, value in text.tolist()}
    joined = "\n".join(str(line) for line in np.ravel(text))
    if not joined.strip() or len(joined) > _MAX_CHARACTERS:
        return {}
    fenced = _FENCE.fullmatch(joined)
    block = fenced[1] if fenced else joined
    try:
        if block.lstrip().startswith("{"):
            settings = from_json(block)
        else:
            settings = _table(block) or _assignments(block) or from_yaml(_spaced(block))
        charge(settings, len(block), budget)
    except ERRORS:
        return {}
    return settings


def _table(block: str) -> dict[str, Value]:
    """Return the rows of a Markdown table of two columns; none if it is not one."""
    lines = [line.strip() for line in block.strip().splitlines() if line.strip()]
    if len(lines) < 3 or not all(line.startswith("|") for line in lines):
        return {}
    rows = [[cell.strip() for cell in line.strip("|").split("|", 1)] for line in lines]
    if not _RULE.fullmatch(lines[1]) or any(len(row) != 2 for row in rows):
        return {}
    return {name.strip("`*"): typed(value.strip("`")) for name, value in rows[2:]}


def _assignments(block: str) -> dict[str, Value]:
    """Return the values of `key = value` lines; none if other lines are among them."""
    lines = [line for line in block.splitlines() if line.strip()]
    matches = [_ASSIGNMENT.fullmatch(line) for line in lines]
    return (
        flattened({match[1]: typed(match[2]) for match in matches if match}) if all(matches) else {}
    )


def _spaced(block: str) -> str:
    """Return a block of YAML without what Unity ML-Agents puts into it for Markdown.

    It indents each line by a tab, and puts a tab behind each colon. Markdown needs two spaces
    before a line break.
    """
    lines = [line.rstrip().removeprefix("\t").replace(":\t", ": ") for line in block.splitlines()]
    return "\n".join(lines)
