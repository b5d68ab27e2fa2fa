"""Messages for chat services hold what a report comes to, within each service's limits."""

import json
import re

import pytest

HOSTILE = [
    "<!channel> <@U012AB3CD>",
    "<https://evil.example|click>",
    "@everyone [evil](https://evil.example)",
    "*bold* _it_ ~no~ `code` ``` fence",
    "a" * 500,
    "\x1b[2Jevil\u202e",
    "&amp; <b>",
]
SLACK_BLOCKS = {"header": 150, "section": 3_000, "context": 3_000}  # characters


LINK = "https://r.example/x?a=1&b=2"


@pytest.fixture(scope="module", params=["plain", "hostile", "empty", "crowded"])
def report(request, make_report):
    """Reports of little, of much, and of names that would be markup."""
    if request.param == "empty":
        return make_report([])
    crowd = [f"run{number}" for number in range(60)]
    names = {"plain": ["a", "b"], "hostile": HOSTILE, "crowded": crowd}[request.param]
    rows = [
        (name, f"val/{name if request.param == 'hostile' else 'loss'}", step, 1 / (step + place))
        for place, name in enumerate(names, 1)
        for step in range(3)
    ]
    checks = () if request.param == "hostile" else ("val/loss < 0.1",)
    return make_report(rows, check=checks)


def texts(content):
    """Every text of a message, whatever it stands in."""
    if isinstance(content, dict):
        for key, value in content.items():
            if isinstance(value, str) and key in {"text", "title", "description"}:
                yield value
            else:
                yield from texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from texts(value)


@pytest.fixture(scope="module", params=["slack", "teams", "discord"])
def message(request, report, shared_outputs):
    (data,) = shared_outputs(report, f"{request.param}:m.json", link=LINK).values()
    return json.loads(data)


def test_every_message_says_what_the_report_comes_to(make_report, written):
    report = make_report(
        [("a", "val/loss", step, 1 / (step + 1)) for step in range(5)],
        check=("val/loss < 0.1",),
    )
    for service in ("slack", "teams", "discord"):
        text = written(report, f"{service}:m.json", link="https://r.example").decode()
        assert "The check failed." in text
        assert "best val/loss 0.2 at step 4 is not below 0.1" in text.replace("\\\\", "")
        assert "https://r.example" in text


def test_no_message_has_control_characters_or_direction_marks(message):
    for text in texts(message):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)


def test_slack_gets_what_it_takes(report, written):
    message = json.loads(written(report, "slack:m.json", link=LINK))
    assert set(message) == {"text", "blocks"}
    assert 1 <= len(message["blocks"]) <= 50
    assert "<" not in message["text"]
    for block in message["blocks"]:
        for text in block.get("elements", [block.get("text")]):
            assert 1 <= len(text["text"]) <= SLACK_BLOCKS[block["type"]]
            if text["type"] == "mrkdwn":
                own_items = text["text"] == "<https://r.example/x?a=1&amp;b=2|Full report>"
                assert own_items or re.fullmatch(r"```[^<>`]*```", text["text"])
            else:
                assert text["type"] == "plain_text"


def test_teams_gets_what_it_takes(report, written):
    data = written(report, "teams:m.json", link=LINK)
    assert len(data) <= 28_000
    (attachment,) = json.loads(data)["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
    for block in card["body"]:
        assert block["type"] == "RichTextBlock"
        (run,) = block["inlines"]
        assert run["type"] == "TextRun"
        assert run["text"]
    for action in card.get("actions", []):
        assert action["url"].startswith("https://r.example/")


def test_discord_gets_what_it_takes(report, written):
    message = json.loads(written(report, "discord:m.json", link=LINK))
    assert message["allowed_mentions"] == {"parse": []}
    (embed,) = message["embeds"]
    assert 1 <= len(embed["title"]) <= 256
    assert len(embed["description"]) <= 4_096
    footer = embed.get("footer", {"text": ""})["text"]
    assert len(embed["title"]) + len(embed["description"]) + len(footer) <= 6_000
    outside = re.sub(r"```\n.*?\n```", "", embed["description"], flags=re.DOTALL)
    verdict = outside.partition("\n")[0].removeprefix("**").removesuffix("**")
    for text in (embed["title"], verdict, *outside.splitlines()[1:]):
        assert not re.search(r"(?<!\\)(?:\\\\)*[*_~`|<>\[\]@#]", text)
