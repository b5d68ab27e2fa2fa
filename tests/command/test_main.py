import json
import subprocess
import sys
from pathlib import Path

import pytest

import reportgen
from reportgen.command.main import main


@pytest.fixture
def logdir(tmp_path):
    """A run that tensorboardX wrote."""
    from tensorboardX import SummaryWriter

    with SummaryWriter(str(tmp_path / "runs" / "a"), flush_secs=1) as writer:
        for step in range(20):
            writer.add_scalar("train/loss", 1 / (step + 1), step)
    return tmp_path / "runs"


def refusal(capsys, *words: object) -> str:
    """The one line that the command prints when it refuses; the exit status is checked here."""
    assert main([str(word) for word in words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("reportgen: ")
    assert captured.err.count("\n") == 1
    return captured.err


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["--version"])
    assert exit_.value.code == 0
    assert capsys.readouterr().out == f"reportgen {reportgen.__version__}\n"


def test_it_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", "--help"], capture_output=True, text=True, check=True
    )
    assert "LOGDIR" in done.stdout


def test_help_loads_none_of_the_heavy_packages():
    code = (
        "import sys, reportgen.command.main\n"
        "try: reportgen.command.main.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print({'pandas', 'numpy', 'matplotlib', 'jinja2', 'google'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")


def test_help_names_every_format(capsys):
    from reportgen.outputs.formats import FORMATS

    with pytest.raises(SystemExit):
        main(["--help"])
    message = " ".join(capsys.readouterr().out.split()).partition("formats: ")[2].partition(";")[0]
    assert sorted(message.split(", ")) == sorted(FORMATS)


def test_what_is_sent_where_is_no_part_of_the_command_in_the_report(logdir, tmp_path):
    words = ["--link", "https://e.example", "--title", "a b", "-o", f"{tmp_path}/r.md"]
    assert main([str(logdir), *words]) == 0
    text = (tmp_path / "r.md").read_text()
    assert "--title 'a b'" in text
    assert "--link" not in text


def test_every_output_is_written_and_named(logdir, tmp_path, capsys):
    outputs = [tmp_path / "out" / "report.html", tmp_path / "out" / "report.md"]
    words = [word for path in outputs for word in ("-o", str(path))]
    assert main([str(logdir), *words]) == 0
    message = capsys.readouterr().out
    for path in outputs:
        assert path.stat().st_size > 0
        assert str(path) in message


