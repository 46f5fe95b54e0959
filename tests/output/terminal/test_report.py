"""What a manager reads on screen."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from roster.domain.horizon import Horizon
from roster.domain.outcome import Outcome, Proof, ProofKind, Rotation, Status
from roster.domain.problem import DAILY, Ban, Days, Goal, Person, Problem
from roster.domain.rules import RULES
from roster.language import speaking
from roster.output.examined_roster import examine
from roster.output.terminal.check import print_check
from roster.output.terminal.console import report_console
from roster.output.terminal.parts.calendar import blocks
from roster.output.terminal.plan import print_plan
from roster.output.words.cover import days_in_words, post_covers
from roster.output.words.findings import rule_title, verdict
from roster.output.words.plan import headline, money, rung_name
from roster.output.words.text import one_line
from tests.output import sample


def drawn(problem: Problem, outcome: Outcome, width: int = 100, *, color: bool = False) -> str:
    out = io.StringIO()
    console = report_console(
        out, width=width, force_terminal=color, color_system="truecolor" if color else None
    )
    print_plan(console, problem, outcome, examine(problem, outcome.plan.roster) if outcome.plan else None)
    return out.getvalue()


def report(status: Status = Status.OPTIMAL) -> str:
    problem = sample.problem()
    return drawn(problem, sample.outcome(problem, status))


def test_the_answer_comes_first() -> None:
    lines = [line.strip() for line in report().splitlines() if line.strip()]
    assert lines[:3] == [
        "示例医院 Sample hospital",
        "8 people in-house, 1 vendor seat: the proven minimum.",
        "The desk needs 168 h a week; one person supplies 34.4 h: 5 people.",
    ]


def test_the_rotation_is_drawn_one_line_a_week() -> None:
    assert re.search(r"Mon\s+Tue\s+Wed\s+Thu\s+Fri\s+Sat\s+Sun", report())
    assert re.search(r"4\s+D\s+D\s+D\s+\.\s+N\s+N\s+N\s+48 h", report())
    assert re.search(r"1\s+Ds\s+Ds\s+Ds\s+Ds\s+Ds\s+w\s+w\s+40 h", report())


def test_the_legend_tells_work_from_standby_without_colour() -> None:
    assert re.search(r"At work .*D  日班 08:00-16:00", report())
    assert re.search(r"On call .*s 夜间待命 16:00-08:00", report())


def test_the_calendar_marks_holidays_and_worked_weekends_and_shows_repairs() -> None:
    lines = report().splitlines()
    days = next(line for line in lines if re.match(r"\s+1  2  3", line))
    marks = next(line for line in lines if re.match(r"\s+H  H", line))
    assert days[marks.index("H") :].startswith("5 ")
    assert marks.count("H") == 7
    assert marks.count("W") == 1
    assert "APP-1: D instead of off on Sat 2027-02-20; Saturday worked in exchange." in report()


def test_costs_are_counted_from_the_roster() -> None:
    assert re.search(r"Directing the vendors\s+1,200", report())
    assert re.search(r"Total\s+8\s+112,200", report())


def test_people_are_listed_with_their_limits() -> None:
    assert re.search(r"APP-1\s+40\.0\s+20\s+5\s+0\s+0\s+1\s+14", report())
    assert re.search(r"max 40\s+max 4\s+max 14", report())


def test_the_report_says_which_holidays_are_counted_where_one_was_worked() -> None:
    problem = sample.problem()
    for statutory in (frozenset({problem.dates.start}), frozenset()):
        dated = replace(problem, dates=replace(problem.dates, statutory=statutory))
        text = " ".join(drawn(dated, sample.outcome(dated)).split())
        assert ("statutory: public holidays with the highest pay" in text) is bool(statutory)


def test_the_report_says_what_it_rests_on() -> None:
    text = report()
    assert "State Council rules on working hours" in text
    assert "not legal advice" in text
    assert "Nobody swaps shifts" in text
    assert "CP-SAT 9.15.6755" in text


@pytest.mark.parametrize("width", [100, 80, 60])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_wider_than_the_paper(width: int, language: str) -> None:
    problem = sample.problem(
        ("欧阳小明同志", "Wolfeschlegelsteinhausenbergerdorff", "E", "D", "C", "B", "A", "Z")
    )
    with speaking(language):
        text = drawn(problem, sample.outcome(problem), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_fifteen_people_and_four_weeks_fit_one_block_of_a_hundred_columns() -> None:
    assert blocks(Horizon(28), 100 - 2 - 10 - 2, 3) == [range(28)]


def test_blocks_are_even_and_cover_every_day_once() -> None:
    for days in (7, 28, 35, 91):
        for room in (10, 40, 80, 120):
            found = blocks(Horizon(days), room, 3)
            assert [day for block in found for day in block] == list(range(days))
            assert max(map(len, found)) - min(map(len, found)) <= 7 * max(1, len(found) - 1)


def test_plain_text_has_no_escapes_and_a_terminal_has_colour() -> None:
    problem = sample.problem()
    outcome = sample.outcome(problem)
    plain = drawn(problem, outcome)
    assert "\x1b" not in plain
    assert [line for line in plain.splitlines() if line != line.rstrip()] == []
    assert "\x1b[" in drawn(problem, outcome, color=True)


def test_names_cannot_move_the_cursor_or_turn_the_line() -> None:
    problem = sample.problem(
        ("a\nb", "\x1b[31mred", "\u202eevil", "[bold]x[/bold]", "{0}", "שלום", "👩‍⚕️", "%s")
    )
    text = drawn(problem, sample.outcome(problem))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold]x[/bold]" in text
    assert "a b" in text
    assert one_line("a\r\x07b") == "a b"


def test_feasible_says_what_is_still_open() -> None:
    assert "fewer than 7 never can; 7 is open" in " ".join(report(Status.FEASIBLE).split())


def test_infeasible_gives_the_reason_and_no_rota() -> None:
    text = report(Status.INFEASIBLE)
    assert "Impossible" in text
    assert "Nobody may hold apps." in text
    assert "Rotation" not in text


def test_what_is_said_twice_is_printed_once() -> None:
    problem = sample.problem()
    outcome = sample.outcome(problem, Status.INFEASIBLE)
    outcome = replace(outcome, proof=Proof(ProofKind.RELAXATION, outcome.reason))
    text = drawn(problem, outcome)
    assert text.count(outcome.reason) == 1
    assert "no solution even in fractions" in text


def test_unknown_claims_only_the_bound() -> None:
    assert "fewer than 8 is proven impossible" in report(Status.UNKNOWN)
    assert "Impossible" not in report(Status.UNKNOWN)


def test_a_goal_of_cost_is_told_in_money() -> None:
    problem = replace(sample.problem(), goal=Goal.COST)
    outcome = replace(sample.outcome(problem), bound=112200)
    assert headline(problem, outcome).endswith("at CNY 112,200 a month: the proven lowest cost.")
    assert money(0, "EUR") == "EUR 0"
    # What stays empty has a price, which is in the number that is made least, and in the bound.
    empty = headline(problem, replace(outcome, value=112700, status=Status.FEASIBLE))
    assert "at CNY 112,700 a month; less than CNY 112,200" in empty
    assert empty.endswith("Of it CNY 500 is the price of hours that posts stay empty.")


def test_a_search_proof_names_its_confirmation() -> None:
    problem = sample.problem()
    outcome = replace(
        sample.outcome(problem), proof=Proof(ProofKind.SEARCH, "7 cannot do it.", "confirmed by HiGHS")
    )
    assert "confirmed by HiGHS" in drawn(problem, outcome)


def test_an_unnamed_step_of_the_ladder_stands_for_itself() -> None:
    assert rung_name("bare") == "if nobody were ever absent"
    assert rung_name("with two trainees") == "with two trainees"


def test_long_rotations_and_crowds_are_cut_with_a_pointer_to_the_files() -> None:
    problem = sample.problem()
    outcome = sample.outcome(problem)
    assert outcome.plan is not None
    roster = outcome.plan.roster
    many = tuple(Person(f"OPS-{n}", "OPS") for n in range(100))
    crowd = replace(roster, people=many, duties=tuple(roster.duties[n % 5] for n in range(100)))
    long = Rotation("OPS", sample.DESK.lines * 20)
    plan = replace(outcome.plan, roster=crowd, rotations=(long,))
    text = drawn(problem, replace(outcome, plan=plan))
    assert "40 more lines, in rotation.csv" in text
    assert "40 more people, in grid.csv" in text
    assert "40 more people, in hours.csv" in text


def test_a_post_that_few_could_hold_is_marked() -> None:
    problem = sample.problem()
    roster = sample.roster(problem)
    covers = {
        cover.post.name: cover for cover in post_covers(problem, roster, examine(problem, roster).cover)
    }
    assert not covers["desk-day"].thin
    assert not covers["apps"].thin
    alone = replace(roster, people=roster.people[:6], duties=roster.duties[:6])
    covers = {cover.post.name: cover for cover in post_covers(problem, alone, examine(problem, alone).cover)}
    assert covers["apps"].thin
    assert covers["apps"].percent < 100


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (DAILY, "daily"),
        (Days(workdays=True), "working days"),
        (Days(restdays=True, holidays=True), "weekends, holidays"),
        (Days(weekdays=frozenset({1, 3})), "Tue, Thu"),
    ],
)
def test_days_are_said_in_words(days: Days, words: str) -> None:
    assert days_in_words(days) == words


def test_a_check_without_findings_says_what_it_looked_at() -> None:
    problem = sample.problem()
    out = io.StringIO()
    print_check(report_console(out, width=100), examine(problem, sample.roster(problem)))
    assert "No rule broken." in out.getvalue()
    assert "2027-02-01 to 2027-02-28, 28 days; people: 8" in out.getvalue()


def test_findings_are_grouped_by_rule() -> None:
    problem = sample.problem()
    roster = sample.roster(problem)
    night_after_day = (*roster.duties[0][:4], sample.LETTERS["N"], *roster.duties[0][5:])
    broken = replace(roster, duties=(night_after_day, *roster.duties[1:]))
    out = io.StringIO()
    examined = examine(problem, broken)
    print_check(report_console(out, width=100), examined)
    text = out.getvalue()
    assert text.index("Rest between duties") < text.index("OPS-1: 0 h rest")
    assert text.index("Posts not held") < text.index("Post 监控台中班")
    assert verdict(examined.violations) == "2 violations."


@pytest.mark.parametrize(
    "rule", [*(rule.key for rule in RULES), *Ban, "post", "seat", "shape", "unknown_duty"]
)
def test_every_kind_of_violation_has_a_title(rule: str) -> None:
    assert rule_title(str(rule)) != rule


def test_a_soft_post_left_empty_is_a_wish_not_a_fault() -> None:
    problem = sample.problem()
    soft = tuple(replace(post, hard=False) if post.name == "apps-call" else post for post in problem.posts)
    problem = replace(problem, posts=soft)
    roster = sample.roster(problem)
    row = (*roster.duties[5][:1], sample.LETTERS["D"], *roster.duties[5][2:])
    broken = replace(roster, duties=(*roster.duties[:5], row, *roster.duties[6:]))
    out = io.StringIO()
    print_check(report_console(out, width=100), examine(problem, broken))
    assert "No rule broken." in out.getvalue()
    assert "apps-call: empty for 16 h, a wish and no duty, on Tue 2027-02-02" in out.getvalue()
