"""Delivery: from whom, to whom and through which server a mail is sent."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from email.errors import MessageError
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reportgen.errors import UsageError
from reportgen.option_table.table import PASSWORD_VARIABLE

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """The SMTP server that accepts the mail.

    Attributes:
        tls: whether the connection is encrypted from its first byte; else by STARTTLS.
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


@dataclass(frozen=True, slots=True)
class Delivery:
    """One sending of a mail.

    Attributes:
        server: where the mail is handed in.
        sender: address of the sender, `name@host`.
        receivers: addresses of the receivers, at least one.
    """

    server: Server
    sender: str
    receivers: tuple[str, ...]


def parse_addresses(text: str, option: str) -> tuple[Address, ...]:
    """Return mail addresses that are separated by commas.

    Args:
        text: as the user wrote it; "" for none.
        option: what the error calls the option.

    Raises:
        UsageError: one of them is not a mail address.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    try:
        if text.isascii():
            return tuple(Address(addr_spec=word) for word in words)
    except (MessageError, ValueError, IndexError):
        pass  # reported below
    raise UsageError(f"{option} {text}: not a mail address; write name@host, in ASCII")


def parse_server(text: str) -> Server:
    """Return the server that a URL names, without its password.

    Raises:
        UsageError: the text is not such a URL, or holds a password.
    """
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError as error:
        raise UsageError(f"--smtp: {error}; write smtp://user@host:587") from error
    if url.password is not None:
        raise UsageError(
            "--smtp: holds a password, which other users of this machine can read; "
            f"put it into {PASSWORD_VARIABLE} or --smtp-password-file"
        )
    if url.scheme not in _PORTS or not url.hostname or url.path.strip("/") or url.query:
        raise UsageError(f"--smtp {text}: not a server; write smtp://user@host:587 or smtps://...")
    user = unquote(url.username or "")
    return Server(url.hostname, port or _PORTS[url.scheme], url.scheme == "smtps", user)


def read_password(path: str) -> str:
    """Return the password for the server: from a file, or from the environment where path is "".

    Raises:
        UsageError: the file cannot be read, or the environment holds no password.
    """
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"--smtp-password-file {path}: cannot be read ({error})") from error
    if PASSWORD_VARIABLE not in os.environ:
        raise UsageError(
            f"--smtp: no password for its user; set {PASSWORD_VARIABLE} or leave the user out"
        )
    return os.environ[PASSWORD_VARIABLE]


def parse_delivery(
    url: str,
    password_file: str,
    senders: tuple[Address, ...],
    receivers: tuple[Address, ...],
) -> Delivery | None:
    """Return how the mail is sent; None where there are no receivers.

    Args:
        url: of the server; "" for none.
        password_file: where its password is; "" for the environment.
        senders: the first is the sender; by default the user of the server.
        receivers: of the mail.

    Raises:
        UsageError: there are receivers, and no server, sender or password.
    """
    server = parse_server(url) if url else None
    if not receivers:
        return None
    if server is None:
        raise UsageError("--send-to: no server to send with; add --smtp smtp://user@host:587")
    if server.user:
        server = replace(server, password=read_password(password_file))
    return Delivery(
        server, _sender(senders, server), tuple(address.addr_spec for address in receivers)
    )


def _sender(senders: tuple[Address, ...], server: Server) -> str:
    """Return the address that the mail comes from: as given, or else the user of the server."""
    if not senders and "@" in server.user:
        senders = parse_addresses(server.user, "--smtp")
    if not senders:
        raise UsageError("--send-to: no sender; add --send-from name@host")
    return senders[0].addr_spec
