"""Parameters that differ between two runs or groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.analysis.groups.seed_parameters import Parameters, parameter_text


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """One parameter.

    Attributes:
        name: as logged.
        first, second: its values on either side, each once; empty where it was not logged.
    """

    name: str
    first: tuple[str, ...]
    second: tuple[str, ...]


def parameter_changes(
    first: Sequence[str], second: Sequence[str], parameters: Mapping[str, Parameters]
) -> tuple[ParameterChange, ...]:
    """Return the parameters whose values on one side are not those on the other, by name.

    Args:
        first: names of the runs on one side.
        second: of those on the other.
        parameters: of all runs, see `reportgen.analysis.groups.seed_parameters`.
    """
    names = {name for run in [*first, *second] for name in parameters.get(run, {})}
    changes = [
        ParameterChange(name, _values(name, first, parameters), _values(name, second, parameters))
        for name in sorted(names)
    ]
    return tuple(change for change in changes if set(change.first) != set(change.second))


def _values(
    name: str, runs: Sequence[str], parameters: Mapping[str, Parameters]
) -> tuple[str, ...]:
    values = [parameters[run][name] for run in runs if name in parameters.get(run, {})]
    return tuple(dict.fromkeys(map(parameter_text, values)))
