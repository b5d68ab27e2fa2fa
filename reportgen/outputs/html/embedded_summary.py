"""The summary that every page holds: as JSON, or compressed where it is large."""

from __future__ import annotations

import base64
import zlib

from markupsafe import Markup

from reportgen.outputs.data.summary_json import facts
from reportgen.outputs.html.page_data import script_json
from reportgen.report.model import Report

_LARGE = 100_000  # characters; that of a few runs can be read in the page's source
_LEVEL = 9


def embedded_summary(report: Report) -> Markup:
    """Return the content of the script element that holds a report's summary.

    It is the object of `summary.json`; where that is large, it is a JSON text instead: base64 of
    its UTF-8 bytes as a zlib stream (RFC 1950), about a tenth as long.
    """
    plain = script_json(facts(report))
    if len(plain) <= _LARGE:
        return plain
    return script_json(base64.b64encode(zlib.compress(plain.encode(), _LEVEL)).decode())
