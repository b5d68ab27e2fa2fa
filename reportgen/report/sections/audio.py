"""Audio: the first and the last sound of each tag and run, drawn and to be played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from reportgen import wording
from reportgen.analysis import wav
from reportgen.figures import audio
from reportgen.figures.style import RunStyle
from reportgen.report.model import Audio, Block, FigureBlock, Notice

_LARGEST = 2_000_000  # bytes of a sound
_MOST_BYTES = 10_000_000  # of all together


def blocks(sounds: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """Sounds, and how many are not in the report.

    Args:
        sounds: the audio frame.
        by_run: the style of each run.
    """
    found: list[Block] = []
    left, shown = _MOST_BYTES, 0
    for (_, run), rows in sounds.groupby(["tag", "run"], sort=True, observed=True):
        for place in dict.fromkeys((0, len(rows) - 1)):
            row = rows.iloc[place]
            if row["blob"].size > min(_LARGEST, left):
                continue
            left -= row["blob"].size
            made = list(_sound(row, str(run), by_run[str(run)]))
            shown += bool(made)
            found += made
    if shown < len(sounds):
        told = wording.count(len(sounds) - shown, "sound")
        found.append(Notice(f"{told} of {len(sounds):,} logged not in this report."))
    return found


def _sound(row: pd.Series, run: str, style: RunStyle) -> Iterator[Block]:
    data = row["blob"].read()
    sound = wav.read(data)
    if sound is None:
        return
    title = f"{row['tag']}, {run}, step {row['step']:,}"
    chart = audio.prepare(title, sound, style)
    yield FigureBlock("", chart, runs=(run,))
    label = f"{row['label']}. " if row["label"] else ""
    caption = f"{label}{wording.duration(sound.seconds)}, as logged."
    yield Audio("", title, caption, "audio/wav", data, sound.seconds, runs=(run,))
