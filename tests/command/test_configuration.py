"""Where options come from: the command line, the environment, reportgen.toml, and in that order."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from tensorboardX import SummaryWriter

from reportgen.command.config_schema import config_schema
from reportgen.command.main import main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working directory, with runs in it."""
    with SummaryWriter(str(tmp_path / "runs" / "a"), flush_secs=1) as writer:
        for step in range(5):
            writer.add_scalar("val/loss", 1 / (step + 1), step)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def holding(capsys, *words):
    """What --print-config says: the values, and the lines."""
    assert main([*words, "--print-config"]) == 0
    text = capsys.readouterr().out
    return tomllib.loads(text), text.splitlines()


def refused(capsys, *words):
    assert main(list(words)) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    return printed.err.removeprefix("reportgen: ").removesuffix("\n")


def test_a_report_needs_no_words_where_a_file_says_everything(folder, capsys):
    (folder / "reportgen.toml").write_text(
        'logdir = "runs"\noutput = ["out/r.md", "json:out/r.json"]\ntitle = "Nightly"\n'
        'check = ["val/loss < 1"]\nlog-y = true\n[best]\n"val/loss" = "down"\n'
    )
    assert main([]) == 0
    assert "checks: 1 passed" in capsys.readouterr().out
    assert (folder / "out" / "r.md").read_text().startswith("# Nightly\n")
    command = json.loads((folder / "out" / "r.json").read_text())
    assert command["checks"][0]["outcome"] == "passed"
    assert "--best val/loss=down" in (folder / "out" / "r.md").read_text()


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(
    folder, capsys, monkeypatch
):
    (folder / "reportgen.toml").write_text('x = "time"\nsmooth = "off"\ntitle = "file"\n')
    monkeypatch.setenv("REPORTGEN_X", "wall")
    monkeypatch.setenv("REPORTGEN_SMOOTH", "tb:0.5")
    values, lines = holding(capsys, "runs", "--x", "epoch")
    assert (values["x"], values["smooth"], values["title"]) == ("epoch", "tb:0.5", "file")
    assert 'x = "epoch"  # command line' in lines
    assert 'smooth = "tb:0.5"  # REPORTGEN_SMOOTH' in lines
    assert 'title = "file"  # reportgen.toml' in lines
    assert 'max-size = "5MB"  # default' in lines


def test_pyproject_toml_serves_where_it_has_our_table(folder, capsys):
    (folder / "pyproject.toml").write_text('[tool.other]\nx = 1\n[tool.reportgen]\nx = "time"\n')
    _, lines = holding(capsys, "runs")
    assert 'x = "time"  # pyproject.toml' in lines
    (folder / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    _, lines = holding(capsys, "runs")
    assert 'x = "step"  # default' in lines


def test_what_is_printed_is_a_configuration_file_with_the_same_effect(folder, capsys):
    words = [
        "runs",
        "--check",
        'val/loss < 1 or "warn"',
        "--title",
        "ü \x7f",
        "--compare",
        "a",
        "a",
    ]
    values, lines = holding(capsys, *words)
    (folder / "again.toml").write_text("\n".join(lines))
    again, _ = holding(capsys, "--config", "again.toml")
    assert again == values


def test_a_switch_that_a_file_sets_is_taken_back_by_its_no(folder, capsys):
    (folder / "reportgen.toml").write_text("private = true\n")
    assert holding(capsys, "runs")[0]["private"] is True
    values, _ = holding(capsys, "runs", "--no-private")
    assert values["private"] is False


def test_a_file_among_the_logs_is_not_trusted(folder, capsys):
    (folder / "reportgen.toml").write_text('title = "of the logs"\n')
    assert main([".", "-o", "r.md"]) == 0
    printed = capsys.readouterr()
    assert "of the logs" not in (folder / "r.md").read_text()
    assert printed.err == (
        "reportgen: reportgen.toml is not read, as it lies in the log directory .; if you trust "
        "it, add --config reportgen.toml\n"
    )
    assert main([".", "-o", "r.md", "--config", "reportgen.toml"]) == 0
    assert "of the logs" in (folder / "r.md").read_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('max_size = "3MB"', "r.toml: unknown key 'max_size'; did you mean max-size?"),
        ("zzz = 1", "r.toml: unknown key 'zzz'; keys are: logdir, "),
        ("log-x = 1", "r.toml: log-x must be true or false"),
        ("title = true", "r.toml: title must be a text"),
        ("check = [1, true]", "r.toml: check must be a text or an array of texts"),
        ("[title]\nx = 1", "r.toml: title must be a text"),
        ('compare = ["a"]', "r.toml: compare must be an array of 2 texts"),
        ("[best]\nloss = false", "r.toml: best must be a text or an array of texts or a table"),
        ("x = \n", "r.toml: is not TOML (Invalid value (at line 1, column 5))"),
    ],
)
def test_a_wrong_configuration_file_is_refused(folder, capsys, text, message):
    (folder / "r.toml").write_text(text)
    assert refused(capsys, "runs", "--config", "r.toml").startswith(message)


