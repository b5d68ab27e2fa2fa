"""The report as a folder, behind a server with Jenkins' default policy."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reportgen import generate
from reportgen.errors import OutputError

pytestmark = pytest.mark.slow  # whole commands, one after the other

POLICY = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self'"


class Strict(SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture(scope="module")
def folder(iris_logs, hostile, sounds):
    """Bundles of the iris example, of pictures and of sounds, beside one another."""
    top = iris_logs.parent / "bundles"
    generate([iris_logs], [f"bundle:{top / 'iris'}"])
    generate([hostile.parent / "logs"], [f"bundle:{top / 'pictures'}"])
    generate([sounds.parent / "logs"], [f"bundle:{top / 'sounds'}"])
    return top


@pytest.fixture(scope="module")
def address(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("name", ["iris", "pictures"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_folder_is_whole_under_jenkins_policy(visit, address, name, scheme, width):
    visited = visit(f"{address}/{name}/", scheme=scheme, width=width)
    page = visited.page
    page.wait_for_load_state("networkidle")
    assert visited.messages == []
    assert all(url.startswith(address) for url in visited.requests)
    sizes = page.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert len(sizes) >= 5
    assert min(sizes) > 0
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 23, 26)"}[scheme]
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_sound_lies_beside_the_page_where_no_player_is_allowed(visit, address, folder):
    visited = visit(f"{address}/sounds/")
    page = visited.page
    assert page.locator("audio").count() == 0
    links = page.locator("figure a[download]")
    names = links.evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(names) == 2
    for name in names:
        assert (folder / "sounds" / name).read_bytes()[:4] == b"RIFF"
    assert "no player" in page.locator("figure").first.inner_text()
    assert visited.messages == []


def test_figures_are_drawn_for_dark_ground(visit, address):
    page = visit(f"{address}/iris/", scheme="dark").page
    pictures = page.locator("picture img").evaluate_all("all => all.map(one => one.currentSrc)")
    assert all(picture.endswith(".dark.svg") for picture in pictures)


def test_the_folder_holds_one_page_one_style_and_figures(folder):
    names = sorted(path.name for path in (folder / "iris").iterdir())
    assert {"index.html", "report.css", "curves-loss.svg", "curves-loss.dark.svg"} <= set(names)
    assert {name.rpartition(".")[2] for name in names} == {"html", "css", "svg"}
    text = (folder / "iris" / "index.html").read_text()
    assert "<script" not in text
    assert "style=" not in text


def test_a_bundle_replaces_a_bundle_and_nothing_else(iris_logs, tmp_path):
    where = tmp_path / "bundle"
    generate([iris_logs], [f"bundle:{where}"])
    (where / "old.svg").write_text("")
    generate([iris_logs], [f"bundle:{where}"])
    assert not (where / "old.svg").exists()
    (where / "thesis.tex").write_text("")
    with pytest.raises(OutputError, match="holds other files"):
        generate([iris_logs], [f"bundle:{where}"])
    assert (where / "thesis.tex").exists()
