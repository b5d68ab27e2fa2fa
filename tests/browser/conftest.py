"""The page in a real browser: a report made once, and opened in many ways."""

import io
import subprocess
import sys
import wave
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_lowercase

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page
from tensorboardX import SummaryWriter
from tensorboardX.proto.summary_pb2 import Summary

from reportgen import generate
from reportgen.frames import sketched_reading
from reportgen.options import Options

ROOT = Path(__file__).parents[2]


@dataclass
class Visit:
    """A page that was opened, and what the browser said and asked for meanwhile."""

    page: Page
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def listen(self):
        """Keeps what the browser says and asks for from now on; answers dialogs."""
        for event, listener in self._listeners():
            self.page.on(event, listener)

    def leave(self):
        """Leaves the page as a new one would be: empty, with nothing stored or listening."""
        self.page.evaluate("localStorage.clear()")
        self.page.goto("about:blank")
        self.page.mouse.move(0, 0)
        self.page.emulate_media(media="null")
        for event, listener in self._listeners():
            self.page.remove_listener(event, listener)

    def _listeners(self):
        return (
            ("console", self._on_console),
            ("pageerror", self._on_error),
            ("dialog", self._on_dialog),
            ("request", self._on_request),
        )

    def _on_console(self, message):
        self.messages.append(message.text)

    def _on_error(self, error):
        self.messages.append(str(error))

    def _on_dialog(self, dialog):
        self.messages.append(dialog.message)
        dialog.dismiss()

    def _on_request(self, request):
        self.requests.append(request.url)


@pytest.fixture(scope="session")
def iris_logs(tmp_path_factory):
    """Logs of the iris example, made once a worker in a folder of its own."""
    logs = tmp_path_factory.mktemp("logs") / "iris"
    subprocess.run(
        [sys.executable, ROOT / "examples" / "iris.py", logs], check=True, capture_output=True
    )
    return logs


