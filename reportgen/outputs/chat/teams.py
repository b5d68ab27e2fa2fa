"""Microsoft Teams: a message with an Adaptive Card, as webhooks of workflows take it.

https://adaptivecards.io/explorer says what a card holds; Teams shows version 1.5 and no later.
"""

from __future__ import annotations

from reportgen.outputs.chat.message import Message, as_json, message
from reportgen.outputs.job import Files, Job

# https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
MAX_BYTES = 28_000
VERSION = "1.5"
_COLORS = {"passed": "Good", "failed": "Attention", "": "Default"}


def render(job: Job) -> Files:
    """Return the message as JSON."""
    content = message(job)
    lines = list(content.sentences)
    while len(data := as_json(_message(content, lines))) > MAX_BYTES and lines:
        lines.pop()
    return {job.target.path: data}


def _message(content: Message, sentences: list[str]) -> dict[str, object]:
    left = len(content.sentences) - len(sentences)
    rest = [f"{left:,} more in the full report."] if left else []
    body: list[dict[str, object]] = [
        _text(content.title, size="Large", weight="Bolder"),
        *([_text(content.verdict, color=_COLORS[content.status])] if content.verdict else []),
        *(_text(f"• {sentence}") for sentence in [*sentences, *rest]),
        *([_table(content.table)] if content.table else []),
        *([_text(content.facts, size="Small", isSubtle=True)] if content.facts else []),
    ]
    card: dict[str, object] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": VERSION,
        "msteams": {"width": "Full"},
        "body": body,
    }
    if content.link:
        action = {"type": "Action.OpenUrl", "title": "Full report", "url": content.link}
        card["actions"] = [action]
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}


def _table(table: str) -> dict[str, object]:
    """Return a table whose spaces are not joined, as those of HTML are."""
    return _text(table.replace(" ", "\N{NO-BREAK SPACE}"), fontType="Monospace", size="Small")


def _text(text: str, **style: object) -> dict[str, object]:
    """Return text without markup: a text block would read Markdown in it, a text run does not."""
    run = {"type": "TextRun", "text": text, **style}
    return {"type": "RichTextBlock", "inlines": [run]}
