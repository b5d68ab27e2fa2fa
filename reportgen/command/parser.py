"""The parser of the command's words: every option of the table, in groups."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from reportgen import __version__, wording
from reportgen.command.command_options import CONFIGURABLE, LOGDIR, OUTPUT, QUIET, VERBOSE
from reportgen.errors import UsageError
from reportgen.option_table.option import Group, Option
from reportgen.outputs.formats import FORMATS

SHELLS = ("bash", "zsh", "fish")
_DESCRIPTION = """\
Turn training logs (TensorBoard event files) into one self-contained report.

examples:
  reportgen runs/ -o report.html
  reportgen runs/ --check "best val/accuracy >= 0.9" -o github:summary.md
  reportgen runs/ --baseline main.json --check "last val/loss <= baseline + noise"
"""
_SHORT = {OUTPUT.name: "-o", QUIET.name: "-q", VERBOSE.name: "-v"}
_LIST_FORMS = ("table", "json")
_LIKE = 0.72  # of `get_close_matches`: --titel is meant for --title, --nonsense for nothing


class _Parser(argparse.ArgumentParser):
    """Reports a wrong argument in one line, as every other error is reported."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's words; what is not given is None."""
    arguments = _Parser(
        prog="reportgen",
        usage="%(prog)s LOGDIR... [-o [FORMAT:]PATH]... [options]",
        description=_DESCRIPTION,
        epilog=f"formats: {', '.join(FORMATS)}; by default that of PATH's suffix.\n\n"
        "Options may also stand in reportgen.toml or in [tool.reportgen] of pyproject.toml, and\n"
        "in variables such as REPORTGEN_MAX_SIZE; --print-config shows what holds.\n\n"
        "exit status: 0 every output is written and sent; 1 the same, and a --check failed or\n"
        "cannot be decided; 2 wrong usage, input or output; 70 an internal error;\n"
        "130 interrupted; 143 terminated.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        exit_on_error=False,
        add_help=False,
    )
    groups = {group: arguments.add_argument_group(str(group)) for group in Group}
    groups[Group.INPUT].add_argument(
        LOGDIR.name, nargs="*", metavar=LOGDIR.metavar, help=LOGDIR.help, default=None
    )
    for option in CONFIGURABLE:
        if option is not LOGDIR:
            _add(groups[option.group], option)
    _add_actions(arguments.add_argument_group("instead of a report"))
    return arguments


def _add(group: argparse._ArgumentGroup, option: Option) -> None:
    names = [name for name in (_SHORT.get(option.name), option.flag) if name]
    group.add_argument(*names, dest=option.name, **_argument(option))
    if option.is_switch:  # takes back what a configuration file or the environment sets
        group.add_argument(
            f"--no-{option.key}",
            dest=option.name,
            action="store_false",
            default=None,
            help=argparse.SUPPRESS,
        )


def _argument(option: Option) -> dict[str, Any]:
    """Return how argparse reads an option: a switch, a text, or a text that may be repeated."""
    help_ = option.help.replace("%", "%%")
    if option.repeat:
        help_ += "; repeat for several"
    if option.default:
        help_ += f" (default: {option.default})"
    argument: dict[str, Any] = {"help": help_, "default": None}
    if option.is_switch:
        return argument | {"action": "store_true"}
    if option.repeat:
        argument |= {"action": "append"}
    if option.count > 1:
        argument |= {"nargs": option.count}
    return argument | {"metavar": option.metavar or f"{{{','.join(option.choices)}}}"}


def _add_actions(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--list",
        nargs="?",
        const="table",
        metavar="{table,json}",
        help="list the runs and tags that the logs hold",
    )
    group.add_argument(
        "--print-config", action="store_true", help="print each option, and where it was set"
    )
    group.add_argument(
        "--config",
        metavar="PATH",
        help="read options from this file, not from reportgen.toml or pyproject.toml here",
    )
    group.add_argument(
        "--completion",
        metavar=f"{{{','.join(SHELLS)}}}",
        help="print what makes this shell complete options, formats, runs and tags",
    )
    group.add_argument("-h", "--help", action="help", help="print this text")
    group.add_argument(
        "--version",
        action="version",
        version=f"reportgen {__version__}",
        help="print the version",
    )


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return the values that words give.

    Raises:
        UsageError: an option does not exist or has not the values that it takes.
    """
    arguments = parser()
    try:
        values, unknown = arguments.parse_known_intermixed_args(
            _with_list_form(_with_plain_paths(words))
        )
    except argparse.ArgumentError as error:
        raise UsageError(_wrong_values(error)) from error
    for word in unknown:
        raise _unknown_option(word, arguments)
    if values.list not in (None, *_LIST_FORMS):
        raise UsageError(f"--list {wording.clipped(values.list)}: unknown form; use table or json")
    return values


def _with_plain_paths(words: Sequence[str]) -> list[str]:
    """Return the words with "./" before paths after "--" that begin with a dash.

    Python's parser of intermixed arguments takes these for options again.
    """
    place = list(words).index("--") if "--" in words else len(words)
    paths = [f"./{word}" if word.startswith("-") else word for word in words[place + 1 :]]
    return [*words[:place], *paths]


def _with_list_form(words: Sequence[str]) -> list[str]:
    """Return the words with the form of a bare --list joined to it, so that LOGDIR may follow."""
    joined: list[str] = []
    rest = iter(enumerate(words))
    for index, word in rest:
        if word != "--list":
            joined.append(word)
        elif index + 1 < len(words) and words[index + 1] in _LIST_FORMS:
            joined.append(f"--list={next(rest)[1]}")
        else:
            joined.append("--list=table")
    return joined


def _wrong_values(error: argparse.ArgumentError) -> str:
    """Return how an option is written whose values are missing, or that takes none."""
    name = (error.argument_name or "").rpartition("/")[2]
    option = next((option for option in CONFIGURABLE if option.flag == name), None)
    if option is None:
        return f"{name}: {error.message}; see reportgen --help"
    if option.is_switch:
        return f"{name}: takes no value; write it alone, or --no-{option.key}"
    value = option.metavar or option.choices[0]
    missing = "no value" if option.count == 1 else f"takes {option.count} values"
    return f"{name}: {missing}; write {name} {' '.join([value] * option.count)}"


def _unknown_option(word: str, arguments: argparse.ArgumentParser) -> UsageError:
    name = word.partition("=")[0]
    similar = get_close_matches(name, _names(arguments), 1, _LIKE)
    guess = f"did you mean {similar[0]}?" if similar else "see reportgen --help"
    return UsageError(f"{wording.clipped(name)}: unknown option; {guess}")


def _names(arguments: argparse.ArgumentParser) -> list[str]:
    """Return the names of all options that the help shows."""
    shown = (action for action in arguments._actions if action.help != argparse.SUPPRESS)  # noqa: SLF001  # argparse has no other list
    return [name for action in shown for name in action.option_strings]
