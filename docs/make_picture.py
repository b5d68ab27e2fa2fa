"""Make docs/report.png: the report of the fine-tune example as Chromium shows it.

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
OPTIONS = reportgen.Options(
    title="Fine-tune: learning rate and LoRA rank",
    baseline="lr3e-3_lora4",
    metric=("eval/loss",),
    check=("best eval/loss <= baseline + 5%",),
)


def main():
    """Train, report, take the picture, and keep it small."""
    with tempfile.TemporaryDirectory() as folder:
        logdir, page, picture = (Path(folder, name) for name in ("runs", "r.html", "r.png"))
        subprocess.run(
            [sys.executable, DOCS.parent / "examples" / "finetune.py", logdir], check=True
        )
        reportgen.generate([logdir], [page], OPTIONS)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            shown = browser.new_page(viewport={"width": 1280, "height": 1000})
            shown.goto(page.as_uri())
            shown.locator(".tools").first.wait_for()  # the script is done
            shown.screenshot(path=picture)
            browser.close()
        Image.open(picture).convert("RGB").quantize(200).save(DOCS / "report.png", optimize=True)


if __name__ == "__main__":
    main()
