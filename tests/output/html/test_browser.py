"""
The page in a real browser: every scenario in both languages, wide and narrow, in one headless run.

Skipped where no browser is installed; `test_html.py` reads the same pages without one.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from roster.language import LANGUAGES, speaking
from roster.output.html.frontier import frontier_page
from roster.output.html.plan import roster_page
from roster.output.html.resilience import resilience_page
from roster.output.html.size import size_page
from roster.output.html.what_if import what_if_page
from roster.questions.resilience.cases import Outcome as Survival
from roster.rosters.rows import write_roster
from tests.output import sample
from tests.output.html.test_pages import chained, choices, hostile, page, repaired, tried, uncovered
from tests.output.html.test_size import sized
from tests.output.pages import SCENARIOS, made_up

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def works(path: str) -> bool:
    """Whether a program answers at all: some systems have a browser in name only."""
    try:
        return (
            subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


BROWSER = next((found for name in BROWSERS if (found := shutil.which(name)) and works(found)), "")

pytestmark = pytest.mark.skipif(not BROWSER, reason=f"no browser found: none of {', '.join(BROWSERS)}")

WIDTHS = (1280, 390)

FRAME = """<!DOCTYPE html><meta charset="utf-8"><pre id="found">nothing</pre><script>
const found = [];
async function look(file, width) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${width}px;height:900px;border:0`;
  frame.src = file;
  document.body.append(frame);
  await new Promise((resolve) => { frame.onload = resolve; });
  const page = frame.contentDocument, root = page.documentElement;
  const cells = [...page.querySelectorAll("#rota tbody td")];
  const seen = {
    file, width, wide: root.scrollWidth,
    figure: page.querySelector("#figure")?.value,
    duties: cells.filter((cell) => !cell.matches(".off, .leave")).length,
    requests: frame.contentWindow.performance.getEntriesByType("resource").length,
    before: page.querySelector(".holder b")?.textContent,
  };
  const day = page.querySelector("#moment-day"), hour = page.querySelector("#moment-hour");
  if (day) {
    day.value = day.min;
    hour.value = 34;
    hour.dispatchEvent(new Event("input"));
    seen.shown = page.querySelector("#moment-shown").textContent;
    seen.after = [...page.querySelectorAll(".holder b")].map((name) => name.textContent);
    seen.controls = !page.querySelector(".controls").hidden;
    seen.wide = Math.max(seen.wide, root.scrollWidth);
  }
  found.push(seen);
  frame.remove();
}
(async () => {
  for (const file of FILES) for (const width of WIDTHS) await look(file, width);
  document.getElementById("found").textContent = JSON.stringify(found);
})();
</script>"""

Seen = dict[str, object]


def look_at(folder: Path) -> tuple[list[Seen], str]:
    """Open every page of a folder in the browser; return what was seen, and what its console said."""
    files = sorted(file.name for file in folder.glob("*.html"))
    frame = folder / "frame.htm"
    text = FRAME.replace("FILES", json.dumps(files)).replace("WIDTHS", json.dumps(WIDTHS))
    frame.write_text(text, encoding="utf-8")
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
        "--enable-logging=stderr",
        "--virtual-time-budget=120000",
        "--window-size=1400,1000",
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
    )
    done = subprocess.run(
        [BROWSER, *options, frame.as_uri()], capture_output=True, encoding="utf-8", timeout=240, check=False
    )
    match = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert match, done.stderr[-2000:]
    assert match[1] != "nothing", done.stderr[-2000:]
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    return json.loads(html.unescape(match[1])), console


PROFILES = ("county", "secondary")
"""With a lead time: of nobody who is there, and of some who are."""


def drawn(folder: Path) -> None:
    """Write every scenario's page, one of every other kind, that of the sample, and that of hostile text."""
    problem = chained(sample.problem())
    for language in LANGUAGES:
        pages = {path.stem: made_up(path, language).page for path in SCENARIOS}
        with speaking(language):
            pages |= {
                "roster": roster_page(problem, sample.roster(problem)),
                "what-if": what_if_page(repaired()),
                "what-if-no": what_if_page(*uncovered()),
                "resilience": resilience_page(tried({("OPS-2", 2): Survival.BREAKS})),
                "frontier": frontier_page(choices()),
            }
            pages |= {f"size-{name}": size_page(sized(name, language)) for name in PROFILES}
        for name, text in pages.items():
            (folder / f"{name}.{language}.html").write_text(text, encoding="utf-8")
    (folder / "sample.html").write_text(page(problem, sample.outcome(problem)), encoding="utf-8")
    (folder / "hostile.html").write_text(page(*hostile()), encoding="utf-8")
    write_roster(problem, sample.roster(problem), folder / "roster.csv")


MOST_SHEETS = 8
"""Sheets that the sample takes at most, its limits with sources included: no sheet is nearly empty."""

KINDS = 5 + len(PROFILES)
"""Pages of the other kinds."""


def test_pages_open_run_fit_and_show_the_roster(tmp_path: Path) -> None:
    # One test, because starting the browser costs more than all the pages.
    drawn(tmp_path)
    looked, console = look_at(tmp_path)
    assert console == ""
    assert len(looked) == len(WIDTHS) * (len(LANGUAGES) * (len(SCENARIOS) + KINDS) + 2)
    assert [each for each in looked if each["requests"]] == []
    assert [each for each in looked if each["wide"] != each["width"]] == []
    by_file: dict[str, list[Seen]] = {}
    for each in looked:
        by_file.setdefault(str(each["file"]).removesuffix(".html"), []).append(each)
    for path in SCENARIOS:
        for language in LANGUAGES:
            made = made_up(path, language)
            for each in by_file[f"{path.stem}.{language}"]:
                assert (each["figure"], each["duties"]) == (str(made.in_house), made.duties), each
    rows = (tmp_path / "roster.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    days = {tuple(row.split(",")[part] for part in (0, 2)) for row in rows if ",seat," not in row}
    for each in by_file["sample"]:
        assert (each["figure"], each["duties"]) == ("8", len(days))
        assert (each["controls"], each["shown"]) == (True, "2027-02-01 17:00")
        assert (each["before"], each["after"]) == ("OPS-4", ["OPS-2", "APP-1"])


def test_pages_print_on_whole_landscape_sheets(tmp_path: Path) -> None:
    problem = chained(sample.problem())
    page_file, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page_file.write_text(page(problem, sample.outcome(problem)), encoding="utf-8")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    subprocess.run(
        [BROWSER, *options, profile, f"--print-to-pdf={printed}", page_file.as_uri()],
        capture_output=True,
        timeout=240,
        check=True,
    )
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed.read_bytes())
    assert 1 <= len(sheets) <= MOST_SHEETS
    assert all(float(width) > float(height) for width, height in sheets)


SHEET = (1032, 703)
"""A landscape sheet of A4 within its margins, in pixels."""


def test_paper_begins_with_the_rota_and_a_phone_folds_long_tables(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    problem, file = chained(sample.problem()), tmp_path / "page.html"
    file.write_text(page(problem, sample.outcome(problem)), encoding="utf-8")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        paper = browser.new_page(viewport={"width": SHEET[0], "height": SHEET[1]})
        paper.emulate_media(media="print")
        paper.goto(file.as_uri())
        assert paper.evaluate("document.querySelector('#rota').getBoundingClientRect().bottom") <= SHEET[1]
        for width in WIDTHS:
            shown = browser.new_page(viewport={"width": width, "height": 900})
            shown.goto(file.as_uri())
            folds = shown.evaluate("[...document.querySelectorAll('details.fold')].map((one) => one.open)")
            assert set(folds) == {width > 720}
            assert len(folds) >= 3
        browser.close()
