"""Take the pictures of the gallery: the charts of the demo's report as a browser shows them.

Needs Debian's chromium and the demo. ``make gallery`` calls it.
"""

import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, sync_playwright

from reports.gallery import FIRST_SCREEN, pictures

FOLDER: Final = Path(__file__).parent
CHROMIUM: Final = "/usr/bin/chromium"
_WIDTH, _HEIGHT = 1180, 860
_PATIENCE: Final = 300_000
"""Milliseconds for whatever the browser is asked, on however busy a machine."""
#: What goes on for long is cut off: its beginning tells what it is.
_FRAME: Final = "{maxHeight: '700px', overflow: 'hidden', padding: '16px'}"


def take(report: Path) -> None:
    """Take all pictures of a report, with its drawings as they are without scripts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": _WIDTH, "height": _HEIGHT}, java_script_enabled=False
        )
        page.set_default_timeout(_PATIENCE)
        page.goto(report.absolute().as_uri())
        page.screenshot(path=FOLDER / FIRST_SCREEN)
        for picture in pictures():
            _take(page.locator(picture.selector).first, FOLDER / picture.file)
        browser.close()


def _take(part: Locator, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    part.evaluate(f"part => Object.assign(part.style, {_FRAME})")
    part.screenshot(path=target)


if __name__ == "__main__":
    take(Path(sys.argv[1]))
