"""Groups of findings on the health of the logs: alike ones together, the worst first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from reportgen import wording

# Kinds from the worst: data that is lost, values that cannot be used, values that may be
# misleading, and what is only good to know.
_LOST = ("not an event file", "not a table", "header", "payload", "truncated", "shrunk", "row")
_UNUSABLE = ("not finite", "unknown")
_MISLEADING = ("backwards", "two kinds", "repeated")
_TO_KNOW = ("pause", "purged", "doubled", "large", "empty", "masked")
_ORDER = (*_LOST, *_UNUSABLE, *_MISLEADING, *_TO_KNOW)
_PLACES = {kind: place for place, kind in enumerate(_ORDER)}

# What stderr and mails say of one and of several findings of a kind.
_SENTENCES = {
    "not an event file": ("{} contains no valid record", "{} contain no valid record"),
    "not a table": ("{} cannot be read as a table", "{} cannot be read as tables"),
    "header": ("{} is damaged", "{} are damaged"),
    "payload": ("{} has records with a wrong checksum", "{} have records with a wrong checksum"),
    "truncated": ("{} ends in the middle of a record", "{} end in the middle of a record"),
    "shrunk": ("{} became shorter while it was read", "{} became shorter while they were read"),
    "row": ("{} has lines that were skipped", "{} have lines that were skipped"),
    "not finite": ("{} has NaN or infinite values", "{} have NaN or infinite values"),
    "unknown": ("{} has values that cannot be shown", "{} have values that cannot be shown"),
    "backwards": ("steps go back in {}", "steps go back in {}"),
    "two kinds": ("{} has tags of more than one kind", "{} have tags of more than one kind"),
    "repeated": ("{} has duplicate steps", "{} have duplicate steps"),
    "pause": ("{} paused", "{} paused"),
    "purged": ("values of {} were replaced by a restart", "values of {} were replaced by restarts"),
    "doubled": ("{} repeats values of event files", "{} repeat values of event files"),
}


@dataclass(frozen=True, slots=True)
class HealthGroup:
    """Findings of one kind.

    Attributes:
        kind: a key of `reportgen.frames.health.KINDS`.
        runs, files: names without duplicates, in the order of the log.
        records: the number of records concerned.
        details: of the findings, without duplicates.
    """

    kind: str
    runs: tuple[str, ...]
    files: tuple[str, ...]
    records: int
    details: tuple[str, ...]

    @property
    def where(self) -> str:
        """The names of the files, or else of the runs; only the first few."""
        return wording.listing([wording.clipped(Path(name).name) for name in self.files]) or (
            wording.listing([wording.clipped(name) for name in self.runs])
        )

    @property
    def sentence(self) -> str:
        """What was found, where: "19 files end in the middle of a record"."""
        if self.kind not in _SENTENCES:
            return self.details[0]
        names, noun = (self.files, "file") if self.files else (self.runs, "run")
        name = Path(names[0]).name if len(self.files) == 1 else names[0]
        name = wording.clipped(name) if len(names) == 1 else wording.count(len(names), noun)
        return _SENTENCES[self.kind][len(names) > 1].format(name)


def health_groups(health: pd.DataFrame) -> tuple[HealthGroup, ...]:
    """Return the findings of the health frame by kind, the worst first."""
    groups = []
    for kind, rows in health.groupby("kind", sort=False):
        groups.append(
            HealthGroup(
                kind=str(kind),
                runs=_names(rows["run"]),
                files=_names(rows["file"]),
                records=int(rows["records"].sum()),
                details=_names(rows["detail"]),
            )
        )
    return tuple(sorted(groups, key=lambda group: _PLACES.get(group.kind, 0)))


def worst_sentence(health: pd.DataFrame) -> str:
    """Return a sentence that names the worst finding and counts the others; "" if all is sound."""
    groups = health_groups(health)
    if not groups:
        return ""
    others = len(groups) - 1
    rest = f", and {wording.count(others, 'other finding')}" if others else ""
    return f"{groups[0].sentence}{rest}; see Data health at the end of the report"


def _names(column: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(name) for name in column if name))
