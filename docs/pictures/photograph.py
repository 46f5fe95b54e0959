"""
Photograph the top of the report for the README: the page of `roster plan scenarios/city_tertiary.yaml --out`.

From a checkout with the program and Chromium installed: `python docs/pictures/photograph.py`. The rota may come out
another one each time; the headcount and its proof may not.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.language import speaking
from roster.output.examined_roster import examine
from roster.output.html.plan import plan_page
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load

ROOT = Path(__file__).parents[2]
SCENARIO = "scenarios/city_tertiary.yaml"
WIDTH, HEIGHT = 1180, 1304
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def main() -> None:
    """Take the picture beside this file."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"no browser found: none of {', '.join(BROWSERS)}")
    with speaking("en"), tempfile.TemporaryDirectory() as folder:
        problem = load(ROOT / SCENARIO)
        outcome = plan_headcount(problem, SolveOptions())
        assert outcome.plan is not None, outcome.reason
        page = Path(folder) / "report.html"
        page.write_text(plan_page(problem, outcome, examine(problem, outcome.plan.roster)), encoding="utf-8")
        picture = ROOT / "docs" / "pictures" / "report.png"
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
        size = f"--window-size={WIDTH},{HEIGHT}"
        shot = f"--screenshot={picture}"
        subprocess.run([browser, *options, size, shot, page.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main()
