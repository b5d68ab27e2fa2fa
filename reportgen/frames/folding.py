"""Folds into a run what `add_scalars` and `add_hparams` wrote beside it.

`add_scalars(main_tag, {line: value})` writes each line as a run of its own, whose events are tagged
`main_tag`: in `<run>/<main_tag>/<line>` (tensorboardX, mxboard) or, "/" of the main tag being "_",
in `<run>/<main_tag>_<line>` (torch). A directory with such a name and no other tag becomes the tag
`main_tag/line` of the run, unless the run has logged that tag itself.

`add_hparams` writes the parameters and one final value of each metric into a directory of any
name. If a run without parameters holds exactly one such directory, both become the run's; a metric
whose tag the run has logged itself gets the suffix `/final`. Several such directories are trials,
and stay runs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from reportgen.frames.logged_run import LoggedRun

_EVENTS_WITHOUT_VALUE = 4  # of a file of add_hparams: version, experiment, start, end
_KINDS_OF_ADD_HPARAMS = {"hparams", "status", "metrics"}


def fold(runs: Sequence[LoggedRun]) -> list[LoggedRun]:
    """Return the runs without those that were folded into others.

    Args:
        runs: every run; changed in place: they get `folded_runs`, whose tags are renamed.
    """
    remaining: dict[str, LoggedRun] = {}  # by directory; a text is hashed faster than a Path
    directories = {id(run): str(run.directory) for run in runs}
    for run in sorted(runs, key=lambda run: len(run.directory.parts)):
        directory = directories[id(run)]
        ancestors = [remaining[path] for path in _parents(directory) if path in remaining]
        if not any(_fold_line(ancestor, run) for ancestor in ancestors):
            remaining[directory] = run
    for parent, trials in _trials(remaining):
        if len(trials) == 1 and "hparams" not in parent.kinds:
            _fold_parameters(parent, trials[0])
            del remaining[directories[id(trials[0])]]
    remaining_ids = {id(run) for run in remaining.values()}
    return [run for run in runs if id(run) in remaining_ids]


def _parents(directory: str) -> Iterator[str]:
    """Yield the directories above one, the nearest first, as `Path.parents` does."""
    parent = os.path.dirname(directory)  # noqa: PTH120
    while parent != directory:
        yield parent or "."
        directory, parent = parent, os.path.dirname(parent)  # noqa: PTH120


def _fold_line(parent: LoggedRun, line_run: LoggedRun) -> bool:
    """Fold a line of add_scalars into its run; return whether it was one."""
    tags = line_run.tags
    if len(tags) != 1 or line_run.kinds:
        return False
    (main_tag,) = tags
    line = _line_name(line_run.directory.relative_to(parent.directory).as_posix(), main_tag)
    tag = f"{main_tag}/{line}"
    if not line or tag in parent.tags:
        return False
    _rename_tags(line_run, {main_tag: tag})
    parent.folded_runs.append(line_run)
    parent.lines.setdefault(main_tag, []).append(tag)
    return True


def _line_name(path: str, main_tag: str) -> str:
    """Return the line of `main_tag` that a directory below the run holds, or ""."""
    cleaned_path, cleaned_tag = _cleaned(path), _cleaned(main_tag)
    for prefix in (f"{cleaned_tag}/", f"{cleaned_tag.replace('/', '_')}_"):
        if cleaned_path.startswith(prefix):
            return path[len(prefix) :]
    return ""


def _cleaned(name: str) -> str:
    """Replace characters by "_" as tensorboardX does in tags, but not in directories."""
    return re.sub(r"[^-/\w.]", "_", name)


def _trials(runs: dict[str, LoggedRun]) -> list[tuple[LoggedRun, list[LoggedRun]]]:
    """Return runs, each with the runs below it that hold what add_hparams writes."""
    trials_by_parent: dict[str, list[LoggedRun]] = {}
    for directory, run in runs.items():
        if not _is_trial(run):
            continue
        parent = next((path for path in _parents(directory) if path in runs), None)
        if parent is not None:
            trials_by_parent.setdefault(parent, []).append(run)
    return [(runs[parent], trials) for parent, trials in trials_by_parent.items()]


def _is_trial(run: LoggedRun) -> bool:
    """Return whether a run holds parameters and at most one value a tag."""
    if "hparams" not in run.kinds or run.kinds - _KINDS_OF_ADD_HPARAMS:
        return False
    values = sum(len(codes) for _, file in run.files for codes in file.scalars["code"])
    events = sum(file.events for _, file in run.files)
    tags = len(run.tags)
    return values <= tags and events <= tags + _EVENTS_WITHOUT_VALUE * len(run.files)


def _fold_parameters(parent: LoggedRun, trial: LoggedRun) -> None:
    """Fold the parameters and metrics of add_hparams into their run."""
    _rename_tags(trial, {tag: f"{tag}/final" for tag in trial.tags & parent.tags})
    parent.folded_runs.append(trial)


def _rename_tags(run: LoggedRun, new_names: dict[str, str]) -> None:
    for _, file in run.files:
        file.tags = [new_names.get(tag, tag) for tag in file.tags]
