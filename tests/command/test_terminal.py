import io

import pytest
from tensorboardX import SummaryWriter

from reportgen.command.main import main

RED, GREEN, PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def call(tmp_path, monkeypatch):
    """A call of the command with a check, on a terminal; what it prints to stdout and stderr."""
    with SummaryWriter(str(tmp_path / "runs" / "a"), flush_secs=1) as writer:
        writer.add_scalar("loss", 1, 1)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def run(*words):
        out, err = Terminal(), Terminal()
        monkeypatch.setattr("sys.stdout", out)
        monkeypatch.setattr("sys.stderr", err)
        status = main([f"{tmp_path}/runs", "-o", f"{tmp_path}/r.md", *words])
        return status, out.getvalue(), err.getvalue()

    return run


def test_on_a_terminal_outcomes_are_in_colour(call):
    status, out, err = call("--check", "loss < 1", "--check", "loss <= 1")
    assert status == 1
    assert err.splitlines() == [
        f"{RED}FAILED{PLAIN} a: best loss 1 at step 1 is not below 1.",
        f"reportgen: checks: {RED}1 failed{PLAIN}, {GREEN}1 passed{PLAIN}",
    ]
    assert out.startswith("Wrote ")


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_are_left_out_where_the_user_says_so(call, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    assert "\x1b" not in call("--check", "loss < 1")[2]


def test_every_outcome_that_is_not_passed_has_its_word(call, tmp_path):
    with SummaryWriter(f"{tmp_path}/runs/b", flush_secs=1) as writer:
        writer.add_scalar("loss", 2, 1)
    checks = ["loss <= baseline + noise", "loss < 1 or warn", "loss < 5"]
    _, _, err = call("--baseline", "a", *(word for check in checks for word in ("--check", check)))
    words = [line.split("m", 1)[1].split("\x1b")[0] for line in err.splitlines()[:-1]]
    assert words == ["UNKNOWN", "WARNED", "WARNED"]
    assert "1 cannot tell" in err.splitlines()[-1]


def test_quiet_leaves_out_what_is_no_error(call):
    assert call("-q", "--check", "loss <= 1") == (0, "", "")
    status, out, err = call("-q", "--check", "loss < 1")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 2


def test_the_page_is_opened_where_the_user_wants_it(call, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert call("-o", f"{tmp_path}/page.html", "--open")[0] == 0
    assert opened == [(tmp_path / "page.html").as_uri()]
