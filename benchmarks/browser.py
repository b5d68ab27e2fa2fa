"""A page of 1,000 charts in a browser: how long it takes to open, and how it scrolls.

    pip install -e '.[test]' -r benchmarks/requirements.txt
    python benchmarks/browser.py

Needs Debian's `chromium`. A long task takes the page's thread for more than 50 ms; what is counted
is a processor's time, as other work on the machine makes any task long by the clock.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import inputs
from playwright.sync_api import Browser, sync_playwright

CHARTS, RUNS, POINTS = 1_000, 4, 1_000
LONG = 50  # milliseconds
PACES = {"read": 60, "fast": 1_500}  # pixels a frame; at 60 frames a second a screen in 1/4 s
SCROLL = """async (pace) => {
  const end = performance.now() + 10_000;
  while (scrollY + innerHeight < document.documentElement.scrollHeight - 2) {
    if (performance.now() > end) break;
    scrollBy(0, pace);
    await new Promise(requestAnimationFrame);
  }
}"""


def logs(folder: Path) -> None:
    """Each run with a scalar a tag at each step."""
    names = [f"{('train', 'val')[i % 2]}/group{i // 50}/metric_{i}" for i in range(CHARTS)]
    for run in range(RUNS):
        inputs.scalars(folder / f"run_{run}", POINTS * CHARTS, names, seed=run)


def opened(browser: Browser, path: Path) -> tuple[float, dict[str, list[float]]]:
    """Seconds until the page has loaded, and milliseconds of the longest tasks at each pace."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    taken = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd / 1000")
    page.wait_for_timeout(500)
    result = {}
    for name, pace in PACES.items():
        page.evaluate("scrollTo(0, 0)")
        browser.start_tracing(page=page, categories=["devtools.timeline", "toplevel"])
        page.evaluate(SCROLL, pace)
        result[name] = tasks(json.loads(browser.stop_tracing())["traceEvents"])
    page.close()
    return taken, result


def tasks(events: list[dict]) -> list[float]:
    """Milliseconds of a processor that each task of the thread that lays out the page took."""
    threads = Counter((event["pid"], event["tid"]) for event in events if event["name"] == "Layout")
    main = threads.most_common(1)[0][0]
    return [
        event.get("tdur", 0) / 1000
        for event in events
        if (event["pid"], event["tid"]) == main and event["name"].endswith("RunTask")
    ]


def main() -> None:
    """Measure and print a table of Markdown."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--repeat", type=int, default=3)
    repeat = arguments.parse_args().repeat
    print("| page | size | opened, wanted: 2 s | long tasks, reading | long tasks, fast |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        logs(Path(folder, "logs"))
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for size in ("5MB", "off"):
            path = Path(folder, f"{size}.html")
            command = [sys.executable, "-m", "reportgen", f"{folder}/logs", "-o", str(path)]
            subprocess.run([*command, "--max-size", size], check=True, stdout=subprocess.DEVNULL)
            seconds, result = zip(*(opened(browser, path) for _ in range(repeat)), strict=True)
            cells = [
                f"{sum(task > LONG for item in result for task in item[name])}, "
                f"the longest {max(max(item[name]) for item in result):.0f} ms"
                for name in PACES
            ]
            print(
                f"| `--max-size {size}` | {path.stat().st_size / 1e6:.1f} MB | "
                f"{statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f}) | "
                f"{' | '.join(cells)} |"
            )


if __name__ == "__main__":
    main()
