"""SMTP: a mail on disk goes to its receivers, encrypted, or one line says why not."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reportgen.errors import SendError, UsageError
from reportgen.options import Options
from reportgen.outputs.mail.mail import addresses

PASSWORD = "REPORTGEN_SMTP_PASSWORD"  # noqa: S105  # the variable's name
TIMEOUT = 30.0  # seconds, for each answer
_PORTS = {"smtp": 587, "smtps": 465}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_REASONS = {
    smtplib.SMTPAuthenticationError: "refuses the user or password",
    smtplib.SMTPNotSupportedError: "offers no encryption or login; use smtps:// or another port",
    ssl.SSLCertVerificationError: "has a certificate that is not trusted",
    ssl.SSLError: "does not speak TLS there; try the other of smtp:// and smtps://",
    TimeoutError: f"gives no answer within {TIMEOUT:.0f} s",
}


@dataclass(frozen=True, slots=True)
class Server:
    """Who takes the mail.

    Attributes:
        tls: whether encryption is there from the first byte; else STARTTLS asks for it.
        user: "" for no login.
        password: never shown, not even by repr().
    """

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def server(options: Options) -> Server:
    """Reads `--smtp` and finds the password.

    Raises:
        UsageError: it is no such URL, holds the password itself, or there is none to be found.
    """
    try:
        url = urlsplit(options.smtp)
        port = url.port
    except ValueError as error:
        raise UsageError(f"--smtp: {error}; write smtp://user@host:587") from error
    if url.password is not None:
        raise UsageError(
            "--smtp: holds a password, which other users of this machine can read; "
            f"put it into {PASSWORD} or --smtp-password-file"
        )
    if url.scheme not in _PORTS or not url.hostname or url.path.strip("/") or url.query:
        raise UsageError(
            f"--smtp {options.smtp}: not a server; write smtp://user@host:587 or smtps://..."
        )
    user = unquote(url.username or "")
    secret = _password(options.smtp_password_file) if user else ""
    return Server(url.hostname, port or _PORTS[url.scheme], url.scheme == "smtps", user, secret)


def _password(path: str) -> str:
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"--smtp-password-file {path}: cannot be read ({error})") from error
    if PASSWORD not in os.environ:
        raise UsageError(f"--smtp: no password for its user; set {PASSWORD} or leave the user out")
    return os.environ[PASSWORD]


def check(options: Options) -> None:
    """Finds out before the work whether a mail could be sent as asked.

    Raises:
        UsageError: a receiver, sender or server is missing or wrong.
    """
    addresses(options.send_from, "--send-from")
    if not addresses(options.send_to, "--send-to"):
        return
    if not options.smtp:
        raise UsageError("--send-to: no server to send with; add --smtp smtp://user@host:587")
    sender(options, server(options))


def sender(options: Options, through: Server) -> str:
    """The address that a mail comes from.

    Raises:
        UsageError: neither `--send-from` nor the login is one.
    """
    given = options.send_from or (through.user if "@" in through.user else "")
    if not given:
        raise UsageError("--send-to: no sender; add --send-from name@host")
    return addresses(given, "--send-from")[0].addr_spec


def send(path: Path, options: Options) -> str:
    """Sends a mail that was written, to every receiver.

    Args:
        path: of the mail; it stays as it is.
        options: receivers and server.

    Returns:
        One line: who got it.

    Raises:
        SendError: the server cannot be reached or trusted, or refuses.
        UsageError: see `check`.
    """
    through = server(options)
    message = message_from_bytes(path.read_bytes(), EmailMessage, policy=SMTP)
    source = sender(options, through)
    _stamp(message, source)
    receivers = [one.addr_spec for one in addresses(options.send_to, "--send-to")]
    try:
        refused = _deliver(message, source, receivers, through)
    except (OSError, smtplib.SMTPException) as error:
        raise SendError(f"{through}: {_reason(error)}; not sent, the mail is {path}") from error
    if refused:
        names = ", ".join(refused)
        raise SendError(f"{through}: refuses {names}; the others got it, the mail is {path}")
    return f"Sent {path} to {', '.join(receivers)}"


def _stamp(message: EmailMessage, source: str) -> None:
    """What makes this sending another one than the last."""
    del message["From"], message["Date"], message["Message-ID"]
    message["From"] = source
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=source.rpartition("@")[2])


def _deliver(
    message: EmailMessage, source: str, receivers: list[str], through: Server
) -> dict[str, tuple[int, bytes]]:
    with _connected(through) as connection:
        if through.user:
            connection.login(through.user, through.password)
        return connection.send_message(message, source, receivers)


def _connected(through: Server) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if through.tls:
        return smtplib.SMTP_SSL(through.host, through.port, timeout=TIMEOUT, context=trusted)
    connection = smtplib.SMTP(through.host, through.port, timeout=TIMEOUT)
    try:
        connection.ehlo()
        # Only what never leaves this machine may go unencrypted, and never a password.
        if connection.has_extn("starttls") or through.user or through.host not in _LOOPBACK:
            connection.starttls(context=trusted)
    except BaseException:
        connection.close()
        raise
    return connection


def _reason(error: Exception) -> str:
    """What a user can act on."""
    for kind, text in _REASONS.items():
        if isinstance(error, kind):
            return text
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"refuses {', '.join(error.recipients)}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"breaks off ({error})"
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
        return f"answers {error.smtp_code} {text}"
    return f"cannot be reached ({getattr(error, 'strerror', None) or error})"
