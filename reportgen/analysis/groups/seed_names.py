"""Seeds in names: what a run's name says of its seed."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Words after which a number counts repetitions of one configuration. A trial, version, rank or
# bare number counts configurations, machines or days as often, so none of them is here.
_SEED = re.compile(
    r"(?P<before>.*?)(?P<word>(?<![A-Za-z0-9])(?:seed|s|rep|repeat|replicate|fold))"
    r"(?P<between>[-_=: .]?)(?P<number>\d{1,10})",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:19|20)\d{6}")
_SEPARATORS = "-_=: ./,"
# Words that say no more than that a seed follows, as in run_seed=3.
_FILLERS = re.compile(r"(?:^|(?<=[-_=: ./,]))(?:run|random|rng|train)[-_]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SeedName:
    """A name that ends in a seed.

    Attributes:
        stem: the name without its seed; "" where nothing else is left.
        form: the name without the number, by which names of one group are equal.
        number: the seed.
    """

    stem: str
    form: str
    number: int


def seed_name(name: str) -> SeedName | None:
    """Return what a run's name says of its seed; None where its last part names none.

    `td3/seed_0`, `exp-s1` and `run_seed=3` do; `trial_3`, `version_0`, `rank1`, `gpu0`, dates and
    bare numbers do not.
    """
    match = _SEED.fullmatch(name)
    if match is None or (match["word"].lower() == "s" and _DATE.fullmatch(match["number"])):
        return None
    stem = match["before"].rstrip(_SEPARATORS)
    stem = _FILLERS.sub("", match["before"]).rstrip(_SEPARATORS) if stem else stem
    return SeedName(
        stem=stem,
        form=f"{match['before']}{match['word']}{match['between']}",
        number=int(match["number"]),
    )
