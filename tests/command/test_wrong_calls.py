"""Wrong calls: each is one line that names what is wrong and what to do, and writes nothing."""

# ruff: noqa: E501  # a message stands in one line, so that it can be searched for

from pathlib import Path

import pytest
from tensorboardX import SummaryWriter

from reportgen.command.main import main

FORMATS = (
    "formats are: html, bundle, md, json, csv, parquet, openmetrics, junit, pdf, email, github, "
    "github-comment, gitlab, azure, slack, teams, discord"
)
SUFFIXES = ".html, .htm, .md, .markdown, .json, .csv, .parquet, .pdf, .eml"

# The words of a call, with what the line says after "reportgen: ".
CALLS = [
    # Where logs are.
    ([""], "LOGDIR is empty (is a variable unset?); name a log directory"),
    (["runs", " "], "LOGDIR is empty (is a variable unset?); name a log directory"),
    ([], "no LOGDIR; name a directory with training logs, as in reportgen runs/"),
    (["nothing"], "nothing: no such file or directory; name a log directory"),
    (["nothing*"], "nothing*: no file or directory matches; name a log directory"),
    (
        ["empty"],
        (
            "empty: holds no event file (*tfevents*) and no table of metrics (such as metrics.csv); "
            "name a log directory"
        ),
    ),
    # Words that are no options.
    (["runs", "--titel", "x"], "--titel: unknown option; did you mean --title?"),
    (["runs", "--tit", "x"], "--tit: unknown option; did you mean --title?"),
    (["runs", "--outptu=x.md"], "--outptu: unknown option; did you mean --output?"),
    (["runs", "--nonsense"], "--nonsense: unknown option; see reportgen --help"),
    (["runs", "-z"], "-z: unknown option; see reportgen --help"),
    (["runs", "--title"], "--title: no value; write --title TEXT"),
    (["runs", "--title", "-x"], "--title: no value; write --title TEXT"),
    (["runs", "-o"], "--output: no value; write --output [FORMAT:]PATH"),
    (["runs", "--x"], "--x: no value; write --x step"),
    (["runs", "--compare", "a"], "--compare: takes 2 values; write --compare RUN RUN"),
    (["runs", "--log-x=yes"], "--log-x: takes no value; write it alone, or --no-log-x"),
    (["runs", "--config"], "--config: expected one argument; see reportgen --help"),
    # Outputs.
    (["runs", "-o", ""], "--output is empty (is a variable unset?); name a file"),
    (["runs", "-o", "htlm:x"], "htlm:x: unknown format 'htlm'; did you mean html:x?"),
    (["runs", "-o", "word:x"], f"word:x: unknown format 'word'; {FORMATS}"),
    (["runs", "-o", "html:"], "html:: no path after the format; write html:PATH"),
    (
        ["runs", "-o", "report.docx"],
        (
            f"report.docx: the suffix names no format; use one of {SUFFIXES}, or FORMAT:PATH; "
            f"{FORMATS}"
        ),
    ),
    (
        ["runs", "-o", "https://u:p@h/r.html"],
        "https://u:***@h/r.html: https cannot be written to; name a file, or s3://BUCKET/KEY",
    ),
    (["runs", "-o", "html:s3://b/"], "s3://b/: names no file; write s3://BUCKET/KEY"),
    (["runs", "-o", "s4://b/r.html"], "s4://b/r.html: s4:// is not known; name a file"),
    (["runs", "-o", "html:empty"], "empty: is a directory; name a file in it"),
    (
        ["runs", "-o", "bundle:-"],
        "bundle:-: is a folder of files, and standard output is one file",
    ),
    (
        ["runs", "-o", "a.html", "-o", "a.html"],
        "a.html: named twice; give each output a path of its own",
    ),
    (
        ["runs", "-o", "json:-", "-o", "md:-"],
        "/dev/stdout: named twice; give each output a path of its own",
    ),
    (["runs", "--open", "-o", "r.md"], "--open: no page among the outputs; add -o report.html"),
    (["runs", "--list", "-o", "r.html"], "--list: writes no report; leave -o out"),
    (["runs", "--list=yaml"], "--list yaml: unknown form; use table or json"),
    (["runs", "--link", "here"], "--link here: not a web address; write https://..."),
    (["runs", "--image-url", "here"], "--image-url here: not a web address; write https://..."),
    (
        ["runs", "--max-size", "5"],
        "--max-size 5: 5 bytes is less than any page takes; did you mean 5MB?",
    ),
    (["runs", "--max-size", "big"], "--max-size big: not a size; write 5MB, 800KB or off"),
    (["runs", "--notes", "no.md"], "no.md: No such file or directory; name a Markdown file"),
    (["runs", "--template", "empty"], "empty: Is a directory; name a Markdown file"),
    # Choices.
    (["runs", "--restarts", "foo"], "--restarts foo: unknown value; use session, step or keep-all"),
    (
        ["runs", "--x", "stp"],
        "--x stp: unknown value; did you mean step? use step, epoch, time or wall",
    ),
    (["runs", "--embedding", "umap"], "--embedding umap: unknown value; use pca or tsne"),
    (["runs", "--aggregate", "sum"], "--aggregate sum: unknown value; use mean, median or iqm"),
    (
        ["runs", "--histograms", "bars"],
        "--histograms bars: unknown value; use auto, ridgeline, heat-map, percentiles or all",
    ),
    (
        ["runs", "--smooth", "tb:2"],
        (
            "--smooth tb:2: not a smoothing method; use auto, off, tb:WEIGHT (below 1), ema:STEPS or "
            "window:POINTS"
        ),
    ),
    (["runs", "--jobs", "0"], "--jobs 0: write a number from 1 to 1,000"),
    (
        ["runs", "--jobs", "2", "--executor", "inline"],
        "--jobs: --executor says what runs the work; leave one of them out",
    ),
    (
        ["runs", "--executor", "dusk"],
        (
            "--executor dusk: unknown executor; use processes://N, threads://N (N from 1 to 1,000) or "
            "inline"
        ),
    ),
    (["runs", "--completion", "tcsh"], "--completion tcsh: unknown shell; use bash, zsh, fish"),
    # Names that the logs do not hold.
    (["runs", "--tags", "val/los"], "--tags: no tag matches 'val/los'; did you mean val/loss?"),
    (
        ["runs", "--best", "val/los=down"],
        "--best: no tag matches 'val/los'; did you mean val/loss?",
    ),
    (
        ["runs", "--best", "val/loss"],
        "--best val/loss: not a direction; use TAG=up, TAG=down or TAG=none",
    ),
    (
        ["runs", "--runs", "mi"],
        "--runs: no run matches 'mi'; did you mean my? Runs are: my and sgd",
    ),
    (["runs", "--runs", "adam"], "--runs: no run matches 'adam'; runs are: my and sgd"),
    (
        ["runs", "--runs", "/(/"],
        (
            "/(/: not a regular expression (missing ), unterminated subpattern at position 0); write a "
            "glob without slashes around it"
        ),
    ),
    (
        ["runs", "--metric", "vall/loss"],
        "--metric: no tag matches 'vall/loss'; did you mean val/loss?",
    ),
    (
        ["runs", "--baseline", "sgdd"],
        (
            "--baseline sgdd: no run, group, directory, summary.json or URL is named so; "
            "did you mean sgd? Runs are: my and sgd"
        ),
    ),
    (
        ["runs", "--group", "("],
        "--group (: no regular expression (missing ), unterminated subpattern at position 0)",
    ),
    # Checks and findings.
    (
        ["runs", "--check", "val/loss"],
        "--check val/loss: column 9: expected >=, <=, > or <, but the check ends here",
    ),
    (
        ["runs", "--check", "val/loss <> 3"],
        (
            '--check val/loss <> 3: column 10: "<>" is no comparison, as measured values are seldom '
            "equal; use >= or <="
        ),
    ),
    (
        ["runs", "--check", "val/los < 1"],
        "--check val/los < 1: no run logged val/los; did you mean val/loss?",
    ),
    (
        ["runs", "--false-alarms", "2"],
        "--false-alarms 2: is not a number between 0 and 1, such as 0.05",
    ),
    (["runs", "--rule", "x"], "--rule x: write RULE=on, RULE=off or RULE.THRESHOLD=NUMBER"),
    (
        ["runs", "--rule", "loss-spike.q=3"],
        "--rule loss-spike.q=3: loss-spike has no 'q'; there are: z, z-with-gradient, rise, height",
    ),
    # Mail.
    (["runs", "--send-to", "x"], "--send-to x: not a mail address; write name@host, in ASCII"),
    (
        ["runs", "--send-to", "a@b.example", "-o", "r.eml"],
        "--send-to: no server to send with; add --smtp smtp://user@host:587",
    ),
    (["runs", "--attach", "no.txt", "-o", "r.eml"], "--attach no.txt: no such file"),
    (["runs", "--attach", "no.txt"], "--attach: no mail among the outputs; add -o PATH.eml"),
    (
        ["runs", "--smtp", "smtp://me:secret@host"],
        (
            "--smtp: holds a password, which other users of this machine can read; put it into "
            "REPORTGEN_SMTP_PASSWORD or --smtp-password-file"
        ),
    ),
    # Templates: Python's own words are never shown.
    (
        ["runs", "--strict", "--template", "nolos.md"],
        "--template: scalars(): no tag matches 'nolos'; tags are: val/loss",
    ),
    (["runs", "--template", "unknown.md"], "unknown.md, line 1: 'scalers' is undefined; use "),
    (["runs", "--template", "open.md"], "open.md, line 1: "),
    # Files that are no logs.
    (
        ["prices.csv"],
        (
            "prices.csv: not an event file; a table of metrics is a metrics.csv with a column step or "
            "epoch, one of predictions a predictions.csv with the columns actual and predicted"
        ),
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Runs `my` and `sgd`, templates with mistakes, and files that are no logs."""
    folder = tmp_path_factory.mktemp("calls")
    for run in ("my", "sgd"):
        with SummaryWriter(str(folder / "runs" / run), flush_secs=1) as writer:
            for step in range(5):
                writer.add_scalar("val/loss", 1 / (step + 1), step)
    (folder / "empty").mkdir()
    (folder / "nolos.md").write_text("{{ scalars('nolos') }}\n")
    (folder / "unknown.md").write_text("{{ scalers('loss') }}\n")
    (folder / "open.md").write_text("{{ scalars('loss' }}\n")
    (folder / "prices.csv").write_text("product,price\napple,3\n")
    return folder


@pytest.mark.parametrize(("words", "message"), CALLS, ids=lambda value: str(value)[:60])
def test_a_wrong_call_is_told_in_one_line_and_writes_nothing(
    folder, words, message, capsys, monkeypatch
):
    monkeypatch.chdir(folder)
    before = sorted(Path().iterdir())
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"reportgen: {message}")
    assert captured.err.count("\n") == 1
    if not message.endswith((" ", "use ")):
        assert captured.err == f"reportgen: {message}\n"
    assert sorted(Path().iterdir()) == before


def test_an_error_in_a_template_shows_none_of_pythons_words(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    for name in ("unknown.md", "open.md"):
        assert main(["runs", "--template", name]) == 2
        assert not {"Traceback", "Error", "jinja", "object"} & set(capsys.readouterr().err.split())


def test_without_strict_a_template_that_finds_nothing_is_told_and_shown(
    folder, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(folder)
    page = tmp_path / "r.md"
    assert main(["runs", "--template", "nolos.md", "-o", str(page)]) == 0
    assert "reportgen: --template: scalars(): no tag matches 'nolos'" in capsys.readouterr().err
    assert "the logs hold no scalars called nolos" in Path(page).read_text()
