"""Where there is a browser that the tests can drive: Chromium, Chrome or Edge.

Standard library only, since `run.py` and `.ci/run` ask here too, before anything is installed.
"""

import os
import shutil
import sys

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
PLACES = tuple(
    f"{folder}/{name}.app/Contents/MacOS/{name}"
    for name in ("Google Chrome", "Chromium", "Microsoft Edge")
    for folder in ("/Applications", "~/Applications")
) + tuple(
    rf"%{folder}%\{name}"
    for name in (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
    for folder in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
)


def find_browser() -> str | None:
    """Return the path of a browser, or None; the variable DIFANG_BROWSER, if set, decides alone."""
    chosen = os.environ.get("DIFANG_BROWSER")
    if chosen:
        return shutil.which(chosen)
    places = (os.path.expanduser(os.path.expandvars(place)) for place in PLACES)
    return next(filter(None, map(shutil.which, (*NAMES, *places))), None)


if __name__ == "__main__":
    browser = find_browser()
    print(browser or "no Chromium, Chrome or Edge found")
    sys.exit(browser is None)
