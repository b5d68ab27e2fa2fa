"""Discord: a message with an embed, as webhooks take it.

https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

from __future__ import annotations

import re

from reportgen.outputs.chat.message import Message, as_json, message
from reportgen.outputs.job import Files, Job
from reportgen.wording import clipped

MAX_TITLE = 256  # characters
MAX_DESCRIPTION = 4_096
MAX_FOOTER = 2_048
MAX_EMBED = 6_000  # title, description and footer together
_COLORS = {"passed": 0x2E7D32, "failed": 0xC62828, "": 0x546E7A}
# https://support.discord.com/hc/articles/210298617: what formats, mentions or links.
_MARKUP = re.compile(r"([\\`*_~|<>\[\]()#@:-])")


def render(job: Job) -> Files:
    """Return the message as JSON."""
    content = message(job)
    embed: dict[str, object] = {
        "title": _escaped(content.title, MAX_TITLE),
        "description": _description(content),
        "color": _COLORS[content.status],
    }
    if content.link:
        embed["url"] = content.link
    if content.facts:
        embed["footer"] = {"text": clipped(content.facts, MAX_FOOTER // 2)}  # it knows no markup
    sent = {"embeds": [embed], "allowed_mentions": {"parse": []}}
    return {job.target.path: as_json(sent)}


def _description(content: Message) -> str:
    """Return verdict, sentences and table; of the sentences as many as there is room for."""
    table = clipped_lines(content.table.replace("`", "'"), MAX_DESCRIPTION // 3)
    fence = f"```\n{table}\n```" if table else ""
    parts = [f"**{_escaped(content.verdict, 800)}**"] if content.verdict else []
    room = MAX_DESCRIPTION - len(fence) - sum(map(len, parts)) - 50
    for index, sentence in enumerate(content.sentences):
        line = f"• {_escaped(sentence, 800)}"
        if len(line) > room:
            parts.append(f"{len(content.sentences) - index:,} more in the full report.")
            break
        room -= len(line) + 1
        parts.append(line)
    return "\n".join([*parts, fence]).strip()


def clipped_lines(text: str, most: int) -> str:
    """Return the first lines of a text that have room."""
    lines: list[str] = []
    for line in text.splitlines():
        most -= len(line) + 1
        if most < 0:
            break
        lines.append(line)
    return "\n".join(lines)


def _escaped(text: str, most: int) -> str:
    """Return text in which nothing is markup."""
    shown = text
    while len(escaped := _MARKUP.sub(r"\\\1", shown)) > most:
        shown = shown[: len(shown) - (len(escaped) - most) // 2 - 1]
    return escaped
