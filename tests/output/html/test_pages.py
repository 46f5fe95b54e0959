"""The page that people print and show, read back without a browser."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import roster
from roster.domain.costs import Cost
from roster.domain.horizon import Horizon
from roster.domain.outcome import Headcount, Outcome, Plan, ProofKind, Roster, SolveOptions, Status
from roster.domain.problem import DAY, OFF, Goal, Problem, Wish
from roster.language import LANGUAGES, catalogue, speaking
from roster.output.examined_roster import Examined, examine
from roster.output.html.frontier import frontier_page
from roster.output.html.parts.cover_heatmap import Heat, Hour, heats
from roster.output.html.parts.escalation import escalation
from roster.output.html.parts.facts import uneven
from roster.output.html.parts.grid import stretches
from roster.output.html.parts.people import people as bars
from roster.output.html.parts.plot import plot
from roster.output.html.plan import plan_page, roster_page
from roster.output.html.resilience import resilience_page
from roster.output.html.what_if import what_if_page
from roster.output.terminal.check import print_check
from roster.output.terminal.console import report_console
from roster.output.words.cover import post_covers
from roster.output.words.decisions import decisions
from roster.output.words.plan import searched
from roster.questions.absences.case import Absence, LeaveCase
from roster.questions.conflict import WayOut
from roster.questions.explain.answer import Explanation, explain_uncovered
from roster.questions.frontier.answer import BreakEven, Frontier, Point, Purchase
from roster.questions.frontier.offers import Market, Offer
from roster.questions.plan.answer import plan_headcount
from roster.questions.resilience.answer import Resilience
from roster.questions.resilience.cases import CaseAnswer as Tried
from roster.questions.resilience.cases import Outcome as Survival
from roster.questions.resilience.cases import ResilienceRequest
from roster.questions.what_if.answer import ChangedDuty, WhatIf, what_if
from roster.scores import score
from tests.output import sample
from tests.output.pages import SCENARIOS, Element, duties_shown, made_up, read, sound
from tests.small import post, staff, world

TEMPLATES = Path(roster.__file__).parent / "output" / "html" / "templates"

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|'/c calc'!A1",
    "\u202eevil\u2066 \x1b[31m\x00",
    "{{ 7 * 7 }}{% raw %}",
    "x" * 200,
    "👩‍⚕️ שלום עולם",
    "two\nlines &amp; <!-- ",
)


def page(problem: Problem, outcome: Outcome) -> str:
    return plan_page(problem, outcome, examine(problem, outcome.plan.roster) if outcome.plan else None)


def answer(status: Status = Status.OPTIMAL) -> Element:
    problem = sample.problem()
    return sound(page(problem, sample.outcome(problem, status)), "en")


def chained(problem: Problem) -> Problem:
    """Return the sample with an escalation from the desk to the support on call."""
    levels = {"desk": 1, "apps-call": 2}
    posts = (
        replace(post, chain="incident", level=level)
        if (level := levels.get("desk" if post.name.startswith("desk-") else post.name))
        else post
        for post in problem.posts
    )
    return replace(problem, posts=tuple(posts))


def test_the_answer_comes_first_with_its_proof() -> None:
    root = answer()
    assert root.id("figure").attributes["value"] == "8"
    assert root.one("p", "sentence").text == "8 people in-house, 1 vendor seat: the proven minimum."
    said = [reason.text for reason in root.all("p", "reason")]
    assert said[0].startswith("The desk needs 168 h a week")
    assert "7 or fewer" in root.one("dl", "tiles").text
    assert [step.one("b").text for step in root.all("ul", "ladder")[0].all("li")] == ["7", "8"]


def test_the_page_says_what_the_search_for_the_calendar_came_to_as_the_terminal_does() -> None:
    problem = sample.problem()
    found = {"status": "feasible", "points": 120.0, "bound": 118.0}
    changed = {"days_unlike_rota": 12, "points_of_these": 24.0}
    outcome = replace(sample.outcome(problem), details={"calendar": found | changed})
    said = [reason.text for reason in sound(page(problem, outcome), "en").all("p", "reason")]
    assert said[-2:] == searched(outcome)
    assert "120 points; none has fewer than 118" in said[-2]
    assert "12 days of single people, which count 24 of the points" in said[-1]
    as_it_is = replace(outcome, details={"calendar": found | {"days_unlike_rota": 0, "points_of_these": 0}})
    assert len(searched(as_it_is)) == 1


def test_an_open_answer_is_not_called_minimal() -> None:
    root = answer(Status.FEASIBLE)
    assert "7 is open" in root.one("p", "sentence").text
    assert "6 or fewer" in root.one("dl", "tiles").text
    assert root.one("div", "answer").css == ["answer", "plan", "feasible"]


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.UNKNOWN])
def test_without_a_plan_the_page_says_why_and_shows_no_figure(status: Status) -> None:
    root = answer(status)
    assert "Nobody may hold apps." in root.text
    assert not root.all("data")
    assert not root.all("table", "grid")
    assert root.id("limits")


@pytest.mark.parametrize(("goal", "figure"), [(Goal.IN_HOUSE, "8"), (Goal.PEOPLE, "9")])
def test_the_figure_is_what_the_scenario_makes_least(goal: Goal, figure: str) -> None:
    problem = replace(sample.problem(), goal=goal)
    found = sample.outcome(problem)
    assert found.plan is not None
    heads = replace(found.plan.headcount, vendor=1)
    root = read(page(problem, replace(found, plan=replace(found.plan, headcount=heads))))
    assert root.id("figure").attributes["value"] == figure


def test_the_rota_shows_every_duty_of_the_roster() -> None:
    root = answer()
    made = sample.roster(sample.problem())
    assert duties_shown(root) == sum(not duty.is_off for line in made.duties for duty in line)
    row = next(row for row in root.id("rota").all("tr") if row.text.startswith("APP-1"))
    assert [cell.text for cell in row.all("td")][:7] == ["Ds", "Ds", "Ds", "Ds", "Ds", "w", "w"]


def test_work_and_standby_are_told_apart_without_colour() -> None:
    root = answer()
    for cell in (cell for cell in root.id("rota").all("td") if set(cell.css) & {"s", "then"}):
        assert cell.text[-1].islower()
    both = [cell.css for cell in root.id("rota").all("td") if cell.text == "Ds"]
    assert both
    assert all(css[1:] == ["then"] for css in both)
    keys = root.one("div", "plan") and root.id("rota").one("ul", "legend").all("li")
    assert [re.sub(r"\s+", " ", key.text).strip() for key in keys][:2] == [
        "NN: 夜班 00:00–08:00",
        "DD: 日班 08:00–16:00",
    ]


def test_weekends_holidays_and_made_up_days_are_marked() -> None:
    heads = answer().id("rota").one("table", "grid").all("tr")[1].all("th")
    assert next(head.text for head in heads if "holiday" in head.css) == "5FrH"
    assert sum("holiday" in head.css for head in heads) == 7
    assert [head.text for head in heads if "made-up" in head.css] == ["20SaW"]
    assert [head.text for head in heads if "rest" in head.css] == [
        "13Sa",
        "14Su",
        "21Su",
        "27Sa",
        "28Su",
    ]


def test_leave_is_hatched_and_named() -> None:
    problem = sample.problem()
    away = LeaveCase(problem, sample.roster(problem), (Absence("OPS-1", date(2027, 2, 1), date(2027, 2, 2)),))
    root = sound(roster_page(away.asked, away.published), "en")
    row = next(row for row in root.id("rota").all("tr") if row.text.startswith("OPS-1"))
    assert [cell.text for cell in row.all("td", "leave")] == ["L", "L"]


@pytest.mark.parametrize("weeks", [1, 4, 5, 6, 9, 52])
def test_blocks_hold_four_weeks_at_most_and_every_day_once(weeks: int) -> None:
    found = stretches(Horizon(7 * weeks, first=date(2027, 2, 1)))
    assert [day for block in found for day in block] == list(range(7 * weeks))
    assert max(map(len, found)) <= 28


def hourly(heat: Heat) -> dict[str, tuple[Hour, ...]]:
    """The rows of a map by each hour of the day: those alike stand in one."""
    found = {}
    for label, cells in heat.rows:
        first, last = map(int, label.split("–"))
        found.update({f"{hour:02d}": cells for hour in range(first, last)})
    assert list(found) == [f"{hour:02d}" for hour in range(24)]
    assert all(a[1] != b[1] for a, b in pairwise(heat.rows))
    return found


def test_people_of_a_type_who_share_unequally_are_named() -> None:
    problem = sample.problem()
    made = sample.roster(problem)
    first, second, *rest = made.duties
    nights = tuple(sample.LETTERS["N"] if not was.is_off else was for was in first)
    lines = (nights, (OFF,) * len(second), *rest)
    sentences = uneven(problem, score(problem, replace(made, duties=lines)))
    assert any(
        one.startswith("运维值守: nights from 0 (OPS-2) to ") and "(OPS-1)" in one for one in sentences
    )


def test_at_most_three_things_are_to_be_decided_each_with_its_cost() -> None:
    problem = sample.problem()
    root = answer()
    fill, *others = [item.text for item in root.id("decide").all("li")]
    staff = {one.name: one for one in problem.types}
    people = sample.roster(problem).people
    assert f"CNY {sum(staff[person.type].cost for person in people):,}" in fill
    assert f"Fill {len(people)} jobs" in fill
    assert len(others) <= 2
    # Whoever has a name is hired already.
    named = replace(problem, people=people[1:])
    said = decisions(examine(named, sample.roster(problem)))
    assert said[0].startswith("Hire one more person")
    assert f"CNY {staff[people[0].type].cost:,} a month" in said[0]


def test_nobody_is_told_to_learn_what_a_role_excludes() -> None:
    problem = sample.problem()
    whole = sample.roster(problem)
    few = [at for at, person in enumerate(whole.people) if person.type == "OPS" or person.name == "APP-1"]
    people, duties = (tuple(row[at] for at in few) for row in (whole.people, whole.duties))
    made = examine(problem, replace(whole, people=people, duties=duties))
    thin = next(one for one in post_covers(problem, made.roster, made.cover) if one.thin)
    pupils = [one for one in problem.types if not problem.is_eligible(one, thin.post)]
    assert pupils
    told = [text for text in decisions(made) if text.startswith("Train one")]
    assert any(one.called in text for one in pupils for text in told)
    alone = tuple(replace(role, exclusive=True) for role in problem.roles)
    told = [
        text for text in decisions(replace(made, problem=replace(problem, roles=alone))) if "Train" in text
    ]
    assert all(text.startswith("Train one more for") for text in told)


def test_cover_by_hour_counts_people_loads_seats_and_holidays() -> None:
    problem = sample.problem()
    at_work, on_call = heats(examine(problem, sample.roster(problem)))
    cells = hourly(at_work)
    # Monday 09:00: one at the desk and three of the support in each of 4 weeks, the seat in 3 of them (the 8th is a
    # holiday); wanted: the desk always, support and desktop in those 3.
    assert cells["09"][0].text == "4.8/2.5"
    assert cells["02"][0].text == "1/1"
    # Monday 17:00 on call: one of the support always; wanted in 3 of 4 weeks.
    assert hourly(on_call)["17"][0].text == "1/0.8"
    # Who was on call before the first Monday is not known: it is left out, and the others have Sunday's standby.
    assert hourly(on_call)["03"][0].text == "1/0"
    assert at_work.marks == on_call.marks == ()
    idle = sum(cell.there - cell.needed for row in cells.values() for cell in row if cell.there > cell.needed)
    assert at_work.idle[0].startswith(f"{idle:.1f} h a week are there and not wanted")
    assert on_call.idle == ()


def test_an_empty_hour_is_marked_as_a_gap_or_as_a_wish() -> None:
    problem = sample.problem()
    made = sample.roster(problem)
    lines = tuple((OFF, *line[1:]) if line[0] == sample.LETTERS["E"] else line for line in made.duties)
    empty = replace(made, duties=lines)
    for hard, mark in ((True, "gap"), (False, "wish")):
        posts = tuple(replace(post, hard=hard) for post in problem.posts)
        at_work = heats(examine(replace(problem, posts=posts), empty))[0]
        cells = hourly(at_work)
        assert [cells[hour][0].css == mark for hour in ("15", "16", "23")] == [False, True, True]
        assert at_work.marks == (mark,)


def test_wishes_granted_and_not_stand_on_the_page_as_on_the_terminal() -> None:
    problem = sample.problem()
    made = sample.roster(problem)
    person, first = made.people[0].name, problem.dates.start
    asked = made.duties[0][0].name
    wishes = tuple(Wish(person, asked, first, first, against=against) for against in (False, True))
    wishing = replace(problem, wishes=wishes)
    page = read(roster_page(wishing, made))
    section = next(each for each in page.every() if each.attributes.get("id") == "wishes")
    assert [item.text.rpartition(": ")[2] for item in section.all("li")] == ["1 of 1 days", "0 of 1 days"]
    assert "1 of 2 days granted" in section.text
    out = io.StringIO()
    print_check(report_console(out, width=100), examine(wishing, made))
    assert all(item.text in out.getvalue() for item in section.all("li"))
    assert not [
        each for each in read(roster_page(problem, made)).every() if each.attributes.get("id") == "wishes"
    ]


def test_bars_stand_beside_their_limits() -> None:
    problem = sample.problem()
    people = bars(examine(problem, sample.roster(problem)).scores.people)
    keys = [head.key for head in people.heads]
    assert keys[:5] == ["hours", "spare", "nights", "weekends", "standby"]
    rows = dict(people.rows)
    standby = rows["APP-1"][keys.index("standby")]
    # 14 of 28 days on standby, 50 % allowed: the bar ends at its tick.
    assert standby.text == "14"
    assert standby.share == standby.tick
    assert rows["OPS-1"][keys.index("standby")].tick is None
    hours = rows["APP-1"][keys.index("hours")]
    assert (hours.text, hours.share) == ("40.0", hours.tick)


def test_who_answers_is_read_off_the_roster_at_every_minute() -> None:
    problem = chained(sample.problem())
    made = sample.roster(problem)
    found = escalation(examine(problem, made))
    assert found is not None
    (chain,) = found.chains
    desk, support = chain.levels
    assert found.shown == "2027-02-06"
    evening = 17 * 60
    assert [turn.names for turn in desk.at(evening)] == ["OPS-2"]
    assert [turn.names for turn in support.at(evening)] == ["APP-1"]
    assert support.at(10 * 60) == ()
    assert [turn.names for turn in (*desk.at(16 * 60), *support.at(16 * 60))] == ["OPS-2", "APP-1"]
    # The night of the first day is APP-1's standby of the day before.
    assert [(turn.names, turn.where) for turn in support.at(DAY + 3 * 60)] == [
        ("APP-1", "on call, answers within 30 min")
    ]
    assert sum(piece.width for piece in desk.on(3)) == pytest.approx(100, abs=0.01)
    turns = found.data["turns"]
    assert isinstance(turns, list)
    assert len(turns[0][0]) == len(desk.turns)


def test_the_page_shows_an_hour_without_any_script() -> None:
    problem = chained(sample.problem())
    root = sound(page(problem, sample.outcome(problem)), "en")
    section = root.id("answers")
    assert [level.text for level in section.all("span", "level")] == ["Level 1", "Level 2"]
    assert section.one("output").text == "2027-02-06 03:00"
    assert len(section.all("b")) == 2
    assert "hidden" in section.one("span", "controls").attributes
    data = json.loads(root.id("turns").text)
    assert data["first"] == "2027-02-01"


def test_posts_without_levels_have_no_escalation() -> None:
    assert all(each.attributes.get("id") != "answers" for each in answer().every())


def test_costs_and_limits_come_from_roster_and_scenario() -> None:
    root = answer()
    assert [cell.text for cell in root.id("cost").one("tfoot").all("td")] == ["", "8", "", "", "112,200"]
    rows = [[cell.text for cell in row.all("td")] for row in root.id("limits").all("tr")]
    assert ["law", "At most 40 h a week.", "State Council rules on working hours, art. 3"] in rows
    assert "not legal advice" in root.one("footer").text


def test_a_roster_without_an_answer_shows_its_figures_and_what_it_breaks() -> None:
    problem = sample.problem()
    made = sample.roster(problem)
    root = sound(roster_page(problem, made), "en")
    assert root.id("figure").attributes["value"] == "8"
    assert root.one("p", "reason").text == "No rule broken."
    row = list(made.duties[0])
    row[4] = OFF
    broken = replace(made, duties=(tuple(row), *made.duties[1:]))
    root = sound(roster_page(problem, broken), "en")
    assert root.one("p", "reason").text == "Every rule holds; only posts stay empty: 8 h of 1 post."
    assert "监控台中班" in root.id("gaps").text
    assert root.one("div", "answer").css[-1] == "broken"


def repaired() -> WhatIf:
    """OPS-5 is away on the first Friday; somebody else comes in."""
    problem = sample.problem()
    published = sample.roster(problem)
    friday = 4
    case = LeaveCase(problem, published, (Absence("OPS-5", date(2027, 2, 5), date(2027, 2, 5)),))
    rows = [list(line) for line in published.duties]
    before = rows[1][friday]
    rows[4][friday], rows[1][friday] = OFF, sample.LETTERS["D"]
    found = replace(published, duties=tuple(map(tuple, rows)))
    change = ChangedDuty("OPS-2", friday, before, sample.LETTERS["D"], ("desk-day",), "takes it for OPS-5")
    return WhatIf(Status.OPTIMAL, case, found, (change,), bound=1, seconds=0.5)


def test_changes_are_listed_outlined_and_set_beside_what_was() -> None:
    root = sound(what_if_page(repaired()), "en")
    assert root.id("figure").attributes["value"] == "1"
    assert "OPS-5 is away 2027-02-05" in root.one("div", "said").text
    (outlined,) = root.id("rota").all("td", "changed")
    assert (outlined.text, outlined.attributes["title"]) == ("D", "takes it for OPS-5")
    *pairs, post = root.id("compared").all("tbody")
    without, held = (row.children[1:] for row in post.children)
    # What the leave would leave empty, and that it is held all the same.
    assert "监控台日班" in post.children[0].text
    assert [cell.text for cell in without if "gap" in cell.attributes.get("class", "")] == ["8"]
    assert not [cell for cell in held if "gap" in cell.attributes.get("class", "")]
    assert ["before" in pair.children[0].text and "after" in pair.children[1].text for pair in pairs] == [
        True,
        True,
    ]
    assert [row.one("th").text for row in root.id("effects").all("tr")[1:]] == ["OPS-2", "OPS-5"]
    assert "takes it for OPS-5" in root.id("changes").text


def test_what_cannot_be_covered_shows_the_hours_and_the_ways_out() -> None:
    problem = sample.problem()
    way = WayOut("hire", "One more person of 运维值守 (OPS-6)", person="OPS-6")
    empty = tuple(("desk-day", day * DAY + 480, day * DAY + 960, 1) for day in (4, 5, 7))
    root = sound(what_if_page(replace(repaired(), status=Status.INFEASIBLE, empty=empty, ways=(way,))), "en")
    assert root.id("figure").attributes["value"] == "24"
    alike = "监控台日班, 08:00 to 16:00, 1 person missing: Fri 2027-02-05 to Sat 2027-02-06, Mon 2027-02-08"
    assert alike in root.id("empty").text
    assert "OPS-6" in root.id("ways").text
    nothing = WhatIf(Status.UNKNOWN, LeaveCase(problem, sample.roster(problem), ()))
    root = sound(what_if_page(nothing), "en")
    assert not root.all("data")
    assert not root.all("table", "grid")


def uncovered() -> tuple[WhatIf, Explanation]:
    """Return the answer to the only person of a desk being away for two days, and why nobody covers."""
    problem = world(staff("a", "D"), posts=[post("desk", 8, 8)])
    options = SolveOptions(workers=1)
    plan = plan_headcount(problem, options).plan
    assert plan is not None
    first = problem.dates.start + timedelta(days=1)
    away = Absence(plan.roster.people[0].name, first, first + timedelta(days=1))
    answer = what_if(LeaveCase(problem, plan.roster, (away,)), options)
    return answer, explain_uncovered(answer.case, answer.conflict)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_covered_says_what_cannot_hold_together(language: str) -> None:
    with speaking(language):
        root = sound(what_if_page(*uncovered()), language)
    assert root.id("figure").attributes["value"] == "16"
    lines = [row.text for row in root.id("conflict").one("tbody").all("tr")]
    assert len(lines) == 2
    assert "a-1" in lines[0]
    assert "desk" in lines[1]
    assert "a-2" in root.id("ways").text


def test_a_published_roster_that_breaks_rules_is_not_repaired_in_silence() -> None:
    problem = sample.problem()
    made = sample.roster(problem)
    broken = examine(problem, replace(made, duties=((OFF,) * 28, *made.duties[1:]))).violations
    assert broken
    root = sound(what_if_page(WhatIf(Status.INFEASIBLE, LeaveCase(problem, made, ()), broken=broken)), "en")
    assert broken[0].sentence in root.text


def hostile() -> tuple[Problem, Outcome]:
    problem = sample.problem(HOSTILE)
    nasty = HOSTILE[0]
    problem = chained(
        replace(
            problem,
            title=HOSTILE[1],
            posts=tuple(replace(post, title=f"{nasty} {post.name}") for post in problem.posts),
            types=tuple(replace(staff, title=HOSTILE[5]) for staff in problem.types),
            shifts=tuple(replace(shift, title=HOSTILE[3]) for shift in problem.shifts),
            seats=tuple(replace(seat, title=HOSTILE[4]) for seat in problem.seats),
            notes=HOSTILE,
            limits=tuple(replace(limit, sentence=nasty, source=HOSTILE[7]) for limit in problem.limits),
        )
    )
    return problem, sample.outcome(problem)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_is_text(language: str) -> None:
    with speaking(language):
        problem, outcome = hostile()
        drawn = page(problem, outcome)
    root = sound(drawn, language)
    assert len(root.all("script")) == 2
    assert "<script>alert" not in drawn
    assert "<img" not in drawn
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]", drawn)
    names = [
        row.one("bdi").text for row in root.id("rota").all("tr") if row.all("bdi") and "crew" not in row.css
    ]
    assert names[0] == HOSTILE[0]
    assert names[4] == "{{ 7 * 7 }}{% raw %}"
    assert json.loads(root.id("turns").text)["texts"]


@pytest.mark.parametrize(
    ("path", "language"),
    [(path, LANGUAGES[at % 2]) for at, path in enumerate(SCENARIOS)],
    ids=lambda value: getattr(value, "stem", value),
)
def test_every_scenario_has_a_sound_page_with_all_its_duties(path: Path, language: str) -> None:
    made = made_up(path, language)
    root = sound(made.page, language)
    assert duties_shown(root) == made.duties
    assert root.id("figure").attributes["value"] == str(made.in_house)


def test_two_hundred_people_and_a_year_make_a_page_of_moderate_size() -> None:
    problem = sample.problem()
    problem = replace(problem, dates=replace(problem.dates, weeks=52))
    year = replace(sample.roster(problem), seats=())
    many = Roster(
        tuple(replace(person, name=f"{person.name} {copy}") for copy in range(25) for person in year.people),
        year.horizon,
        year.duties * 25,
    )
    # Matching posts and checking rules take a while; what is measured here is the drawing.
    problem = replace(problem, posts=())
    drawn = roster_page(problem, many, Examined(problem, many, (), (), score(problem, many)))
    assert len(drawn) < 6_000_000
    assert drawn.count('<table class="grid') == 13
    calendar = drawn[drawn.index("<tbody") : drawn.index('id="people"')]
    cells = re.findall(r'<td class="((?!who)[a-z0-9 ]+)">', calendar)
    assert len(cells) == 200 * 364
    assert len(cells) - cells.count("off") == 25 * sum(
        not duty.is_off for line in year.duties for duty in line
    )


def test_templates_and_catalogue_name_the_same_texts() -> None:
    code = "".join(
        file.read_text(encoding="utf-8")
        for file in TEMPLATES.parent.rglob("*.*")
        if file.suffix in (".py", ".jinja")
    )
    begun = set(re.findall(r"\bt\('(\w+_)' \+", code)) | set(re.findall(r"page\.(\w+_)\{", code))
    asked = set(re.findall(r"\bt\('(\w+)'[,)]", code)) | set(re.findall(r"['\"]page\.(\w+)['\"]", code))
    known = set(catalogue("en", "page"))
    assert asked <= known | {"html", "css", "js"}
    plural = {f"{key}_one" for key in known}
    unused = {key for key in known - asked - plural if not any(key.startswith(stem) for stem in begun)}
    assert unused == set()


def luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
    parts = [int(full[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(text: str, ground: str) -> float:
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_tile_and_text_can_be_read() -> None:
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w+);", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    )
    for colours in (light, light | dark):
        for name in ("ink", "soft", "accent", "good", "doubt", "bad", "call", "faint", "choice"):
            assert contrast(colours[name], colours["paper"]) >= 4.5, name
    colours = light
    tiles = re.findall(r"\.([denh][0-9]|gap) \{ background: (#\w+);(?: color: (#\w+);)?", style)
    assert len(tiles) == 4 + 4 + 4 + 5 + 1
    for name, ground, text in tiles:
        assert contrast(text or colours["tile"], ground) >= 4.5, name
    for palette in (light, light | dark):
        for ground in (palette["rest"], palette["holiday"]):
            for text in (palette["soft"], palette["faint"]):
                assert contrast(text, ground) >= 4.0, (text, ground)


def test_a_plan_with_several_rotations_of_a_type_names_each() -> None:
    problem = sample.problem()
    outcome = sample.outcome(problem)
    assert outcome.plan is not None
    named = (replace(sample.DESK, name="OPS a"), replace(sample.SUPPORT, name="APP"))
    plan: Plan = replace(outcome.plan, rotations=named)
    root = read(page(problem, replace(outcome, plan=plan)))
    captions = [table.one("caption").text for table in root.all("table", "rota")]
    for caption, begins in zip(captions, ("运维值守 a 5 people", "应用支持 3 people"), strict=True):
        assert caption.startswith(begins)
    lines = root.all("table", "rota")[0].all("tr")[1:]
    assert ["".join(cell.text for cell in line.all("td")) for line in lines][3] == "DDD·NNN48 h"


Outcomes = dict[tuple[str, int], Survival]


def tried(survived: Outcomes, together: int = 1) -> Resilience:
    """Return what absences of one and two days do, where each outcome is told by person and length."""
    problem = sample.problem()
    asked = ResilienceRequest(problem, sample.roster(problem), (1, 2), together)
    empty = (("desk-day", 480, 960, 1),)
    answers = [
        Tried(case, found, changed=2, bound=2)
        if (found := survived.get((person.name, case.length), Survival.SURVIVES)) is Survival.SURVIVES
        else Tried(case, found, empty=empty if found is Survival.BREAKS else ())
        for person in asked.published.people
        for case in asked.singles(person.name)
    ]
    ones = tuple(answer for answer in answers if answer.case.length == 1)
    return Resilience(asked, singles=tuple(answers), days=ones, seconds=1.0)


def test_the_map_says_who_can_be_away_when() -> None:
    answer = tried({("OPS-2", 2): Survival.BREAKS, ("APP-1", 1): Survival.BREAKS})
    root = sound(resilience_page(answer), "en")
    assert root.id("figure").attributes["value"] == "0"
    rows = {row.one("th").text: row.all("td") for row in root.id("map").one("tbody").all("tr")}
    assert [cell.text for cell in rows["OPS-1"]] == ["2"] * 4
    assert [(cell.text, cell.css) for cell in rows["OPS-2"]] == [("2d!", ["poor"])] * 4
    assert [(cell.text, cell.css) for cell in rows["APP-1"]] == [("1d!", ["worst"])] * 4
    days = root.id("days").one("tbody").all("td")
    assert [day.text for day in days] == ["7"] * 28
    assert days[0].attributes["title"] == "2027-02-01 Mon: not without APP-1"
    assert [row.one("th").text for row in root.id("missed").one("tbody").all("tr")] == ["OPS-2", "APP-1"]


def test_an_open_map_claims_no_number_of_days() -> None:
    root = sound(resilience_page(tried({("OPS-2", 2): Survival.UNKNOWN})), "en")
    assert not root.all("data")
    assert len(root.id("map").all("td", "open")) == 4


def choices() -> Frontier:
    """Keep nine people of one's own, or eight and the desktop seat."""
    problem = sample.problem()
    offer = Offer("desktop", "desktop", "whole", 1, ((0, 480, 960),), 9000, "tier")
    buy, nothing = Purchase((offer,), False), Purchase((), False)
    points = (
        Point(nothing, Headcount(9, 0, {"OPS": 5, "APP": 4}), Cost(116000, 0, 0), ProofKind.ARITHMETIC),
        Point(buy, Headcount(8, 0, {"OPS": 5, "APP": 3}), Cost(102000, 9000, 1400), ProofKind.SEARCH),
    )
    worth = (BreakEven(offer, 12600, 1),)
    return Frontier(problem, Market((offer,)), Status.OPTIMAL, points, worth, 2, 0, 0, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_are_plotted_and_listed(language: str) -> None:
    with speaking(language):
        root = sound(frontier_page(choices()), language)
    assert root.id("figure").attributes["value"] == "2"
    # More people further right, more money further up.
    marks = [(float(at.attributes["cx"]), float(at.attributes["cy"])) for at in root.id("plot").all("circle")]
    assert marks[0][0] > marks[1][0]
    assert marks[0][1] < marks[1][1]
    costs = [row.all("td")[1].text for row in root.id("choices").one("tbody").all("tr")]
    assert costs == ["116,000", "112,400"]
    (bar,) = root.id("fees").all("svg")
    fill, tick = (
        float(bar.one("rect", css).attributes[key]) for css, key in (("fill", "width"), ("tick", "x"))
    )
    assert fill > tick


def test_the_axes_have_round_ticks_inside_the_picture() -> None:
    drawn = plot([(13, 242_500, "", ""), (9, 247_600, "", ""), (8, 301_000, "", "")])
    assert [tick.text for tick in drawn.up] == ["240,000", "260,000", "280,000", "300,000"]
    assert all(drawn.left <= mark.x <= drawn.right and 0 < mark.y < drawn.foot for mark in drawn.marks)
