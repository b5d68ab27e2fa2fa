"""A mail server that is slow, lies or breaks off takes bounded time; the true reason is told."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from reportgen.delivery import Delivery, Server
from reportgen.errors import SendError
from reportgen.outputs.mail import smtp

USUAL = {
    "EHLO": b"250 here\r\n",
    "MAIL": b"250 ok\r\n",
    "RCPT": b"250 ok\r\n",
    "DATA": b"354 go on\r\n",
    ".": b"250 accepted\r\n",
    "RSET": b"250 ok\r\n",
    "QUIT": b"221 bye\r\n",
}


def answer(connection, reply):
    """Send a reply, a list letter by letter."""
    for piece in reply if isinstance(reply, list) else [reply]:
        connection.sendall(piece)
        if isinstance(reply, list):
            time.sleep(0.05)


def converse(connection, replies, accepted):
    """Answer as a table says; None breaks off."""
    answer(connection, replies.get("", b"220 here\r\n"))
    in_data = False
    for line in connection.makefile("rb"):
        word = line.strip().decode().partition(" ")[0].partition(":")[0].upper()
        if in_data and word != ".":
            continue
        reply = replies.get(word, b"500 what\r\n")
        in_data = word == "DATA" and reply == USUAL["DATA"]
        if reply is None:
            return
        if word == ".":
            accepted.append(True)
        answer(connection, reply)


@pytest.fixture
def serve():
    """Starts a server that answers as usual but for some words."""
    listener = socket.create_server(("127.0.0.1", 0))
    accepted, threads = [], []

    def accept(replies):
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            converse(connection, replies, accepted)
            connection.shutdown(socket.SHUT_RDWR)

    def start(**changes):
        threads.append(threading.Thread(target=accept, args=[USUAL | changes]))
        threads[0].start()
        return Server("127.0.0.1", listener.getsockname()[1], tls=False), accepted

    yield start
    for thread in threads:
        thread.join()
    listener.close()


@pytest.fixture
def mail(tmp_path):
    path = tmp_path / "x.eml"
    path.write_bytes(b"Subject: x\r\n\r\nx\r\n")
    return path


def send(mail, server):
    return smtp.send(mail, Delivery(server, "me@e.example", ("you@e.example",)))


@pytest.mark.parametrize(
    "reply", [b"500 no\r\n", None, b"421 busy\r\n", b"\xff\xfe\r\n", b"221 bye\r\n"]
)
def test_a_delivered_mail_is_sent_whatever_becomes_of_quit(serve, mail, reply):
    server, accepted = serve(QUIT=reply)
    assert send(mail, server).startswith("Sent")
    assert accepted


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"": b"554 you are blocked\r\n"}, "554 you are blocked"),
        ({"MAIL": b"550 not you\r\n", "QUIT": b"500 no\r\n"}, "550 not you"),
        ({"RCPT": b"550 unknown here\r\n", "QUIT": b"500 no\r\n"}, "550 unknown here"),
        ({"DATA": b"552 too much\r\n", "QUIT": None}, "552 too much"),
        ({".": b"554 spam\r\n", "QUIT": b"500 no\r\n"}, "554 spam"),
        ({"MAIL": b"421 shutting down\r\n", "RSET": None}, "421 shutting down"),
        ({".": None}, "breaks off"),
        ({"MAIL": b"550-\x1b[2J\r\n550 evil\r\n"}, "550"),
        ({"MAIL": b"550 " + b"x" * 400 + b"\r\n"}, "550 xxx"),
    ],
)
def test_the_true_reason_is_told_in_one_short_line(serve, mail, changes, reason):
    server, _ = serve(**changes)
    with pytest.raises(SendError) as caught:
        send(mail, server)
    line = str(caught.value)
    assert reason in line
    assert "not sent" in line
    assert "\x1b" not in line
    assert "\n" not in line
    assert len(line) < 400 + len(str(mail))


@pytest.mark.parametrize("word", ["", "EHLO", "MAIL", "DATA"])
def test_a_server_that_answers_letter_by_letter_is_left(serve, mail, word, monkeypatch):
    monkeypatch.setattr(smtp, "DEADLINE", 0.3)
    server, _ = serve(**{word: [b"2", b"5", b"0", b" ", *[b"x"] * 200]})
    with pytest.raises(SendError, match="does not finish within"):
        send(mail, server)
