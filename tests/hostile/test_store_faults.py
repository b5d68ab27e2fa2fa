"""An object store or mail server that fails: outputs stay old or are whole, and a line tells it."""

import http.server
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from hostile.framing import value_event, write_log

pytestmark = pytest.mark.slow  # whole commands, which try again

ROOT = Path(__file__).parents[2]
KEY = "runs/events.out.tfevents.1.host"
LISTING = (
    '<?xml version="1.0"?><ListBucketResult><Name>b</Name><Prefix>runs</Prefix>'
    f"<KeyCount>1</KeyCount><IsTruncated>false</IsTruncated><Contents><Key>{KEY}</Key><Size>9</Size><ETag>x</ETag>"
    "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>"
)
# Short waits, so that the test need not take the minutes that the driver allows.
CONFIG = {"config_kwargs": {"read_timeout": 0.3, "retries": {"max_attempts": 0}}}


@pytest.fixture
def store():
    """Starts a store that fails in a way; returns its address."""
    ended = threading.Event()
    servers = []

    def start(fault):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if fault == "stall":
                    ended.wait()
                lists = "list-type" in self.path and fault == "500 for objects"
                body = LISTING.encode() if lists else b""
                self.send_response(200 if lists else 500)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(body)

            do_HEAD = do_PUT = do_GET  # noqa: N815  # as the base has it

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    ended.set()
    for server in servers:
        server.shutdown()
        server.server_close()


def called(folder, *words, **variables):
    (folder / "temporary").mkdir(exist_ok=True)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "temporary")}
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, words)],
        env=environment | variables,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("fault", ["500", "stall", "500 for objects"])
def test_a_store_that_fails_is_one_line_and_outputs_stay_old(store, tmp_path, fault):
    (tmp_path / "x.html").write_text("old")
    done = called(
        tmp_path,
        *("s3://b/runs", "-o", "x.html"),
        AWS_ACCESS_KEY_ID="testing",
        AWS_SECRET_ACCESS_KEY="testing",  # noqa: S106  # nobody asks for it
        AWS_DEFAULT_REGION="us-east-1",
        AWS_ENDPOINT_URL=store(fault),
        FSSPEC_S3=json.dumps(CONFIG),
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("reportgen: s3://b/runs: cannot be read (")
    assert (tmp_path / "x.html").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["temporary", "x.html"]
    assert not list((tmp_path / "temporary").iterdir())


def test_a_mail_server_that_drops_is_one_line_and_the_outputs_are_written(tmp_path):
    logs = write_log(tmp_path / "logs", [value_event(tag="loss", simple_value=1.0)])
    listener = socket.create_server(("127.0.0.1", 0))

    def drop():
        connection, _ = listener.accept()
        connection.sendall(b"220 here\r\n")
        connection.recv(100)
        connection.close()

    thread = threading.Thread(target=drop)
    thread.start()
    server = f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    words = ["--smtp", server, "--send-from", "a@b.example", "--send-to", "c@d.example"]
    done = called(tmp_path, logs, "-o", "x.eml", "-o", "x.html", *words)
    thread.join()
    listener.close()
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "x.eml" in line
    assert "not sent" in line
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("logs", "temporary", "x.eml", "x.html")
    ]
