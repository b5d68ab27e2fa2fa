"""Slack: a message of Block Kit, as `chat.postMessage` and incoming webhooks take it.

https://docs.slack.dev/reference/block-kit/blocks says what each block holds and how much.
"""

from __future__ import annotations

from reportgen.outputs.chat.message import Message, as_json, message
from reportgen.outputs.job import Files, Job
from reportgen.wording import clipped

MAX_BLOCKS = 50
MAX_HEADER = 150  # characters
MAX_SECTION = 3_000
MAX_TEXT = 4_000  # of the fallback for notifications; more is cut off by Slack
_EMOJI = {"passed": "✅ ", "failed": "❌ ", "": ""}


def render(job: Job) -> Files:
    """Return the message as JSON."""
    content = message(job)
    text = f"{content.title}: {content.verdict}" if content.verdict else content.title
    return {
        job.target.path: as_json({"text": _escaped(text, MAX_TEXT), "blocks": _blocks(content)})
    }


def _blocks(content: Message) -> list[dict[str, object]]:
    blocks: list[dict[str, object]] = [
        {"type": "header", "text": _plain(f"{_EMOJI[content.status]}{content.title}", MAX_HEADER)}
    ]
    if content.verdict:
        blocks.append({"type": "section", "text": _plain(content.verdict, MAX_SECTION)})
    blocks += (
        {"type": "section", "text": _plain(f"• {sentence}", MAX_SECTION)}
        for sentence in content.sentences
    )
    if content.table:
        # A fence ends at three backticks; a name that holds them would end it early.
        table = _escaped(content.table.replace("`", "'"), MAX_SECTION - 6)
        blocks.append({"type": "section", "text": _marked(f"```{table}```")})
    if content.facts:
        blocks.append({"type": "context", "elements": [_plain(content.facts, MAX_SECTION)]})
    if content.link:
        link = f"<{_entities(content.link)}|Full report>"  # a web address holds neither | nor >
        blocks.append({"type": "section", "text": _marked(link)})
    return blocks


def _plain(text: str, most: int) -> dict[str, object]:
    """Return text in which nothing is markup, a mention or a link."""
    return {"type": "plain_text", "text": clipped(text, most), "emoji": False}


def _marked(text: str) -> dict[str, object]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _escaped(text: str, most: int) -> str:
    """Return text with the characters escaped that begin mentions and links.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    shown = text
    while len(escaped := _entities(shown)) > most:
        shown = shown[: len(shown) - (len(escaped) - most) // 5 - 1]
    return escaped


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
