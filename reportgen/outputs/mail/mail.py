"""Mail: a message on disk, the same bytes for the same report, ready to be sent."""

from __future__ import annotations

import hashlib
import mimetypes
import unicodedata
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from reportgen import wording
from reportgen.errors import InputError, OutputError
from reportgen.outputs.digest import headline
from reportgen.outputs.job import Files, Job
from reportgen.outputs.mail.mail_body import Body, body
from reportgen.report.model import Report
from reportgen.wording import clipped

_MAX_BYTES = 10_000_000  # many servers accept no more
_TYPES = mimetypes.MimeTypes()  # Python's own list, which is the same on every machine


def render(job: Job) -> Files:
    """Return the message as a file that mail programs open and `outputs.mail.smtp` sends.

    Raises:
        InputError: an attachment cannot be read.
        OutputError: attachments make it larger than servers accept.
    """
    data = _message(job).as_bytes(policy=SMTP)
    if len(data) > _MAX_BYTES:
        raise OutputError(
            f"{job.target.name}: {wording.size(len(data))} with its attachments, over "
            f"{wording.size(_MAX_BYTES)}; attach less and use --link for the full report"
        )
    return {job.target.path: data}


def _message(job: Job) -> EmailMessage:
    content = body(job)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject(job.report)
    if job.settings.sender:
        message["From"] = job.settings.sender
    if job.settings.receivers:
        message["To"] = job.settings.receivers
    message["Auto-Submitted"] = "auto-generated"  # no answer from those on holiday
    _fill(message, content)
    for name, data in _attachments(job.settings.attachments, job.others):
        kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    _name_parts(message, content)
    return message


def subject(report: Report) -> str:
    """Return the subject: one line, so that it cannot contain a second header."""
    text = ": ".join(filter(None, (clipped(report.title, 60), headline(report))))
    return "".join(
        character
        for character in clipped(text, 150)
        if not unicodedata.category(character).startswith("C")
    )


def _fill(message: EmailMessage, content: Body) -> None:
    """Add the text, and the HTML with its pictures."""
    message.set_content(_clean(content.text), cte="quoted-printable")
    message.add_alternative(_clean(content.html), subtype="html", cte="quoted-printable")
    html = list(message.iter_parts())[-1]
    for picture in content.pictures:
        html.add_related(
            picture.png,
            "image",
            "png",
            cid=f"<{picture.cid}>",
            disposition="inline",
            filename=f"{picture.cid.partition('@')[0]}.png",
        )


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _attachments(paths: Sequence[Path], others: Files) -> Iterator[tuple[str, bytes]]:
    """Yield attachments by name, from the same call or from disk."""
    rendered = {path.absolute(): content for path, content in others.items()}
    for path in paths:
        content = rendered.get(path.absolute())
        if isinstance(content, bytes):
            yield path.name, content
            continue
        try:
            yield path.name, path.read_bytes()
        except OSError as error:
            raise InputError(f"--attach {path}: cannot be read ({error.strerror})") from error


def _name_parts(message: EmailMessage, content: Body) -> None:
    """Set boundaries and the Message-ID to a hash of the content, so that bytes are repeatable."""
    digest = hashlib.sha256(
        f"{message['Subject']}{content.html}{content.text}".encode("utf-8", "replace")
    )
    for picture in content.pictures:
        digest.update(picture.png)
    name = digest.hexdigest()[:32]
    message["Message-ID"] = f"<{name}@reportgen.invalid>"
    for index, piece in enumerate(message.walk()):
        if piece.is_multipart():
            piece.set_boundary(f"=_{name}_{index}")
