"""Where a baseline outside the logs is read from."""

import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from reportgen.analysis.verdicts.baseline_places import load_baseline
from reportgen.errors import InputError

CONTENT = json.dumps(
    {
        "runs": [{"run": "main"}],
        "scalars": [{"run": "main", "tag": "x", "tail": {"steps": [1], "values": [2.0]}}],
    }
).encode()


def no_logs(_path):
    raise AssertionError


def names(place, read_logs=no_logs):
    runs = load_baseline(str(place), read_logs)
    return [run.name for run in runs]


def test_a_file_is_read(tmp_path):
    path = tmp_path / "baseline.json"
    path.write_bytes(CONTENT)
    assert names(path) == ["main"]


def test_a_directory_is_read_as_logs(tmp_path):
    assert load_baseline(str(tmp_path), lambda path: [path]) == [str(tmp_path)]


def test_what_does_not_exist_is_no_place(tmp_path):
    assert load_baseline(str(tmp_path / "none.json"), no_logs) is None


def test_a_committed_file_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.json").write_bytes(CONTENT)
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], [*identity, "commit", "-qm", "a"]):
        subprocess.run(["git", *words], check=True)  # noqa: S607
    (tmp_path / "b.json").write_text("changed since")
    assert names("git:main:b.json") == ["main"]
    for place in ("git:main:none.json", "git:nowhere:b.json", "git:--help:x", "git:main"):
        with pytest.raises(InputError, match="--baseline git:"):
            load_baseline(place, no_logs)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/b.json" else 404)
        self.end_headers()
        self.wfile.write(CONTENT)

    def log_message(self, *_):
        pass


def test_a_url_is_fetched():
    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        assert names(f"{url}/b.json") == ["main"]
        with pytest.raises(InputError, match="cannot be fetched"):
            load_baseline(f"{url}/none.json", no_logs)
    finally:
        server.shutdown()
        server.server_close()