def test_without_an_output_the_report_is_report_html_here(logdir, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([str(logdir)]) == 0
    assert Path("report.html").exists()


def test_a_single_event_file_is_read(logdir, tmp_path):
    file = next((logdir / "a").iterdir())
    assert main([str(file), "-o", str(tmp_path / "report.html")]) == 0


def test_the_same_input_gives_the_same_bytes(logdir, tmp_path):
    for folder in ("one", "two"):
        out = tmp_path / folder
        assert main([str(logdir), "-o", f"{out}/r.html", "-o", f"{out}/r.md"]) == 0
    for name in ("r.html", "r.md"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_path_that_does_not_exist_is_refused(tmp_path, capsys):
    line = refusal(capsys, tmp_path / "nothing", "-o", tmp_path / "report.html")
    assert str(tmp_path / "nothing") in line
    assert not (tmp_path / "report.html").exists()


def test_a_directory_without_event_files_is_refused(tmp_path, capsys):
    assert str(tmp_path) in refusal(capsys, tmp_path, "-o", tmp_path / "report.html")


def test_a_file_that_is_no_event_file_is_refused(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("not an event file, but long enough to hold a header")
    assert "notes.txt" in refusal(capsys, tmp_path / "notes.txt", "-o", tmp_path / "report.html")


def test_an_unwritable_output_is_refused_and_the_others_are_left_alone(logdir, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    (tmp_path / "report.html").write_text("old")
    line = refusal(
        capsys, logdir, "-o", tmp_path / "report.html", "-o", tmp_path / "file" / "report.md"
    )
    assert "file/report.md" in line
    assert (tmp_path / "report.html").read_text() == "old"


def test_an_unknown_suffix_is_refused(logdir, tmp_path, capsys):
    assert "report.docx" in refusal(capsys, logdir, "-o", tmp_path / "report.docx")


@pytest.mark.parametrize("words", [(), ("--nonsense", "x"), ("x", "--smooth", "fog")])
def test_wrong_arguments_are_told_in_one_line(words, capsys):
    refusal(capsys, *words)


def test_what_logs_hold_is_listed_without_a_report(logdir, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([str(logdir), "--list"]) == 0
    row = capsys.readouterr().out.splitlines()[-1].split()
    assert row == ["a", "scalars", "train/loss", "20", "0", "to", "19"]
    assert not Path("report.html").exists()


def test_the_list_is_json_where_a_program_asks_for_it(logdir, capsys):
    assert main([str(logdir), "--list", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["run"], row["tag"], row["count"]) == ("a", "train/loss", 20)


def test_a_listed_tag_gives_the_terminal_no_command(tmp_path, capsys):
    from tensorboardX.event_file_writer import EventFileWriter
    from tensorboardX.proto.event_pb2 import Event
    from tensorboardX.proto.summary_pb2 import Summary

    writer = EventFileWriter(str(tmp_path / "run"))
    value = Summary.Value(tag="\x1b[2Jloss[bold]", simple_value=1.0)
    writer.add_event(Event(step=1, wall_time=1.0, summary=Summary(value=[value])))
    writer.close()
    assert main([str(tmp_path), "--list"]) == 0
    message = capsys.readouterr().out
    assert "\x1b" not in message
    assert "loss[bold]" in message


def test_only_the_runs_and_tags_asked_for_are_shown(logdir, tmp_path, capsys):
    page = tmp_path / "report.html"
    assert main([str(logdir), "-o", str(page), "--tags", "*loss", "--runs", "a"]) == 0
    assert "--tags" in page.read_text()
    capsys.readouterr()
    assert "b*" in refusal(capsys, logdir, "-o", page, "--runs", "b*")


def test_damage_is_told_in_one_line_on_stderr(logdir, tmp_path, capsys):
    file = next((logdir / "a").iterdir())
    file.write_bytes(file.read_bytes()[:-3])
    assert main([str(logdir), "-o", str(tmp_path / "report.html")]) == 0
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert "ends in the middle of a record; see Data health" in printed.err
    assert "health" not in printed.out


def test_a_mistake_in_a_template_is_told_with_its_line_and_nothing_is_written(
    logdir, tmp_path, capsys
):
    (tmp_path / "layout.md").write_text("Text\n\n{{ scalers('loss') }}\n")
    output = tmp_path / "out.html"
    words = ["--template", tmp_path / "layout.md", "-o", output]
    line = refusal(capsys, logdir, *words)
    assert f"{tmp_path}/layout.md, line 3: 'scalers' is undefined; use audio," in line
    assert not output.exists()


def test_notes_and_a_template_reach_the_page(logdir, tmp_path):
    (tmp_path / "mine.md").write_text("So $x^2$.")
    (tmp_path / "layout.md").write_text("# Mine\n{{ notes() }}\n## Loss\n{{ scalars('*') }}")
    words = ["--notes", f"{tmp_path}/mine.md", "--template", f"{tmp_path}/layout.md"]
    assert main([str(logdir), *words, "-o", f"{tmp_path}/out.html"]) == 0
    page = (tmp_path / "out.html").read_text()
    assert "<h1>Mine</h1>" in page
    assert "<math " in page


def test_checks_that_fail_are_told_one_a_line_after_every_output_is_written(
    logdir, tmp_path, capsys
):
    outputs = [tmp_path / "report.html", tmp_path / "summary.json"]
    words = [word for path in outputs for word in ("-o", str(path))]
    checks = ["--check", "train/loss < 0.01", "--check", "last train/loss <= 0.05"]
    assert main([str(logdir), *words, *checks]) == 1
    printed = capsys.readouterr()
    assert printed.err == (
        "FAILED a: best train/loss 0.05 at step 19 is not below 0.01.\n"
        "reportgen: checks: 1 failed, 1 passed\n"
    )
    assert printed.out.count("Wrote") == 2
    assert all(path.stat().st_size for path in outputs)
    assert "--check &#39;train/loss &lt; 0.01&#39;" in outputs[0].read_text()


def test_checks_that_pass_leave_the_exit_status_0(logdir, tmp_path, capsys):
    words = ["-o", f"{tmp_path}/r.html", "--check", "train/loss < 1", "--baseline", "a"]
    assert main([str(logdir), *words]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.splitlines()[-1] == "reportgen: checks: 1 passed"


def test_of_many_failures_some_are_told_and_the_rest_counted(logdir, tmp_path, capsys):
    words = [word for limit in range(23) for word in ("--check", f"train/loss < -{limit}")]
    assert main([str(logdir), "-o", f"{tmp_path}/r.html", *words]) == 1
    message = capsys.readouterr().err
    assert message.count("FAILED a: ") == 20
    assert message.splitlines()[-2:] == [
        "and 3 more; a JSON or JUnit output has them all",
        "reportgen: checks: 23 failed",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--check", "train/loss"], "column 11: expected >=, <=, > or <, but the check ends here"),
        (["--check", "train/loss <= baseline"], "add --baseline RUN"),
        (
            ["--baseline", "b"],
            "--baseline b: no run, group, directory, summary.json or URL is named so; runs are: a",
        ),
        (["--baseline", "/[/"], "not a regular expression"),
        (["--check", "best epoch > 1", "--best", "epoch=none"], "add --best epoch=up or =down"),
    ],
)
def test_a_check_or_baseline_that_means_nothing_is_refused(
    logdir, tmp_path, capsys, words, message
):
    from tensorboardX import SummaryWriter

    with SummaryWriter(str(logdir / "a"), flush_secs=1) as writer:
        writer.add_scalar("epoch", 1, 1)
    assert message in refusal(capsys, logdir, "-o", tmp_path / "r.html", *words)
    assert not (tmp_path / "r.html").exists()


def test_on_github_failures_are_annotations_that_a_name_cannot_break(tmp_path, capsys, monkeypatch):
    from tensorboardX import SummaryWriter

    with SummaryWriter(str(tmp_path / "runs" / "a%0A::warning::b\x1b[2J")) as writer:
        writer.add_scalar("loss", 1, 1)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main([f"{tmp_path}/runs", "-o", f"{tmp_path}/r.html", "--check", "loss < 1"]) == 1
    printed = capsys.readouterr()
    line = printed.out.splitlines()[-1]
    assert line.startswith("::error title=Check failed::a%250A::warning::b\ufffd[2J: best loss 1 ")
    assert "\x1b" not in printed.out + printed.err


def test_an_error_of_ours_is_one_line_that_asks_for_a_report(logdir, tmp_path, capsys, monkeypatch):
    def broken(*_, **__):
        raise ValueError("a\nb")

    monkeypatch.setattr("reportgen.pipeline.read_selected", broken)
    words = [str(logdir), "-o", f"{tmp_path}/r.html"]
    assert main(words) == 70
    line = capsys.readouterr().err
    assert line.startswith("reportgen: internal error in reportgen.pipeline, line ")
    assert "(ValueError: a b); please report it" in line
    assert line.count("\n") == 1
    assert main([*words, "--verbose"]) == 70
    assert capsys.readouterr().err.startswith("Traceback (most recent call last)")


def test_a_command_that_is_terminated_says_so_and_leaves_nothing(logdir, tmp_path):
    code = (
        "import os, signal, sys, reportgen.command.main, reportgen.pipeline\n"
        "reportgen.pipeline.read_selected = lambda *_, **__: os.kill(os.getpid(), signal.SIGTERM)\n"
        "sys.exit(reportgen.command.main.main(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", code, str(logdir), "-o", f"{tmp_path}/r.html"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 143
    assert done.stderr == "reportgen: terminated; nothing was written\n"
    assert not (tmp_path / "r.html").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--best", "train/los=up"],
            "--best: no tag matches 'train/los'; did you mean",
        ),
        (["--check", "val/loss < 1"], "no run logged val/loss; did you mean train/loss?"),
        (["--runs", "sgd"], "--runs: no run matches 'sgd'; runs are: a"),
        (["--runs", "a", "--runs", "sgd"], "--runs: no run matches 'sgd'; runs are: a"),
        (["--tags", "val*"], "--tags: no tag matches 'val*'; tags are: train/loss"),
        (["--tags", "*loss", "--tags", "train/lss"], "did you mean train/loss?"),
    ],
)
def test_a_name_that_the_logs_do_not_hold_is_refused(logdir, tmp_path, capsys, words, message):
    assert message in refusal(capsys, logdir, "-o", tmp_path / "r.html", *words)
    assert not (tmp_path / "r.html").exists()


def test_an_interruption_that_a_library_turns_into_an_error_is_one(logdir, capsys, monkeypatch):
    def interrupted(*_, **__):
        try:
            raise KeyboardInterrupt
        finally:
            raise AttributeError("save_required")

    monkeypatch.setattr("reportgen.pipeline.read_selected", interrupted)
    assert main([str(logdir)]) == 130
    assert capsys.readouterr().err == "reportgen: interrupted; nothing was written\n"
