"""Audio: each logged sound as a figure, with the sound itself."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.analysis.media.audio import decode
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.media import audio_chart
from reportgen.report.model import Audio, Block, FigureBlock, Notice

_MOST = 3  # a tag and run: the first, the middle and the last
_LARGEST = 2_000_000  # bytes


def blocks(sounds: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """A figure and a player for the first, the middle and the last sound of each tag and run.

    Args:
        sounds: the audio frame.
        by_run: styles by run name.
    """
    found: list[Block] = []
    for (_, run), rows in sounds.groupby(["tag", "run"], sort=True, observed=True):
        places = evenly(len(rows), _MOST)
        for _, row in rows.iloc[places].iterrows():
            found += _sound(row, by_run[str(run)])
    hidden = len(sounds) - sum(isinstance(block, FigureBlock) for block in found)
    if hidden:
        told = wording.count(hidden, "sound")
        reason = f"shown are {_MOST} a tag and run, of PCM WAV and at most {wording.size(_LARGEST)}"
        found.append(Notice(f"{told} of {len(sounds):,} logged are not shown; {reason}."))
    return found


def _sound(row: pd.Series, style: RunStyle) -> list[Block]:
    if row["blob"].size > _LARGEST:
        return []
    data = row["blob"].read()
    sound = decode(data)
    if sound is None:
        return []
    tag, runs = str(row["tag"]), (str(row["run"]),)
    name = f"{tag}, {runs[0]}"
    title = f"{name}, step {row['step']:,}"
    text = f"{title}: a sound of {wording.duration(sound.seconds)}"
    text += f", labelled {row['label']}." if row["label"] else "."
    return [
        FigureBlock("", audio_chart.prepare(title, sound, style), runs=runs, tag=tag, name=name),
        Audio("", title, text, "audio/wav", data, runs, name),
    ]
