"""Script: what the page can do beyond what it shows, from the files of `templates/script/`.

They are plain scripts of one scope. No build tool joins them: a page holds their lines one after
the other, without comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from reportgen import assets

# What a file does as it is read needs only what stands before it; the last one starts the page.
FILES = (
    *(
        "page",
        "elements",
        "numbers",
        "scales",
        "smooth",
        "saving",
        "lift",
        "state",
        "cursor",
        "axes",
        "chart",
    ),
    *("probe", "stepper", "figures", "runs", "smoothing", "search", "keys", "sorting", "lightbox"),
    *("theme", "contents", "start"),
)


@cache
def script() -> str:
    """Return the files as the page embeds them."""
    lines = (line for name in FILES for line in assets.text(f"script/{name}.js").splitlines())
    return "".join(f"{line}\n" for line in without_comments(lines))


def without_comments(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines of JavaScript without indents, empty lines and comments.

    A comment is one that starts its line, or what follows two slashes between spaces: neither is
    ever part of a string, as long as none goes on over lines or holds such slashes.
    """
    inside = False
    for line in lines:
        rest = line.strip()
        while inside or rest.startswith("/*"):
            _, end, rest = rest.partition("*/")
            rest, inside = rest.lstrip(), not end
            if inside:
                break
        if rest and not rest.startswith("//"):
            yield rest.partition(" // ")[0]
