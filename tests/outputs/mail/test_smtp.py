"""Sending, with a real server on this machine: login, STARTTLS, TLS, and every way to fail."""

import socket
import ssl
from email import message_from_bytes
from email.policy import default

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from reportgen import Options, write
from reportgen.errors import SendError, UsageError
from reportgen.outputs.mail import smtp

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

PASSWORD = "right & proper"  # noqa: S105  # of a server that lives for one test


class Inbox:
    """Keeps what the server takes; refuses whoever is called nobody."""

    def __init__(self):
        self.envelopes = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address.startswith("nobody"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.envelopes.append(envelope)
        return "250 OK"


def authenticate(_server, _session, _envelope, _mechanism, data):
    good = data.login == b"me@e.example" and data.password == PASSWORD.encode()
    return AuthResult(success=good, handled=False)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def trusted(authority, tmp_path, monkeypatch):
    """This process trusts the test's authority."""
    place = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(place)
    monkeypatch.setenv("SSL_CERT_FILE", str(place))


@pytest.fixture
def serve(authority):
    """Starts servers; each returns its inbox and port."""
    started = []

    def start(kind):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {
            "starttls": {"tls_context": context, "require_starttls": True},
            "tls": {"ssl_context": context, "auth_require_tls": False},
            "plain": {},
        }[kind]
        if kind != "plain":
            settings |= {"authenticator": authenticate, "auth_required": True}
        controller = Controller(Inbox(), hostname="localhost", port=port, **settings)
        controller.start()
        started.append(controller)
        return controller.handler, port

    yield start
    for controller in started:
        controller.stop()


@pytest.fixture
def send(demo, tmp_path, monkeypatch):
    """Writes the demo's mail and sends it."""
    monkeypatch.setenv("REPORTGEN_SMTP_PASSWORD", PASSWORD)

    def write_and_send(url, to="a@e.example, b@e.example", **options):
        settings = Options(send_to=to, smtp=url, **options)
        return write(demo, tmp_path / "summary.eml", options=settings)

    return write_and_send


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(("kind", "scheme"), [("starttls", "smtp"), ("tls", "smtps")])
def test_the_mail_arrives_whole(kind, scheme, serve, send, tmp_path):
    inbox, port = serve(kind)
    lines = send(f"{scheme}://me%40e.example@localhost:{port}")
    assert lines[-1] == f"Sent {tmp_path / 'summary.eml'} to a@e.example, b@e.example"
    (envelope,) = inbox.envelopes
    assert envelope.mail_from == "me@e.example"
    assert envelope.rcpt_tos == ["a@e.example", "b@e.example"]
    got = message_from_bytes(envelope.content, policy=default)
    remaining = message_from_bytes((tmp_path / "summary.eml").read_bytes(), policy=default)
    assert got["To"] == "a@e.example, b@e.example"
    assert got["From"] == "me@e.example"
    assert got["Date"].datetime
    assert got["Message-ID"] != remaining["Message-ID"]
    assert got["Subject"] == remaining["Subject"] == "demo: fast, val/accuracy 0.9273"
    for item, other in zip(got.walk(), remaining.walk(), strict=True):
        assert item.get_content_type() == other.get_content_type()
        assert item.is_multipart() or item.get_content() == other.get_content()


@pytest.mark.usefixtures("trusted")
def test_the_password_may_stand_in_a_file(serve, send, tmp_path, monkeypatch):
    inbox, port = serve("starttls")
    monkeypatch.delenv("REPORTGEN_SMTP_PASSWORD", raising=False)
    (tmp_path / "secret").write_text(f"{PASSWORD}\n")
    send(
        f"smtp://me%40e.example@localhost:{port}",
        smtp_password_file=str(tmp_path / "secret"),
        send_from="robot@e.example",
    )
    assert inbox.envelopes[0].mail_from == "robot@e.example"


def test_a_relay_on_this_machine_needs_no_encryption(serve, send):
    inbox, port = serve("plain")
    send(f"smtp://localhost:{port}", send_from="robot@e.example")
    assert len(inbox.envelopes) == 1


def failure(send, tmp_path, url, **options):
    """The one line, and the mail is still there."""
    with pytest.raises(SendError) as caught:
        send(url, **options)
    line = str(caught.value)
    assert "\n" not in line
    assert PASSWORD not in line
    assert str(tmp_path / "summary.eml") in line
    assert message_from_bytes((tmp_path / "summary.eml").read_bytes())["Subject"]
    return line


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_told(serve, send, tmp_path, monkeypatch):
    _, port = serve("starttls")
    monkeypatch.setenv("REPORTGEN_SMTP_PASSWORD", "wrong")
    url = f"smtp://me%40e.example@localhost:{port}"
    assert "refuses the user or password" in failure(send, tmp_path, url)


@pytest.mark.parametrize(("kind", "scheme"), [("starttls", "smtp"), ("tls", "smtps")])
def test_a_certificate_of_a_stranger_is_not_trusted(kind, scheme, serve, send, tmp_path):
    inbox, port = serve(kind)
    url = f"{scheme}://me%40e.example@localhost:{port}"
    assert "certificate that is not trusted" in failure(send, tmp_path, url)
    assert not inbox.envelopes


def test_a_password_never_goes_unencrypted(serve, send, tmp_path):
    inbox, port = serve("plain")
    url = f"smtp://me%40e.example@localhost:{port}"
    assert "offers no encryption" in failure(send, tmp_path, url)
    assert not inbox.envelopes


def test_tls_where_there_is_none_is_told(serve, send, tmp_path):
    _, port = serve("plain")
    url = f"smtps://localhost:{port}"
    line = failure(send, tmp_path, url, send_from="robot@e.example")
    assert "does not speak TLS" in line


def test_a_refused_receiver_is_named(serve, send, tmp_path):
    inbox, port = serve("plain")
    for to, message in (
        ("nobody@e.example", "refuses nobody@e.example"),
        ("nobody@e.example,a@e.example", "refuses nobody@e.example; the others got it"),
    ):
        url = f"smtp://localhost:{port}"
        assert message in failure(send, tmp_path, url, to=to, send_from="robot@e.example")
    assert [envelope.rcpt_tos for envelope in inbox.envelopes] == [["a@e.example"]]


def test_a_server_that_is_not_there_or_silent_is_told(send, tmp_path, monkeypatch):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        url = f"smtp://127.0.0.1:{port}"
        line = failure(send, tmp_path, url, send_from="robot@e.example")
        assert f"127.0.0.1:{port}: cannot be reached" in line
        monkeypatch.setattr(smtp, "TIMEOUT", 0.2)
        silent.listen()
        assert "timed out" in failure(send, tmp_path, url, send_from="robot@e.example")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"to": "not an address"}, "--send-to"),
        ({"to": "a@e.example\nBcc: b@e.example"}, "--send-to"),
        ({"to": "a@"}, "--send-to"),
        ({"to": "ü@e.example"}, "in ASCII"),
        ({"send_from": "x"}, "--send-from"),
        ({"url": ""}, "no server"),
        ({"url": "mailto:x"}, "not a server"),
        ({"url": "smtp://h:port"}, "--smtp"),
        ({"url": "smtp://h/path"}, "not a server"),
        ({"url": "smtp://h"}, "no sender"),
        ({"url": "smtp://u@h", "smtp_password_file": "/nowhere"}, "cannot be read"),
    ],
)
def test_what_cannot_be_sent_is_told_before_the_work(options, message, send, tmp_path):
    with pytest.raises(UsageError, match=message) as caught:
        send(**({"url": "smtp://me%40e.example@localhost"} | options))
    assert "\n" not in " ".join(str(caught.value).splitlines()[:1])
    assert not (tmp_path / "summary.eml").exists()


def test_a_password_on_the_command_line_is_refused_and_not_repeated(send):
    with pytest.raises(UsageError, match="REPORTGEN_SMTP_PASSWORD") as caught:
        send("smtp://me:hunter2@localhost")
    assert "hunter2" not in str(caught.value)


def test_a_password_is_not_shown_by_repr():
    assert PASSWORD not in repr(smtp.Server("h", 1, tls=True, user="u", password=PASSWORD))


def test_no_password_is_told_by_name(send, monkeypatch):
    monkeypatch.delenv("REPORTGEN_SMTP_PASSWORD")
    with pytest.raises(UsageError, match="set REPORTGEN_SMTP_PASSWORD"):
        send("smtp://me%40e.example@localhost")