def test_a_named_file_must_be_there_and_be_ours(folder, capsys):
    assert refused(capsys, "--config", "no.toml") == "no.toml: No such file or directory"
    (folder / "pyproject.toml").write_text("[project]\n")
    message = "pyproject.toml: has no table [tool.reportgen]"
    assert refused(capsys, "--config", "pyproject.toml") == message
    (folder / "binary.toml").write_bytes(b"\xff\xfe")
    assert refused(capsys, "--config", "binary.toml") == "binary.toml: is not UTF-8"


def test_rules_are_a_table_though_their_names_have_dots(folder, capsys):
    (folder / "reportgen.toml").write_text('[rule]\nstall = "off"\nloss-spike.z = 10\n')
    assert holding(capsys, "runs")[0]["rule"] == ["stall=off", "loss-spike.z=10"]


@pytest.mark.usefixtures("folder")
def test_variables_set_options_and_hold_a_value_a_line(capsys, monkeypatch):
    monkeypatch.setenv("REPORTGEN_CHECK", "val/loss < 1\n\n steps >= 1\n")
    monkeypatch.setenv("REPORTGEN_LOG_X", "1")
    monkeypatch.setenv("REPORTGEN_PRIVATE", "off")
    monkeypatch.setenv("REPORTGEN_TITLE", "")
    values, _ = holding(capsys, "runs")
    assert values["check"] == ["val/loss < 1", "steps >= 1"]
    assert (values["log-x"], values["private"]) == (True, False)
    assert "title" not in values
    monkeypatch.setenv("REPORTGEN_LOG_X", "maybe")
    assert refused(capsys, "runs") == "REPORTGEN_LOG_X maybe: write 1 or 0"
    monkeypatch.setenv("REPORTGEN_LOG_X", "")
    monkeypatch.setenv("REPORTGEN_COMPARE", "a")
    assert refused(capsys, "runs") == "REPORTGEN_COMPARE: takes 2 lines, not 1"


@pytest.mark.usefixtures("folder")
def test_a_variable_that_sets_nothing_is_told_and_refused_by_strict(capsys, monkeypatch):
    monkeypatch.setenv("REPORTGEN_TITEL", "x")
    monkeypatch.setenv("REPORTGEN_SMTP_PASSWORD", "secret")
    message = "REPORTGEN_TITEL sets no option; did you mean REPORTGEN_TITLE?"
    assert main(["runs", "-o", "r.md"]) == 0
    assert capsys.readouterr().err == f"reportgen: {message}\n"
    assert refused(capsys, "runs", "--strict") == f"--strict: {message}"


def test_secrets_are_masked_and_the_password_is_no_option(folder, capsys, monkeypatch):
    monkeypatch.setenv("REPORTGEN_SMTP_PASSWORD", "hunter2")
    _, lines = holding(
        capsys, "s3://key:hunter2@host/runs", "--link", "https://u:hunter2@h.example"
    )
    assert "hunter2" not in "\n".join(lines)
    (folder / "r.toml").write_text('smtp-password = "hunter2"\n')
    message = "r.toml: unknown key 'smtp-password'; did you mean smtp-password-file?"
    assert refused(capsys, "--config", "r.toml") == message


@pytest.mark.usefixtures("folder")
def test_editors_have_a_schema_of_every_key(capsys):
    schema = config_schema()
    committed = Path(__file__).parents[2] / "docs" / "config.schema.json"
    assert json.loads(committed.read_text()) == schema
    values, _ = holding(capsys, "runs", "--check", "val/loss < 1", "--log-x", "--compare", "a", "b")
    jsonschema.validate(values, schema)
    for wrong in ({"titel": "x"}, {"log-x": "yes"}, {"x": "stp"}, {"compare": ["a"]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)
