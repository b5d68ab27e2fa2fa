"""SMTP: a mail on disk goes to its receivers, encrypted, or one line says why not."""

from __future__ import annotations

import smtplib
import ssl
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid
from pathlib import Path

from reportgen.delivery import Delivery, Server
from reportgen.errors import SendError

TIMEOUT = 30.0  # seconds, for each answer
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_REASONS = {
    smtplib.SMTPAuthenticationError: "refuses the user or password",
    smtplib.SMTPNotSupportedError: "offers no encryption or login; use smtps:// or another port",
    ssl.SSLCertVerificationError: "has a certificate that is not trusted",
    ssl.SSLError: "does not speak TLS there; try the other of smtp:// and smtps://",
    TimeoutError: f"gives no answer within {TIMEOUT:.0f} s",
}


def send(path: Path, delivery: Delivery) -> str:
    """Sends a mail that was written, to every receiver.

    Args:
        path: of the mail; it stays as it is.
        delivery: sender, receivers and server.

    Returns:
        One line: who got it.

    Raises:
        SendError: the server cannot be reached or trusted, or refuses.
    """
    through, receivers = delivery.server, list(delivery.receivers)
    message = message_from_bytes(path.read_bytes(), EmailMessage, policy=SMTP)
    _stamp(message, delivery.sender)
    try:
        refused = _deliver(message, delivery.sender, receivers, through)
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
