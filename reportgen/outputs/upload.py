"""Upload: outputs whose place is a URL, by the driver of its file system."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from mimetypes import MimeTypes
from typing import Any
from uuid import uuid4

from reportgen.analysis.secrets import mask
from reportgen.errors import DependencyError, OutputError, UsageError
from reportgen.outputs.job import Content
from reportgen.url_drivers import missing_driver, opened, protocol_of

_TYPES = MimeTypes(filenames=())  # those of Python, so that they do not depend on the machine
_TYPES.add_type("text/markdown", ".md")  # RFC 7763
_UNKNOWN_TYPE = "application/octet-stream"
# What a driver calls the content type. These stores show an object only when it is complete.
_CONTENT_TYPE = {
    "s3": "ContentType",
    "s3a": "ContentType",
    "gs": "content_type",
    "gcs": "content_type",
}
_COMPLETE_ONLY = {*_CONTENT_TYPE, "az", "abfs"}
_READ_ONLY = {"http", "https", "data", "git", "github", "zip", "tar", "jar"}


def check(url: str) -> None:
    """Raise an error where nothing can be written to a URL; ask no server.

    Raises:
        UsageError: the URL is of a kind that cannot be written to, or names no file.
        DependencyError: the driver of its protocol is not installed.
    """
    protocol, place = protocol_of(url), url.partition("://")[2]
    name = mask(url)
    if protocol in _READ_ONLY:
        raise UsageError(
            f"{name}: {protocol} cannot be written to; name a file, or s3://BUCKET/KEY"
        )
    bucket, _, key = place.partition("/")
    if not key.strip("/") or (not bucket and protocol in _COMPLETE_ONLY):
        raise UsageError(f"{name}: names no file; write {protocol}://BUCKET/KEY")
    try:
        import_module("fsspec").get_filesystem_class(protocol)
    except ImportError as error:
        raise DependencyError(f"{name}: {missing_driver(protocol, error)}") from error
    except ValueError as error:
        raise UsageError(f"{name}: {protocol}:// is not known; name a file") from error


def upload(contents: Mapping[str, Content]) -> None:
    """Write files and folders to URLs, each file whole or not at all.

    A store that shows an object only when it is complete gets it directly. On any other file
    system a file is written under another name and renamed. What a file refers to is written before
    it: folders come first, and in a folder its page last. Files that an earlier bundle has left in
    a folder stay.

    Args:
        contents: a file, or files by name, for each URL.

    Raises:
        OutputError: the store refuses, or cannot be reached.
    """
    for url, content in sorted(contents.items(), key=lambda item: isinstance(item[1], bytes)):
        files = {"": content} if isinstance(content, bytes) else content
        for name in sorted(files, key=lambda name: name == "index.html"):
            place = f"{url.rstrip('/')}/{name}" if name else url
            try:
                system, path = opened(place)
                _put(system, path, protocol_of(url), files[name])
            except Exception as error:  # drivers raise errors of their own
                reason = (str(error).splitlines() or [type(error).__name__])[0]
                raise OutputError(f"{mask(place)}: cannot be written ({mask(reason)})") from error


def _put(system: Any, path: str, protocol: str, content: bytes) -> None:  # noqa: ANN401
    if protocol in _COMPLETE_ONLY:
        name = _CONTENT_TYPE.get(protocol)
        system.pipe_file(path, content, **({name: _content_type(path)} if name else {}))
        return
    parent, _, name = path.rpartition("/")
    system.makedirs(parent, exist_ok=True)
    beside = f"{parent}/.reportgen-{uuid4().hex[:16]}"
    try:
        system.pipe_file(beside, content)
        system.mv(beside, path)
    except BaseException:
        if system.exists(beside):
            system.rm_file(beside)
        raise


def _content_type(path: str) -> str:
    """Return the media type of a file by its suffix; texts are UTF-8."""
    kind = _TYPES.guess_type(path)[0] or _UNKNOWN_TYPE
    is_text = kind.startswith("text/") or kind in {"application/json", "application/xml"}
    return f"{kind}; charset=utf-8" if is_text else kind
