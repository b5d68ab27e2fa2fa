"""SMTP: a mail on disk goes to its receivers, encrypted, or one line says why not."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid
from pathlib import Path

from reportgen.delivery import Delivery, Server
from reportgen.errors import SendError
from reportgen.wording import clipped, printable

TIMEOUT = 30.0  # seconds, for each answer
DEADLINE = 120.0  # seconds, for the whole conversation: a server may answer letter by letter
_MAX_ANSWER = 200  # characters of what a server says
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
    server, receivers = delivery.server, list(delivery.receivers)
    message = message_from_bytes(path.read_bytes(), EmailMessage, policy=SMTP)
    _stamp(message, delivery.sender)
    with _deadline() as watch:
        try:
            refused = _deliver(message, delivery.sender, receivers, server, watch)
        except (OSError, smtplib.SMTPException) as error:
            reason = watch.reason or _reason(error)
            line = _without_password(f"{server}: {reason}", server)
            raise SendError(f"{line}; not sent, the mail is {path}") from error
    if refused:
        line = f"{server}: refuses {', '.join(refused)}; the others got it, the mail is {path}"
        raise SendError(_without_password(f"{line} ({_answers(refused)})", server))
    return f"Sent {path} to {', '.join(receivers)}"


class _Watch:
    """Cuts a connection when the time of a conversation is over."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self.reason = ""

    def add(self, connection: socket.socket) -> None:
        """Watch a connection."""
        self._sockets.append(connection)

    def close(self) -> None:
        """Stop watching."""
        for connection in self._sockets:
            connection.close()

    def end(self) -> None:
        """Cut the connections, so that every read and write ends."""
        self.reason = f"does not finish within {DEADLINE:.0f} s"
        for connection in self._sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def _deadline() -> Iterator[_Watch]:
    watch = _Watch()
    timer = threading.Timer(DEADLINE, watch.end)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()
        timer.join()
        watch.close()


def _stamp(message: EmailMessage, source: str) -> None:
    """What makes this sending another one than the last."""
    del message["From"], message["Date"], message["Message-ID"]
    message["From"] = source
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=source.rpartition("@")[2])


def _deliver(
    message: EmailMessage, source: str, receivers: list[str], server: Server, watch: _Watch
) -> dict[str, tuple[int, bytes]]:
    """Hand in a mail; return the receivers that are refused, with the server's answers."""
    connection = _connected(server, watch)
    try:
        if server.user:
            connection.login(server.user, server.password)
        return connection.send_message(message, source, receivers)
    finally:  # whatever becomes of QUIT, the mail is accepted, or there is a better reason
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
        connection.close()


class _Connection(smtplib.SMTP):
    """A connection that is watched from its first byte, encrypted from there if asked for."""

    def __init__(self, server: Server, watch: _Watch, trusted: ssl.SSLContext) -> None:
        self._server, self._watch, self._trusted = server, watch, trusted
        super().__init__(server.host, server.port, timeout=TIMEOUT)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        # The copy is of the same connection, and stays when `plain` is wrapped.
        self._watch.add(plain.dup())
        if not self._server.tls:
            return plain
        return self._trusted.wrap_socket(plain, server_hostname=host)


def _connected(server: Server, watch: _Watch) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    connection = _Connection(server, watch, trusted)
    if server.tls:
        return connection
    try:
        connection.ehlo()
        # Only what never leaves this machine may go unencrypted, and never a password.
        if connection.has_extn("starttls") or server.user or server.host not in _LOOPBACK:
            connection.starttls(context=trusted)
    except BaseException:
        connection.close()
        raise
    return connection


def _reason(error: Exception) -> str:
    """Return what a user can act on."""
    said = ""
    if isinstance(error, smtplib.SMTPResponseException):
        said = _answer(error.smtp_code, error.smtp_error)
    for kind, text in _REASONS.items():
        if isinstance(error, kind):
            return f"{text} ({said})" if said else text
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"refuses {', '.join(error.recipients)} ({_answers(error.recipients)})"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"breaks off ({error})"
    if said:
        return f"answers {said}"
    return f"cannot be reached ({getattr(error, 'strerror', None) or error})"


def _answers(refused: Mapping[str, tuple[int, bytes]]) -> str:
    """Return what a server says of the receivers that it refuses, each answer once."""
    return "; ".join(dict.fromkeys(_answer(code, text) for code, text in refused.values()))


def _answer(code: int, text: bytes | str) -> str:
    """Return an answer of a server, which may be anything, as a short line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return printable(clipped(f"{code} {words}", _MAX_ANSWER))


def _without_password(line: str, server: Server) -> str:
    """Return a line in which a server that repeats the password does not show it."""
    encoded = base64.b64encode(server.password.encode()).decode()
    for text in filter(None, (server.password, encoded)):
        line = line.replace(text, "***")
    return line
