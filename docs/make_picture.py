"""Makes docs/report.png: the iris example's report as Chromium shows it.

Needs the test extra and Debian's chromium: python docs/make_picture.py
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import reportgen

DOCS = Path(__file__).parent


def main():
    """Train, report, take the picture, and keep it small."""
    with tempfile.TemporaryDirectory() as folder:
        logdir, page, picture = (Path(folder, name) for name in ("iris", "r.html", "r.png"))
        subprocess.run([sys.executable, DOCS.parent / "examples" / "iris.py", logdir], check=True)
        reportgen.generate([logdir], [page])
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            shown = browser.new_page(viewport={"width": 1280, "height": 1100})
            shown.goto(page.as_uri())
            shown.screenshot(path=picture)
            browser.close()
        Image.open(picture).convert("RGB").quantize(64).save(DOCS / "report.png", optimize=True)


if __name__ == "__main__":
    main()
