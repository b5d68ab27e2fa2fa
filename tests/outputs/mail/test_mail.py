"""Mails: what clients need is there, what they drop is not, and the bytes are always the same."""

import re
from email import message_from_bytes
from email.policy import default

import pytest

from reportgen import Options, write
from reportgen.errors import InputError, OutputError, UsageError
from reportgen.outputs.mail.mail import subject


def parsed(data):
    return message_from_bytes(data, policy=default)


@pytest.fixture(scope="module")
def mail(demo, shared_outputs):
    """The demo's mail, parsed."""
    (data,) = shared_outputs(demo, "summary.eml", link="https://e.example/r").values()
    return parsed(data)


def part(message, kind):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def test_text_comes_before_html_and_pictures_belong_to_the_html(mail):
    kinds = [item.get_content_type() for item in mail.walk()]
    assert kinds == [
        *("multipart/alternative", "text/plain", "multipart/related", "text/html"),
        *["image/png"] * 3,
    ]


def test_the_text_reads_well_alone(mail):
    assert part(mail, "plain").splitlines()[:12] == [
        "demo",
        "====",
        "",
        "fast leads 2 runs, one seed each: val/accuracy 0.9273 at step 10.",
        "",
        "2 runs · 11 steps (0 to 10) · 9 Oct 2025, 08:53 UTC (10 s)",
        "",
        "1. fast: val/accuracy 0.9273 at step 10 (last 0.9273); val/loss 0.3 at step",
        "10 (last 0.3)",
        "",
        "2. slow: val/accuracy 0.8667 at step 10 (last 0.8667); val/loss 0.4167 at",
        "step 10 (last 0.4167)",
    ]
    assert part(mail, "plain").endswith("\nFull report: https://e.example/r\n")


def test_subject_and_preheader_carry_the_verdict_and_the_key_number(mail):
    assert mail["Subject"] == "demo: fast, val/accuracy 0.9273"
    hidden = re.search(r'<div style="display:none[^>]*>([^<]*)<', part(mail, "html"))[1]
    assert hidden.startswith("fast leads 2 runs, one seed each: val/accuracy 0.9273")


def test_every_picture_is_opaque_sized_described_and_found(mail):
    content = {item["Content-ID"]: item.get_content() for item in mail.walk() if item["Content-ID"]}
    pictures = re.findall(r"<img ([^>]*)>", part(mail, "html"))
    assert len(pictures) == len(content) == 3
    for attributes in pictures:
        result = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        data = content[f"<{result['src'].removeprefix('cid:')}>"]
        assert data.startswith(b"\x89PNG")
        assert 0 < int(result["width"]) <= 552
        assert int(result["height"]) > 0
        assert result["alt"]


def test_there_is_nothing_that_mail_clients_drop(mail):
    html = part(mail, "html")
    assert not re.search(r"<(?:svg|script|style|link|form)|data:|flex|grid|class=|max-width", html)


def test_the_bytes_are_the_same_every_time(demo, written):
    first, second = (written(demo, "summary.eml", attach=(__file__,)) for _ in range(2))
    assert first == second
    assert b"\r\nDate:" not in first
    assert not re.search(rb"(?<!\r)\n", first)


def test_another_report_has_another_id(demo, make_report, written):
    other = make_report([("a", "loss", 0, 1.0)])
    ids = {parsed(written(item, "summary.eml"))["Message-ID"] for item in (demo, other)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    "title", ["a\r\nBcc: evil@e.example", "a\nb", "a\x00b\u2028c\u202ed", "\ud800", "é" * 500]
)
def test_a_title_cannot_add_a_header(title, make_report, written):
    name = title.encode("utf-8", "replace").decode()
    report = make_report([(name, name, 0, 1.0)], title=title)
    mail = parsed(written(report, "summary.eml"))
    assert set(mail.keys()) == {
        *("Subject", "Auto-Submitted", "MIME-Version", "Content-Type", "Message-ID")
    }
    assert len(subject(report)) <= 150
    assert not mail.defects


def test_files_of_the_same_call_and_of_the_disk_are_attached(demo, tmp_path):
    (tmp_path / "notes.txt").write_text("ä")
    csv, eml = tmp_path / "scalars.csv", tmp_path / "summary.eml"
    options = Options(attach=(str(csv), str(tmp_path / "notes.txt")))
    write(demo, eml, csv, options=options)
    attached = {
        attachment.get_filename(): attachment
        for attachment in parsed(eml.read_bytes()).iter_attachments()
    }
    assert set(attached) == {"scalars.csv", "notes.txt"}
    assert attached["scalars.csv"].get_content_type() == "text/csv"
    assert attached["scalars.csv"].get_payload(decode=True) == csv.read_bytes()
    assert attached["notes.txt"].get_payload(decode=True).decode() == "ä"


def test_too_much_for_a_mail_is_refused_and_nothing_written(demo, written, tmp_path):
    (tmp_path / "big.bin").write_bytes(bytes(8_000_000))
    with pytest.raises(OutputError, match=r"attach less and use --link") as caught:
        written(demo, "summary.eml", attach=(str(tmp_path / "big.bin"),))
    assert "over 10.0 MB" in str(caught.value)
    assert not (tmp_path / "summary.eml").exists()


def test_a_missing_attachment_is_told_before_the_work(demo, written):
    with pytest.raises(InputError, match="no such file"):
        written(demo, "summary.eml", attach=("/nowhere/x.pdf",))
    with pytest.raises(UsageError, match="no mail among the outputs"):
        written(demo, "report.md", attach=(__file__,))


@pytest.mark.slow
def test_many_runs_with_long_names_stay_small(make_report, written):
    rows = [
        (f"{'<&' * 100}{run}", f"{'é' * 100}{way}", step, float(run))
        for run in range(50)
        for way in ("/loss", "/accuracy")
        for step in range(3)
    ]
    matrix = [[1] * 40] * 40
    labels = tuple(f"class {index} {'x' * 500}" for index in range(40))
    report = make_report(rows, confusions=[(rows[0][0], "c", 1, matrix, labels)], title="<" * 9_000)
    data = written(report, "summary.eml")
    assert len(data) < 10_000_000
    html = next(item for item in parsed(data).walk() if item.get_content_type() == "text/html")
    assert len(html.get_content().encode()) < 90_000
    assert len(html.as_bytes()) < 90_000
    assert "10 of 50 runs, best first." in html.get_content()
