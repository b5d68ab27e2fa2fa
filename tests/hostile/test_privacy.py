"""What is private stays out of what is sent, and with --private out of everything."""

import email
import email.policy

import pypdf
import pytest

import reportgen
from hostile.framing import value_event, write_log
from reportgen.analysis.privacy import redacted
from reportgen.events.messages import message

pytestmark = pytest.mark.slow  # every output of private reports

USER, HOST = "alice77", "node-17.cluster.example"
HOME = f"/home/{USER}/data/imagenet"
OUTPUTS = ["html", "bundle", "md", "json", "csv", "junit", "openmetrics", "pdf", "email"]
HOSTS = ["github", "github-comment", "gitlab", "azure", "slack", "teams", "discord"]
SENT = ["pdf", "email", *HOSTS]


@pytest.fixture
def logs(tmp_path, monkeypatch):
    """A log that names a user, a host and absolute paths wherever it can."""
    text = message("TensorProto")(dtype=7, string_val=[f"data is in {HOME}".encode()])
    note = value_event(tag="about", tensor=text)
    note.summary.value[0].metadata.plugin_data.plugin_name = "text"
    curve = [value_event(n, tag="loss", simple_value=1 / (n + 1)) for n in range(4)]
    directory = write_log(tmp_path / USER / "runs" / "a", [*curve, note])
    log = next(directory.glob("*tfevents*"))
    log = log.rename(directory / f"events.out.tfevents.1700000000.{HOST}.17.0")
    log.write_bytes(log.read_bytes() + b"damaged" * 9)
    (directory / "hparams.yaml").write_text(
        f"data_dir: {HOME}\nuser: {USER}\nhostname: {HOST}\nwindows: C:\\Users\\{USER}\\x\nlr: 1\n"
    )
    (directory / "notes.md").write_text(f"Trained from `{HOME}`.")
    monkeypatch.chdir(tmp_path)
    return directory.parent


def shown(form, path):
    """Everything that an output says, as text."""
    if path.is_dir():
        return "".join(file.read_text(errors="replace") for file in path.iterdir())
    if form == "pdf":
        document = pypdf.PdfReader(path)
        pages = "".join(page.extract_text() for page in document.pages)
        return "".join(pages.split()) + str(document.metadata)
    if form == "email":
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        parts = [
            piece.get_content() for piece in mail.walk() if piece.get_content_maintype() == "text"
        ]
        return "".join([*parts, *map(str, mail.values())])
    return path.read_text(errors="replace")


def written(logs, form, **options):
    path = logs.parent.parent / f"x.{form}"
    options = reportgen.Options(command=f"reportgen {logs} -o {path}", **options)
    reportgen.generate([logs], [f"{form}:{path}"], options)
    return shown(form, path)


@pytest.mark.parametrize("form", SENT)
def test_what_is_sent_holds_no_user_and_no_absolute_path(logs, form):
    text = written(logs, form)
    assert USER not in text
    assert "/home/" not in text
    assert str(logs) not in text


@pytest.mark.parametrize("form", [*OUTPUTS, *HOSTS])
def test_private_leaves_out_hosts_users_paths_and_the_command(logs, form):
    text = written(logs, form, private=True)
    assert USER not in text
    assert "/home/" not in text
    assert str(logs) not in text
    assert HOST not in text
    assert "reportgen /" not in text


def test_a_page_for_oneself_says_all(logs):
    text = written(logs, "html")
    assert HOME in text
    assert str(logs) in text


def test_one_call_may_write_for_oneself_and_for_others(logs, tmp_path):
    options = reportgen.Options(command=f"reportgen {logs}")
    reportgen.generate([logs], [tmp_path / "x.html", tmp_path / "x.eml"], options)
    assert HOME in (tmp_path / "x.html").read_text()
    assert USER not in shown("email", tmp_path / "x.eml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/home/a/b", "…/b"),
        ("(/mnt/x/y.txt)", "(…/y.txt)"),
        ("~/runs/a", "…/a"),
        ("~bob/runs/a", "…/a"),
        ("file:///data/x/y", "…/y"),
        (r"C:\Users\bob\x.txt", "…\\x.txt"),
        (r"\\server\share\x", "…\\x"),
        ("events.out.tfevents.1700000000.host.example.1.0.v2", "events.out.tfevents.1700000000"),
        ("train/loss", "train/loss"),
        ("3/s and 1/2, either/or", "3/s and 1/2, either/or"),
        ("https://a.example/b/c", "https://a.example/b/c"),
        ("/val.*loss$/", "/val.*loss$/"),
        ("</b>", "</b>"),
    ],
)
def test_only_absolute_paths_are_shortened(text, expected):
    assert redacted(text) == expected
