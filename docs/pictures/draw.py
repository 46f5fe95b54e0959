"""
Draw the README's picture and sample: what a terminal shows of `roster plan scenarios/city_tertiary.yaml`.

From a checkout with the program installed: `python docs/pictures/draw.py`. The rota may come out another one each
time; the headcount and its proof, which are the sample, may not.
"""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

from rich.cells import cell_len
from rich.terminal_theme import MONOKAI
from rich.text import Text

from roster.domain.outcome import Outcome, SolveOptions
from roster.domain.problem import Problem
from roster.language import speaking
from roster.output.examined_roster import examine
from roster.output.terminal.console import PIPE_WIDTH, report_console
from roster.output.terminal.parts.answer import answer_section, staff_section
from roster.output.terminal.parts.rotation import rotation_section
from roster.output.terminal.plan import calendar_section
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load

ROOT = Path(__file__).parents[2]
SCENARIO = "scenarios/city_tertiary.yaml"
COLUMN = 12.2
"""Width of a column in rich's pictures."""

# Without the web fonts of rich's own page: a picture in a repository fetches nothing.
FORMAT = """\
<svg class="terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", "Noto Sans CJK SC", "Microsoft YaHei",
    "PingFang SC", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture(problem: Problem, outcome: Outcome) -> str:
    """Return the answer, the people, the rotations and the calendar as an SVG."""
    assert outcome.plan is not None, outcome.reason
    examined = examine(problem, outcome.plan.roster)
    console = report_console(
        io.StringIO(), record=True, force_terminal=True, color_system="truecolor", width=104
    )
    console.print(
        Text(f"$ roster plan {SCENARIO}\n", "bold"),
        answer_section(problem, outcome),
        staff_section(problem, examined.scores),
        rotation_section(problem, outcome.plan.rotations),
        calendar_section(examined),
        sep="\n",
    )
    drawn = console.export_svg(title="roster", theme=MONOKAI, code_format=FORMAT, unique_id="roster")
    drawn = re.sub(r'(<text [^>]*textLength=")[^"]*("[^>]*>)([^<]*)</text>', widened, drawn)
    lines = (line.rstrip() for line in drawn.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def sample(problem: Problem, outcome: Outcome) -> str:
    """Return the answer as it goes into a pipe."""
    text = io.StringIO()
    report_console(text, width=PIPE_WIDTH).show([answer_section(problem, outcome)])
    return text.getvalue()


def widened(match: re.Match[str]) -> str:
    """Return a piece of text as wide as its columns: rich counts a Chinese character as one, and it takes two."""
    width = COLUMN * cell_len(html.unescape(match[3]).replace("\N{NO-BREAK SPACE}", " "))
    return f"{match[1]}{width:g}{match[2]}{match[3]}</text>"


def main() -> None:
    """Draw the picture beside this file, and put the sample into the README."""
    problem = load(ROOT / SCENARIO)
    with speaking("en"):
        outcome = plan_headcount(problem, SolveOptions())
        drawn, answer = picture(problem, outcome), sample(problem, outcome)
    (ROOT / "docs" / "pictures" / "plan.svg").write_text(drawn, encoding="utf-8", newline="\n")
    page = ROOT / "README.md"
    before, after = page.read_text(encoding="utf-8").split("```text\n", 1)
    rest = after.split("```", 1)[1]
    page.write_text(f"{before}```text\n{answer}```{rest}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
