"""Runs as people mean them: what `add_scalars` and `add_hparams` wrote beside a run is put into it.

`add_scalars(main_tag, {line: value})` writes each line as a run of its own, whose events are tagged
`main_tag`: in `<run>/<main_tag>/<line>` (tensorboardX, mxboard) or, "/" of the main tag being "_",
in `<run>/<main_tag>_<line>` (torch). A directory of such a name that holds no other tag becomes the
tag `main_tag/line` of the run, unless the run has a tag of that name itself.

`add_hparams` writes the parameters and one final value of each metric into a directory of any
name. Where a run without parameters holds exactly one such directory, both become the run's; a
metric whose tag the run itself has gets `/final` behind its tag. Several of them are trials, and
stay runs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from reportgen.frames.logged_run import Logged

_BESIDE = 4  # events of add_hparams without a value: version, experiment, start, end
_PARAMETERS = {"hparams", "status", "metrics"}  # kinds in which add_hparams writes


def fold(logged: Sequence[Logged]) -> list[Logged]:
    """The runs without those that are parts of others, which hold them now.

    Args:
        logged: every run; changed in place. Tags of the parts' scalars are renamed.
    """
    kept: dict[Path, Logged] = {}
    for one in sorted(logged, key=lambda one: len(one.directory.parts)):
        above = [kept[path] for path in one.directory.parents if path in kept]
        if not any(_take_line(parent, one) for parent in above):
            kept[one.directory] = one
    for parent, trials in _trials(kept):
        if len(trials) == 1 and "hparams" not in parent.kinds:
            _take_parameters(parent, trials[0])
            del kept[trials[0].directory]
    left = {id(one) for one in kept.values()}
    return [one for one in logged if id(one) in left]


def _take_line(parent: Logged, part: Logged) -> bool:
    """Folds what add_scalars wrote; returns whether it did."""
    tags = part.tags
    if len(tags) != 1 or part.kinds:
        return False
    (main_tag,) = tags
    line = _line(part.directory.relative_to(parent.directory).as_posix(), main_tag)
    tag = f"{main_tag}/{line}"
    if not line or tag in parent.tags:
        return False
    _rename(part, {main_tag: tag})
    parent.parts.append(part)
    parent.lines.setdefault(main_tag, []).append(tag)
    return True


def _line(path: str, main_tag: str) -> str:
    """The line of main_tag that a directory below the run holds, or ""."""
    path_, tag = _plain(path), _plain(main_tag)
    for start in (f"{tag}/", f"{tag.replace('/', '_')}_"):
        if path_.startswith(start):
            return path[len(start) :]
    return ""


def _plain(name: str) -> str:
    """As tensorboardX writes tags, but not directories: one "_" for each other character."""
    return re.sub(r"[^-/\w.]", "_", name)


def _trials(kept: dict[Path, Logged]) -> list[tuple[Logged, list[Logged]]]:
    """Runs with those right below them that hold what add_hparams writes."""
    found: dict[Path, list[Logged]] = {}
    for one in kept.values():
        above = next((path for path in one.directory.parents if path in kept), None)
        if above is not None and _is_final(one):
            found.setdefault(above, []).append(one)
    return [(kept[above], trials) for above, trials in found.items()]


def _is_final(one: Logged) -> bool:
    """Whether it holds parameters and at most one value a tag."""
    if "hparams" not in one.kinds or one.kinds - _PARAMETERS:
        return False
    values = sum(len(part) for _, file in one.files for part in file.scalars["code"])
    events = sum(file.events for _, file in one.files)
    most = len(one.tags)
    return values <= most and events <= most + _BESIDE * len(one.files)


def _take_parameters(parent: Logged, part: Logged) -> None:
    """Folds what add_hparams wrote."""
    own = parent.tags
    _rename(part, {tag: f"{tag}/final" for tag in part.tags & own})
    parent.parts.append(part)


def _rename(part: Logged, names: dict[str, str]) -> None:
    for _, file in part.files:
        file.tags = [names.get(tag, tag) for tag in file.tags]
