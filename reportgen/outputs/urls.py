"""URLs that the user gives: refused before the work where they are none."""

from __future__ import annotations

import re

from reportgen.errors import UsageError
from reportgen.options import Options

_URL = re.compile(r"https?://[^\s<>\"'`|\\]+", re.IGNORECASE)


def check(options: Options) -> None:
    """Refuses what is no web address.

    Raises:
        UsageError: `--link` or `--image-url` is none.
    """
    for name, url in (("--link", options.link), ("--image-url", options.image_url)):
        if url and not _URL.fullmatch(url):
            raise UsageError(f"{name} {url}: not a web address; write https://...")
