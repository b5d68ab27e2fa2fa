import pytest

from reportgen.command.command_options import CONFIGURABLE
from reportgen.command.parser import parse
from reportgen.option_table.option import Group
from reportgen.option_table.table import OPTIONS
from reportgen.options import Options


def test_the_table_and_the_options_of_python_are_the_same():
    assert {option.name for option in OPTIONS} | {"command"} == set(Options.__dataclass_fields__)
    assert len({option.name for option in CONFIGURABLE}) == len(CONFIGURABLE)


def test_the_help_shows_every_option_in_its_group(capsys):
    with pytest.raises(SystemExit):
        parse(["--help"])
    text = capsys.readouterr().out
    parts = {group: text.partition(f"\n{group}:\n")[2].partition("\n\n")[0] for group in Group}
    for option in CONFIGURABLE[1:]:
        assert option.flag in parts[option.group].replace(",", " ").split()
    assert text.index("examples:") < text.index(f"{Group.INPUT}:")
    assert "--restarts {session,step,keep-all}" in text


def test_what_is_not_given_is_none():
    values = vars(parse(["runs"]))
    assert values["logdir"] == ["runs"]
    assert {values[option.name] for option in CONFIGURABLE[1:]} == {None}


@pytest.mark.parametrize(
    ("words", "form", "logdirs"),
    [
        (["--list", "runs"], "table", ["runs"]),
        (["runs", "--list"], "table", ["runs"]),
        (["--list", "json", "runs"], "json", ["runs"]),
        (["runs", "--list", "json"], "json", ["runs"]),
        (["--list=json", "runs"], "json", ["runs"]),
    ],
)
def test_the_list_is_asked_for_before_or_after_the_logs(words, form, logdirs):
    values = parse(words)
    assert (values.list, values.logdir) == (form, logdirs)


def test_log_directories_may_stand_among_options():
    values = parse(["a", "-o", "r.md", "b", "--log-x", "c"])
    assert values.logdir == ["a", "b", "c"]
    assert (values.output, values.log_x) == (["r.md"], True)


def test_a_value_that_looks_like_an_option_is_joined_by_an_equals_sign():
    assert parse(["runs", "--title=-x"]).title == "-x"