@pytest.fixture(scope="session")
def iris(iris_logs):
    """The report of the iris example as one file."""
    path = iris_logs.parent / "report.html"
    generate([iris_logs], [path], Options(smooth="tb:0.6"))
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A report of pictures at several steps, logged under names that try to break out."""
    folder = tmp_path_factory.mktemp("hostile")
    with SummaryWriter(str(folder / "logs" / "<b onclick=alert(1)>")) as writer:
        for step in range(0, 50, 10):
            shade = np.full((3, 8, 12), step * 5, np.uint8)
            writer.add_image("digits", shade, step)
            writer.add_scalar("</script><script>alert(1)</script>/loss", 1 / (step + 1), step)
            writer.add_scalar(
                "one/loss", float("nan") if step == 20 else 1000 / (step + 1) ** 3, step
            )
        writer.add_text(
            "note",
            "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1))\n\n"
            f"| a | b |\n|---|---|\n| 1 | {'x' * 500} |\n\n    {'y' * 500}",
        )
    path = folder / "report.html"
    generate([folder / "logs"], [path])
    return path


@pytest.fixture(scope="session")
def shots(tmp_path_factory):
    """A report of pictures of three runs at four steps, one of them without the second; a film."""
    folder = tmp_path_factory.mktemp("shots")
    for run in range(3):
        with SummaryWriter(str(folder / "logs" / f"run {run}")) as writer:
            for step in (0, 1000, 2000, 3000):
                shade = np.full((3, 32, 48), 60 * run + step // 50, np.uint8)
                if step != 1000 or run != 1:
                    writer.add_image("samples", shade, step)
            writer.add_scalar("loss", 1, 0)
            writer.file_writer.add_summary(Summary(value=[film()]))
    path = folder / "report.html"
    generate([folder / "logs"], [path])
    return path


def film():
    """Two frames, black and white, for a tenth of a second each."""
    stream = io.BytesIO()
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 255)]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)
    shown = Summary.Image(height=20, width=20, encoded_image_string=stream.getvalue())
    return Summary.Value(tag="film", image=shown)


@pytest.fixture(scope="session")
def sounds(tmp_path_factory):
    """A report of half a second of a tone, logged twice."""
    folder = tmp_path_factory.mktemp("sounds")
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes((np.sin(np.arange(4000) / 9) * 30_000).astype("<i2").tobytes())
    sound = Summary.Audio(sample_rate=8000, num_channels=1, encoded_audio_string=stream.getvalue())
    with SummaryWriter(str(folder / "logs" / "run")) as writer:
        for step in (0, 10):
            value = Summary.Value(tag="voice", audio=sound)
            writer.file_writer.add_summary(Summary(value=[value]), step)
    path = folder / "report.html"
    generate([folder / "logs"], [path])
    return path


@pytest.fixture(scope="session")
def over(tmp_path_factory):
    """Reports of one loss, with an outlier and a NaN, over each kind of x axis, by its name."""
    folder = tmp_path_factory.mktemp("axes")
    for run in ("a", "b"):
        with SummaryWriter(str(folder / "logs" / run)) as writer:
            for step in range(0, 400, 2):
                value = {300: float("nan"), 200: 1e6}.get(step, 2 + np.sin(step / 20))
                writer.add_scalar("loss", value, step, walltime=1.7e9 + 0.3 * step)
                writer.add_scalar("epoch", step / 100, step, walltime=1.7e9 + 0.3 * step)
    kinds = {name: Options(x=name) for name in ("step", "epoch", "time", "wall")}
    kinds["log"] = Options(log_x=True)
    for name, options in kinds.items():
        generate([folder / "logs"], [folder / f"{name}.html"], options)
    return {name: folder / f"{name}.html" for name in kinds}


@pytest.fixture(scope="session")
def noisy(tmp_path_factory):
    """Values of noise of 1 about a slope, more than are drawn, and reports of them by name.

    One is of all of them, one of what is held of a large log, one smoothed in a way of its own.
    """
    folder = tmp_path_factory.mktemp("noisy")
    values = np.random.default_rng(3).normal(np.linspace(2, -2, 6000), 1)
    with SummaryWriter(str(folder / "logs" / "run")) as writer:
        for place, value in enumerate(values):
            writer.add_scalar("loss", value, 5 * place)
    generate([folder / "logs"], [folder / "all.html"], Options(smooth="tb:0.6"))
    generate([folder / "logs"], [folder / "own.html"], Options(smooth="window:20"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sketched_reading, "LARGE", 0)
        generate([folder / "logs"], [folder / "few.html"], Options(smooth="tb:0.6"))
    return values.astype("f4").astype(float), {
        name: folder / f"{name}.html" for name in ("all", "own", "few")
    }


@pytest.fixture(scope="session")
def runs(tmp_path_factory):
    """Reports of three runs and of fifty, with long names, by how many."""
    folder = tmp_path_factory.mktemp("runs")
    for count in (3, 50):
        for run in range(count):
            name = f"experiment_2026-11-24_resnet50_lr0.1_wd0.0001_bs256_augment_seed{run}"
            with SummaryWriter(str(folder / str(count) / name)) as writer:
                for step in range(12):
                    noise = (step * 7919 + run) % 10 / 500
                    writer.add_scalar("val/loss", 2 / (step + 1) + noise, step, 1.7e9 + step)
                    writer.add_scalar(
                        "val/accuracy", 1 - 1 / (step + 2) - noise, step, 1.7e9 + step
                    )
        generate([folder / str(count)], [folder / f"{count}.html"])
    return {count: folder / f"{count}.html" for count in (3, 50)}


@pytest.fixture(scope="session")
def judged(runs):
    """Reports of the three runs with a baseline and checks: "failed" in many, or "passed"."""
    folder = runs[3].parent
    checks = {
        "failed": ("val/accuracy > 0.95", "last val/loss < 0.1", "val/loss < baseline - 5%"),
        "passed": ("val/accuracy > 0.5", "last val/loss < 9", "val/loss < baseline + 90%"),
    }
    pages = {name: folder / f"{name}.html" for name in checks}
    for name, page in pages.items():
        generate([folder / "3"], [page], Options(baseline="*seed1", check=checks[name]))
    return pages


@pytest.fixture(scope="session")
def trials(tmp_path_factory):
    """Reports of three runs and of fifty that are no seeds of one group, by how many."""
    folder = tmp_path_factory.mktemp("trials")
    for count in (3, 50):
        for run in range(count):
            name = f"experiment_2026-11-24_resnet50_lr0.1_wd0.0001_bs256_augment_trial{run}"
            with SummaryWriter(str(folder / str(count) / name)) as writer:
                for step in range(12):
                    noise = (step * 7919 + run) % 10 / 500
                    writer.add_scalar("val/loss", 2 / (step + 1) + noise, step, 1.7e9 + step)
                    writer.add_scalar(
                        "val/accuracy", 1 - 1 / (step + 2) - noise, step, 1.7e9 + step
                    )
        generate([folder / str(count)], [folder / f"{count}.html"])
    return {count: folder / f"{count}.html" for count in (3, 50)}


def letters(place):
    """Two letters for a number below 100, as numbers in tags would make a family of them."""
    return ascii_lowercase[place // 10] + ascii_lowercase[place % 10]


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """A report of 80 charts, the last of which give way; their tags are no family."""
    folder = tmp_path_factory.mktemp("large")
    with SummaryWriter(str(folder / "logs")) as writer:
        for place in range(80):
            tag = f"group{place // 40}/tag_{letters(place)}"
            for step in range(100):
                writer.add_scalar(tag, (step * 7919 * (place + 1)) % 1000, step)
    path = folder / "report.html"
    generate([folder / "logs"], [path], Options(max_size="450KB"))
    return path


@pytest.fixture(scope="session")
def families(tmp_path_factory):
    """A report of 80 tags in families: by an index, and by the name of a task."""
    folder = tmp_path_factory.mktemp("families")
    with SummaryWriter(str(folder / "logs")) as writer:
        for place in range(40):
            for step in range(20):
                writer.add_scalar(f"layers/{place}/norm", 1 + place + step / 9, step)
                writer.add_scalar(
                    f"eval/task_{letters(place)}/accuracy", 1 - 1 / (place + step + 2), step
                )
    path = folder / "report.html"
    generate([folder / "logs"], [path])
    return path


@pytest.fixture(scope="session")
def spare_pages():
    """Pages that wait for their next test, by whether they run scripts; a new one takes long."""
    return {True: [], False: []}


@pytest.fixture
def visit(browser, iris, spare_pages):
    """Opens a page as in a browser of its own; a context's options open one indeed."""
    visits = []
    contexts = []

    def open_page(where=None, *, width=1280, height=800, scheme="light", script=True, **context):
        size = {"width": width, "height": height}
        if context:
            contexts.append(
                browser.new_context(viewport=size, java_script_enabled=script, **context)
            )
            page = contexts[-1].new_page()
        elif spare_pages[script]:
            page = spare_pages[script].pop()
        else:
            page = browser.new_context(java_script_enabled=script).new_page()
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        page.set_default_timeout(30_000)
        visited = Visit(page)
        visited.listen()
        page.goto(where or iris.as_uri())
        if not context:
            visits.append((visited, script))
        return visited

    yield open_page
    for made in contexts:
        made.close()
    for visited, script in visits:
        visited.leave()
        spare_pages[script].append(visited.page)
