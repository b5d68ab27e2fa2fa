"""The headline: the metrics that say how well the runs did, most telling first, and why."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from reportgen import wording
from reportgen.analysis.metric_catalogue import Metric
from reportgen.analysis.tag_families import TagFamily
from reportgen.analysis.tag_splits import SPLIT_ORDER
from reportgen.selection import no_match

CHANGE = "--metric TAG"  # the option that chooses another headline, as sentences name it
_ANY_SPLIT_RANK = 2  # objectives up to this rank are held-out results where no split is named
_PLACEHOLDER = -1.0  # what Lightning logs as hp_metric if the user does not
_SERIES = {"epoch": 0, "batch": 2, "step": 3, "iter": 3}
_AGGREGATES = {"max", "min", "median", "sum", "vs", "best", "ema", "time", "aux", "baseline"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One metric of one split as the logs hold it.

    Attributes:
        tag: as logged; of several, the first.
        metric: what it measures.
        coverage: how many run groups logged it.
        finite: whether any value is finite.
        varies: whether its values differ.
        value: the only value, if all are equal; else NaN.
    """

    tag: str
    metric: Metric
    coverage: int = 1
    finite: bool = True
    varies: bool = True
    value: float = math.nan


@dataclass(frozen=True, slots=True)
class Headline:
    """The chosen metrics.

    Attributes:
        candidates: most telling first; none if nothing says how well the runs did.
        reason: why the first was chosen, a sentence; or what is missing; "" if nothing was logged.
        wanted: whether the user named all of them.
    """

    candidates: tuple[Candidate, ...]
    reason: str
    wanted: bool = False


def choose_headline(
    candidates: Sequence[Candidate],
    wanted: Sequence[str] = (),
    judged: Collection[str] = (),
    layout: Collection[str] = (),
    families: Sequence[TagFamily] = (),
) -> Headline:
    """Return the metrics that say how well the runs did.

    Args:
        candidates: every metric and split of the logs.
        wanted: tags or metrics that the user names, in order.
        judged: tags that the hparams plugin lists as metrics.
        layout: tags of the first chart of the user's layout.
        families: of like tags, none of which says more than the others; their members are chosen
            only where the user or the log names them.

    Raises:
        UsageError: a wanted tag was not logged.
    """
    if wanted:
        return Headline(_wanted(candidates, wanted), "Chosen by --metric.", wanted=True)
    members = {tag for family in families for tag in family.tags()}
    ordered = sorted(
        (
            candidate
            for candidate in candidates
            if _is_objective(candidate) and candidate.tag not in members
        ),
        key=_order,
    )
    named_by_user = (
        (judged, _is_set, "the hparams plugin lists it as a metric"),
        (layout, _is_objective, "it is in the first chart of the layout"),
    )
    for tags, usable, reason in named_by_user:
        named = sorted(
            (candidate for candidate in candidates if candidate.tag in tags and usable(candidate)),
            key=_order,
        )
        if named:
            rest = [candidate for candidate in ordered if candidate not in named]
            return _headline([*named, *rest], reason)
    if ordered:
        return _headline(ordered, _reason(ordered))
    single = _only_component(candidates)
    if single:
        return _headline([single], "it is the only loss that was logged")
    return Headline((), _missing(candidates, families))


def _missing(candidates: Sequence[Candidate], families: Sequence[TagFamily]) -> str:
    """Return why there is no headline; "" where nothing was logged."""
    if not candidates:
        return ""
    objectives = {candidate.tag for candidate in candidates if _is_objective(candidate)}
    patterns = [family.pattern for family in families if objectives & set(family.tags())]
    if not patterns:
        return f"No tag says how well the runs did; {CHANGE} names one."
    return (
        f"No tag stands for all of {wording.listing(patterns)}, so runs are not ranked; "
        f"{CHANGE} names one."
    )


def _headline(ordered: Sequence[Candidate], reason: str) -> Headline:
    first = ordered[0]
    return Headline(
        tuple(ordered), f"The headline is {first.tag}: {reason}; {CHANGE} names another."
    )


def _wanted(candidates: Sequence[Candidate], wanted: Sequence[str]) -> tuple[Candidate, ...]:
    """Return the candidates that the user names, by tag or else by metric without its split."""
    chosen: list[Candidate] = []
    for name in wanted:
        matching = [candidate for candidate in candidates if name == candidate.tag] or sorted(
            (candidate for candidate in candidates if name == candidate.metric.name), key=_order
        )
        if not matching:
            raise no_match("--metric", "tag", name, _alike(name, candidates))
        chosen.append(matching[0])
    return tuple(dict.fromkeys(chosen))


def _alike(name: str, candidates: Iterable[Candidate]) -> list[str]:
    """Return logged tags, those that share letters with a name first."""
    tags = sorted({candidate.tag for candidate in candidates})
    return sorted(tags, key=lambda tag: name.lower() not in tag.lower())[:8]


def _is_set(candidate: Candidate) -> bool:
    """Return whether it has a finite value that is no placeholder."""
    placeholder = candidate.metric.words[:1] == ("hp",) and candidate.value == _PLACEHOLDER
    return candidate.finite and not placeholder


def _is_objective(candidate: Candidate) -> bool:
    return candidate.metric.role == "objective" and _is_set(candidate)


def _only_component(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the one metric with a direction that is a term of an unlogged whole; else None."""
    terms = [
        candidate
        for candidate in candidates
        if candidate.metric.role == "component"
        and candidate.metric.direction == "down"
        and candidate.finite
    ]
    terms.sort(key=_order)
    return terms[0] if len({candidate.metric.words for candidate in terms}) == 1 else None


def _order(candidate: Candidate) -> tuple[object, ...]:
    """Return a sort key: the most telling metric first; of equal ones the first in the logs."""
    metric = candidate.metric
    words = metric.words
    held_out = metric.split == "validation" or (
        not metric.split and (metric.rank < _ANY_SPLIT_RANK or metric.level == "end")
    )
    series = min((_SERIES[word] for word in words if word in _SERIES), default=1)
    if "epoch" in candidate.tag.lower():
        series = _SERIES["epoch"]
    return (
        not metric.direction,
        not candidate.varies,
        (0 if held_out else 1 + SPLIT_ORDER.index(metric.split)),
        -candidate.coverage,
        metric.rank,
        SPLIT_ORDER.index(metric.split),
        bool(_AGGREGATES & set(words)),
        len([word for word in words if word not in _SERIES]),
        series,
    )


def _reason(ordered: Sequence[Candidate]) -> str:
    """Return why the first of the ordered candidates was chosen."""
    first = ordered[0]
    if len(ordered) == 1:
        return "no other tag says how well the runs did"
    if first.metric.split == "test":
        return "no validation metric was logged, so this is chosen on test data"
    if first.metric.split == "train":
        return "no metric of held-out data was logged"
    if first.metric.split == "validation":
        others = any(candidate.metric.split == "validation" for candidate in ordered[1:])
        return "the most telling validation metric" if others else "the only validation metric"
    return "the most telling metric that was logged"


def with_direction(metric: Metric, name: str, split: str, direction: str) -> Metric:
    """Return a metric as the logs of all runs and the user have it.

    A direction that only the user knows makes it an objective.
    """
    role = "objective" if direction and not metric.direction else metric.role
    return replace(metric, name=name, split=split, direction=direction, role=role)
