"""Statements: what a report says first, each with a number and links to where it can be seen."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen import wording
from reportgen.analysis.levels import RankedValue
from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.summary import Summary
from reportgen.figures.mark import MarkKind
from reportgen.report.best_run import compared_with_baseline, noise_text
from reportgen.report.digits import decimals, fixed
from reportgen.wording import clipped

SHOWN = 5  # statements that stand on the first screen; the others are folded
_MAX_NAME = 60  # characters of a run or tag
_MAX_TIED = 2  # runs that are named


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a statement's text.

    Attributes:
        text: as it is shown.
        run: the run or run group that it names, shown in bold after its swatch; "" for none.
        tag: as logged, where the text names one; "" for none.
        target: id of the block that shows the tag; "" where there is none.
        strong: whether it is the number that the statement is about.
    """

    text: str
    run: str = ""
    tag: str = ""
    target: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the number of the ring that stands where it happens.

    Attributes:
        segments: its text, in order.
        number: from 1; 0 until `numbered` has counted it.
        run: the run or run group that it is about; "" for none or several.
        tag: as logged, where its ring stands; "" where that is the row of the run.
        first_step, last_step: where it happens, both included; -1 where it has no step.
        target: id of the figure where its ring stands; "" for none.
        mark: how its ring stands in a chart, see `reportgen.figures.mark.Mark`.
        rule: of the finding that it tells; "" where it says what leads.
        cells: of a confusion matrix, actual and predicted class of each pair that it tells.
    """

    segments: tuple[Segment, ...]
    number: int = 0
    run: str = ""
    tag: str = ""
    first_step: int = -1
    last_step: int = -1
    target: str = ""
    mark: MarkKind = "note"
    rule: str = ""
    cells: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(segment.text for segment in self.segments)


def numbered(statements: Sequence[Statement], targets: Mapping[str, str]) -> tuple[Statement, ...]:
    """Return the statements with their numbers, and with links to the blocks that show their tags.

    Args:
        statements: in order.
        targets: id of the block that shows a tag, by tag as logged.
    """
    return tuple(
        replace(
            statement,
            number=number,
            target=statement.target or targets.get(statement.tag, ""),
            segments=tuple(
                replace(segment, target=_target(statement, segment.tag, targets))
                for segment in statement.segments
            ),
        )
        for number, statement in enumerate(statements, start=1)
    )


def _target(statement: Statement, tag: str, targets: Mapping[str, str]) -> str:
    """Return the id of the block that shows a tag of a statement; "" for none."""
    target = statement.target if tag and tag == statement.tag else ""
    return target or targets.get(tag, "")


def lead_statement(
    ranking: Summary, *, is_decided: bool = False, is_named: bool = False
) -> Statement | None:
    """Return which run is ahead in the first metric and by how much; None without a value of it.

    Args:
        ranking: of the runs.
        is_decided: whether the lead exceeds the noise between seeds, so that the run is the best
            and does not only lead.
        is_named: whether the name of a run that is the only one is told.
    """
    if not ranking.metrics or not ranking.runs:
        return None
    key, run = ranking.metrics[0], ranking.runs[0]
    reached = run.reached[0]
    if reached is None or not key.direction or math.isnan(reached.value):
        return None
    tag = Segment(clipped(key.tag, _MAX_NAME), tag=key.tag)
    value = Segment(fixed(reached.value, decimals(ranking, 0)), strong=True)
    ranked = reached.ranked
    if len(ranking.runs) == 1:
        name = (Segment(clipped(run.name, _MAX_NAME), run=run.group), Segment(": "))
        segments: tuple[Segment, ...] = (
            *(name if is_named else ()),
            tag,
            Segment(" is " if ranked.at_end else f" is best{_where(ranked)}: "),
            value,
            Segment(_where(ranked) if ranked.at_end else ""),
            Segment(f". {_ending(key, reached, ranking)}".rstrip()),
        )
    else:
        verb = "is best" if is_decided else "leads"
        is_baseline = run.group == ranking.baseline
        compared = compared_with_baseline(ranking, run.group, reached.value)
        segments = (
            Segment(clipped(run.name, _MAX_NAME), run=run.group),
            Segment(f"{', the baseline,' if is_baseline else ''} {verb}: "),
            tag,
            Segment(" "),
            value,
            Segment(f"{_where(ranked)}{compared}{noise_text(ranking, _MAX_TIED)}."),
        )
    return Statement(segments, 0, run.group, key.tag, ranked.step, ranked.step, mark="best")


def event_statement(
    sentence: str,
    *,
    run: str = "",
    tags: Sequence[str] = (),
    first_step: int = -1,
    last_step: int = -1,
    advice: str = "",
) -> Statement:
    """Return the statement of something that happened.

    Args:
        sentence: what happened, without the run's name.
        run: that it happened in; "" where it is about all runs.
        tags: that the sentence may name; the ring stands in the chart of the first.
        first_step: where it began; -1 without a step.
        last_step: where it ended, included; -1 without a step.
        advice: what to do next, a sentence; "" for none.
    """
    name = (Segment(clipped(run, _MAX_NAME), run=run), Segment(" ")) if run else ()
    end = (Segment(f" {advice}"),) if advice else ()
    return Statement(
        (*name, *_linked(sentence, tags), *end), 0, run, next(iter(tags), ""), first_step, last_step
    )


def _linked(sentence: str, tags: Sequence[str]) -> list[Segment]:
    """Return the sentence as segments, the first mention of each tag by itself."""
    if not tags:
        return [Segment(sentence)]
    names = sorted(tags, key=len, reverse=True)
    pattern = rf"(?<![\w/])({'|'.join(map(re.escape, names))})(?![\w/])"
    pieces = re.split(pattern, sentence)
    return [
        Segment(piece, tag=piece) if place % 2 else Segment(piece)
        for place, piece in enumerate(pieces)
        if piece
    ]


def _ending(key: KeyMetric, reached: Reached, ranking: Summary) -> str:
    """Return how the only run ends, compared with its best value; "" where that is the last."""
    best = reached.value
    if reached.ranked.at_end or reached.last == best:
        return ""
    last = fixed(reached.last, decimals(ranking, 0))
    if not math.isfinite(reached.last):
        return f"It ends at {wording.number(reached.last)}."
    worse = "below" if key.direction == "up" else "above"
    if best * reached.last <= 0 or (reached.last > best) != (worse == "above"):
        return f"It ends at {last}."
    share = abs(reached.last - best) / abs(best)
    return f"It ends at {last}, {wording.number(100 * share, 2)} % {worse}."


def _where(ranked: RankedValue) -> str:
    """Return which value it is: " at step 10", or " (last 5 evaluations)"."""
    if ranked.at_end:
        return f" ({ranked.kind})"
    if ranked.level.points > 1:
        return f" ({ranked.kind}, about step {ranked.step:,})"
    return f" at step {ranked.step:,}" if ranked.step >= 0 else ""
