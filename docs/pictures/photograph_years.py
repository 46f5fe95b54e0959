"""
Photograph the top of the page of `roster simulate` for the README: 100 years of a tertiary hospital.

From a checkout with the program and Chromium installed: `python docs/pictures/photograph_years.py`. The rota may come
out another one each time, and the hours with it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCENARIO = "scenarios/city_tertiary.yaml"
YEARS = "100"
WIDTH, HEIGHT = 1180, 1010
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def main() -> None:
    """Take the picture beside this file."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"no browser found: none of {', '.join(BROWSERS)}")
    with tempfile.TemporaryDirectory() as folder:
        roster = [sys.executable, "-m", "roster", "--lang", "en"]
        subprocess.run([*roster, "plan", SCENARIO, "--quiet", "--out", folder], cwd=ROOT, check=True)
        ask = ["simulate", SCENARIO, f"{folder}/roster.csv", "--years", YEARS, "--quiet", "--out", folder]
        subprocess.run([*roster, *ask], cwd=ROOT, check=True)
        picture = ROOT / "docs" / "pictures" / "years.png"
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
        size = f"--window-size={WIDTH},{HEIGHT}"
        shot = f"--screenshot={picture}"
        page = (Path(folder) / "report.html").as_uri()
        subprocess.run([browser, *options, size, shot, page], check=True, capture_output=True)


if __name__ == "__main__":
    main()
