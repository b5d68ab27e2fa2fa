"""Audio: logged sounds, each as a figure and a player."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.analysis.media.audio import decode
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.media import audio_chart
from reportgen.report.blocks import Audio, Block, FigureBlock, Notice

_MAX_SOUNDS = 3  # a tag and run: the first, the middle and the last
_MAX_BYTES = 2_000_000


def blocks(sounds: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """Return a figure and a player for the first, middle and last sound of each tag and run.

    Args:
        sounds: the audio frame.
        by_run: styles by run name.
    """
    shown: list[Block] = []
    for (_, run), rows in sounds.groupby(["tag", "run"], sort=True, observed=True):
        places = evenly(len(rows), _MAX_SOUNDS)
        for _, row in rows.iloc[places].iterrows():
            shown += _sound(row, by_run[str(run)])
    hidden = len(sounds) - sum(isinstance(block, FigureBlock) for block in shown)
    if hidden:
        count = wording.count(hidden, "sound")
        limits = f"{_MAX_SOUNDS} a tag and run, of PCM WAV and at most {wording.size(_MAX_BYTES)}"
        shown.append(
            Notice(f"{count} of {len(sounds):,} logged are not shown; shown are {limits}.")
        )
    return shown


def _sound(row: pd.Series, style: RunStyle) -> list[Block]:
    """Return the figure and the player of a sound; nothing if it is too large or unreadable."""
    if row["blob"].size > _MAX_BYTES:
        return []
    data = row["blob"].read()
    sound = decode(data)
    if sound is None:
        return []
    tag, runs = str(row["tag"]), (str(row["run"]),)
    name = f"{tag}, {runs[0]}"
    title = f"{name}, step {row['step']:,}"
    label = f", labelled {row['label']}" if row["label"] else ""
    text = f"{title}: a sound of {wording.duration(sound.seconds)}{label}."
    chart = audio_chart.prepare(title, sound, style)
    return [
        FigureBlock("", chart, runs=runs, tag=tag, name=name),
        Audio("", title, text, "audio/wav", data, runs, name),
    ]
