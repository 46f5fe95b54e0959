"""Every absence tried: held against all rosters there are, against what-if, and against interruption."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster, Status
from roster.domain.problem import Ban, Person, Pin, Problem, Restriction, Role
from roster.domain.rules import AverageHours, MaxNights, MinRest, NoOverlap, OffBlock, WorkBlock
from roster.engine.calendar.leave_resolver import LeaveResolver
from roster.engine.calendar.repair import repair
from roster.engine.solvers.search import Search
from roster.errors import FileFault
from roster.questions.absences.case import Absence, LeaveCase, granted, shares
from roster.questions.executors.executor import Inline
from roster.questions.resilience import workers as resilience_workers
from roster.questions.resilience.answer import Resilience, ResilienceRequest, ResilienceRun, State, resilience
from roster.questions.resilience.batches import Skill, with_skill
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome
from roster.questions.resilience.cross_training import teachable
from roster.questions.what_if.answer import what_if
from tests.small import MONDAY, ONE_WORKER, H, duty, post, roster, staff, word, world

FOREVER = Search(ONE_WORKER, float("inf"))
ROOT = Path(__file__).parents[3]
NAMES = ("Li", "Wang", "Zhao")
PEOPLE = tuple(Person(name, "a") for name in NAMES)
HOURS = (NoOverlap(), AverageHours())
TIGHT = world(
    staff("a", "D", WorkBlock(longest=3), OffBlock(longest=2), weekly_minutes=32 * H, rules=()),
    posts=(post("desk", 8, 8),),
    people=PEOPLE,
)
TIGHT = replace(
    TIGHT,
    types=(replace(TIGHT.types[0], rules=(*HOURS, WorkBlock(longest=3), OffBlock(longest=2))),),
)
"""Three people, one of them always there; hours and long pauses both bind, and both read leave in their own way."""

RULES = (MinRest(minutes=11 * H), WorkBlock(longest=3), OffBlock(longest=3), MaxNights(nights=2))
DESK = world(staff("a", "DN", *RULES), posts=(post("day", 8, 8), post("night", 22, 8)), people=PEOPLE)
TEAM = world(
    staff("a", "D", skills=frozenset({"a"})),
    staff("b", "D", skills=frozenset({"b"})),
    posts=(post("left", 8, 8, "a"), post("right", 8, 8, "b")),
    people=(Person("Li", "a"), Person("Wang", "a"), Person("Zhao", "b")),
)
"""Two parts that share nobody; without Zhao the right post is empty."""


def tried(problem: Problem, given: Roster, *lengths: int, **other: object) -> Resilience:
    run = other.pop("run", None) or ResilienceRun(executor=Inline())
    return resilience(ResilienceRequest(problem, given, lengths, **other), ONE_WORKER, run)  # type: ignore[arg-type]


def nearby(problem: Problem, letters: str, seed: int, days: int) -> Roster:
    """A lawful roster: the one nearest to a random one."""
    chance = random.Random(seed)
    alphabet = [duty(letter) for letter in letters]
    rows = [tuple(chance.choice(alphabet) for _ in range(days)) for _ in problem.people]
    found = what_if(LeaveCase(problem, roster(problem, rows), (), mend=True), ONE_WORKER)
    assert found.status is Status.OPTIMAL
    assert found.roster is not None
    return found.roster


def leave(problem: Problem, given: Roster, case: AbsenceCase) -> Problem:
    first, last = (MONDAY + timedelta(days=day) for day in (case.days[0], case.days[-1]))
    return problem.with_restrictions(
        granted(problem, given, Absence(name, first, last)) for name in case.people
    )


def all_rosters(problem: Problem, given: Roster, case: AbsenceCase) -> Iterator[tuple[Roster, int]]:
    """Every roster in which the absent are off and somebody works each day, with its number of changed cells."""
    working, off = duty("D"), duty("-")
    columns = []
    for day in range(given.horizon.days):
        away = {
            at for at, person in enumerate(given.people) if person.name in case.people and day in case.days
        }
        choices = product(*((off,) if at in away else (off, working) for at in range(len(given.people))))
        columns.append([column for column in choices if working in column])
    for chosen in product(*columns):
        rows = tuple(zip(*chosen, strict=True))
        changed = sum(
            new != old
            for person, line, wish in zip(given.people, rows, given.duties, strict=True)
            for day, (new, old) in enumerate(zip(line, wish, strict=True))
            if not (person.name in case.people and day in case.days)
        )
        yield replace(given, duties=rows), changed


@pytest.mark.parametrize("seed", [1, 4])
def test_survival_and_fewest_changes_are_those_of_all_rosters_there_are(seed: int) -> None:
    given = nearby(TIGHT, "-D", seed, 4)
    found = tried(TIGHT, given, 1, 2, 3)
    chosen = random.Random(seed).sample(found.singles, 9)
    for answer in chosen:
        asked = leave(TIGHT, given, answer.case)
        rosters = sorted(all_rosters(TIGHT, given, answer.case), key=lambda pair: pair[1])
        least = next((changed for each, changed in rosters if not check_roster(asked, each)), None)
        assert answer.outcome is (Outcome.BREAKS if least is None else Outcome.SURVIVES), answer
        assert answer.breaks or answer.changed == answer.bound == least, answer


WORLDS = {
    "tight": (TIGHT, "-D", 7),
    "nights": (DESK, "-DN", 6),
}


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [2, 3])
def test_what_is_survived_is_survived_in_part(name: str, seed: int) -> None:
    problem, letters, days = WORLDS[name]
    given = nearby(problem, letters, seed, days)
    answers = tried(problem, given, 1, 2, 3, 4).singles
    lines = dict(zip(NAMES, given.duties, strict=True))
    contained = [(part, whole) for part in answers for whole in answers if part.case.within(whole.case)]
    assert contained
    for part, whole in contained:
        if whole.outcome is Outcome.SURVIVES:
            assert part.outcome is Outcome.SURVIVES
            line = lines[part.case.people[0]]
            back = sum(not line[day].is_off for day in set(whole.case.days) - set(part.case.days))
            assert part.changed is not None
            assert whole.changed is not None
            assert part.changed <= whole.changed + back


def test_what_is_settled_for_somebody_falls_away_with_their_absence() -> None:
    given = nearby(TIGHT, "-D", 1, 7)
    day = next(day for day, one in enumerate(given.duties[0]) if one == duty("D"))
    on = MONDAY + timedelta(days=day)
    settled = replace(TIGHT, pins=(Pin("Li", "D", on, on),))
    free, bound = tried(TIGHT, given, 2).singles, tried(settled, given, 2).singles
    concerned = [
        (a, b) for a, b in zip(free, bound, strict=True) if a.case.people == ("Li",) and day in a.case.days
    ]
    assert [answer.outcome for answer, _ in concerned] == [answer.outcome for _, answer in concerned]
    assert Outcome.SURVIVES in {answer.outcome for _, answer in concerned}
    learned = replace(settled, roles=(Role("a", "A"), Role("b", "B")))
    for _, answer in concerned:
        sweep = LeaveResolver(learned, given, ("Li",))
        assert sweep.holds({"Li": answer.case.days}, FOREVER) is (answer.outcome is Outcome.SURVIVES)


def with_past(problem: Problem, given: Roster) -> tuple[Problem, Roster]:
    """The same with days carried in, and a leave that one of them has anyway."""
    before = tuple(line[-3:] for line in given.duties)
    day = next(day for day, one in enumerate(given.duties[1]) if one.is_off)
    holiday = Restriction("Wang", Ban.DUTY, MONDAY + timedelta(days=day), MONDAY + timedelta(days=day))
    return problem.with_restrictions([holiday]), replace(given, before=before)


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("past", [False, True])
def test_each_answer_is_that_of_what_if(name: str, past: bool) -> None:
    problem, letters, days = WORLDS[name]
    for seed in range(5, 120):
        given = nearby(problem, letters, seed, days)
        asked, wanted = with_past(problem, given) if past else (problem, given)
        if not check_roster(asked, wanted):
            break
    else:
        pytest.fail("no lawful roster to start from")
    answers = tried(asked, wanted, 1, 3).singles
    for answer in random.Random(1).sample(answers, 6):
        first, last = (MONDAY + timedelta(days=day) for day in (answer.case.days[0], answer.case.days[-1]))
        case = LeaveCase(asked, wanted, (Absence(answer.case.people[0], first, last),))
        found = what_if(case, ONE_WORKER)
        assert answer.breaks is (found.status is Status.INFEASIBLE)
        if not answer.breaks:
            assert answer.changed == len(found.changes)
            # Nor does it matter that both asked one program.
            assert answer.changed == sum(repair(share.ask, FOREVER).changed or 0 for share in shares(case))
        elif found.roster is not None:
            minutes = [
                sum((end - start) * n for _, start, end, n in each) for each in (answer.empty, found.empty)
            ]
            assert minutes[0] == minutes[1] > 0


def test_two_people_apart_add_up_and_one_who_breaks_it_breaks_it_with_anybody() -> None:
    given = roster(TEAM, [word("D-D-D--"), word("-D-D-DD"), word("DDDDDDD")])
    found = tried(TEAM, given, 1, 2, together=2)
    assert len(found.pairs) == 3 * (7 + 6)
    by_case = {answer.case: answer for answer in found.pairs}
    for answer in found.singles:
        assert answer.breaks is (answer.case.people == ("Zhao",))
    assert by_case[AbsenceCase(("Wang", "Zhao"), 2, 2)].basis is Basis.CONTAINED
    assert by_case[AbsenceCase(("Wang", "Zhao"), 2, 2)].empty[0][0] == "right"
    both = by_case[AbsenceCase(("Li", "Wang"), 2, 2)]
    assert (both.outcome, both.basis, {place[0] for place in both.empty}) == (
        Outcome.BREAKS,
        Basis.SOLVED,
        {"left"},
    )
    helped = world(*TEAM.types, posts=TEAM.posts, people=(*TEAM.people, Person("Chen", "b")))
    full = roster(helped, [*given.duties, word("-------")])
    apart = next(
        a for a in tried(helped, full, 1, together=2).pairs if a.case == AbsenceCase(("Li", "Zhao"), 2, 1)
    )
    assert (apart.outcome, apart.basis, apart.changed) == (Outcome.SURVIVES, Basis.APART, 2)


def test_the_longest_survived_length_the_map_and_the_days_follow_from_the_cases() -> None:
    given = roster(TEAM, [word("D-D-D--"), word("-D-D-DD"), word("DDDDDDD")])
    found = tried(TEAM, given, 1, 2)
    assert (found.survives, found.up_to) == (False, 0)
    assert [(one.person, one.broken, one.shortest, one.posts) for one in found.missed] == [
        ("Zhao", 13, 1, ("right",))
    ]
    assert [(one.role, one.person, one.posts) for one in found.only_holders] == [("b", "Zhao", ("right",))]
    assert all(day.needed == ("Zhao",) for day in found.spare_days)
    assert found.by_week["Zhao"][0].breaks_from == 1
    assert found.by_week["Li"][0].breaks_from is None
    assert found.by_week["Li"][0].most_changes == 1


def test_training_counts_what_what_if_then_covers() -> None:
    given = roster(TEAM, [word("D-D-D--"), word("-D-D-DD"), word("DDDDDDD")])
    found = tried(TEAM, given, 1, 3)
    (best,) = found.training
    assert (best.skill.role, best.type, best.of) == ("b", "a", len(found.broken))
    problem, taught = with_skill(TEAM, given, best.skill)
    covered = 0
    for answer in found.broken:
        first, last = (MONDAY + timedelta(days=day) for day in (answer.case.days[0], answer.case.days[-1]))
        case = LeaveCase(problem, taught, (Absence("Zhao", first, last),))
        covered += what_if(case, ONE_WORKER).status is Status.OPTIMAL
    assert 0 < covered == best.gone


@pytest.mark.parametrize(
    ("roles", "lawful"),
    [
        ((Role("a"), Role("b")), True),
        ((Role("a"), Role("b", exclusive=True)), False),
        ((Role("a", exclusive=True), Role("b")), False),
        ((Role("a", incompatible=("b",)), Role("b")), False),
        ((Role("a"), Role("b", incompatible=("a",))), False),
        ((Role("a"), Role("b", in_house=True)), True),
    ],
)
def test_nobody_is_taught_what_they_may_not_know(roles: tuple[Role, ...], lawful: bool) -> None:
    problem = replace(TEAM, roles=roles)
    assert problem.may_learn(problem.types[0], "b") is lawful
    given = roster(problem, [word("D-D-D--"), word("-D-D-DD"), word("DDDDDDD")])
    broken = [CaseAnswer(AbsenceCase(("Zhao",), 0, 1), Outcome.BREAKS, empty=(("right", 480, 960, 1),))]
    assert list(teachable(ResilienceRequest(problem, given), broken)) == (
        [Skill("b", "Li")] if lawful else []
    )


def test_no_vendor_is_taught_what_only_the_hospital_may_know() -> None:
    problem = replace(TEAM, roles=(Role("b", in_house=True),))
    assert not problem.may_learn(replace(problem.types[0], employer="vendor"), "b")


@pytest.fixture
def desk() -> ResilienceRequest:
    return ResilienceRequest(DESK, nearby(DESK, "-DN", 2, 6), (1, 2), 2)


def answers(found: Resilience) -> tuple[object, ...]:
    return found.singles, found.pairs, found.training


def test_any_executor_gives_the_same(desk: ResilienceRequest) -> None:
    here = resilience(desk, ONE_WORKER, ResilienceRun(executor=Inline()))
    assert here.singles
    assert here.pairs
    with ThreadPoolExecutor(3) as threads:
        assert answers(resilience(desk, ONE_WORKER, ResilienceRun(executor=threads))) == answers(here)
    assert answers(resilience(desk, ONE_WORKER, ResilienceRun(processes=2))) == answers(here)


class Dying(Executor):
    """An executor that is interrupted after so many batches."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        return Inline().submit(fn, *args, **kwargs)


@pytest.mark.parametrize("damage", ["", '{"batch": "[\\"Li', '{"batch": "x", "answers": [[1]]}\n'])
def test_an_interrupted_run_goes_on_where_it_stopped(
    desk: ResilienceRequest, tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = resilience(desk, ONE_WORKER, ResilienceRun(executor=Inline()))
    file = tmp_path / "kept.jsonl"
    monkeypatch.setattr(resilience_workers, "AHEAD", 0)
    with pytest.raises(KeyboardInterrupt):
        resilience(desk, ONE_WORKER, ResilienceRun(State(desk, file), Dying(2)))
    with file.open("a", encoding="utf-8") as stream:
        stream.write(damage)
    solved: list[object] = []
    solve = resilience_workers.solve
    monkeypatch.setattr(resilience_workers, "solve", lambda *args: solved.append(args) or solve(*args))
    again = resilience(desk, ONE_WORKER, ResilienceRun(State(desk, file), Inline()))
    assert answers(again) == answers(whole)
    first = len(solved)
    resilience(replace(desk), ONE_WORKER, ResilienceRun(State(desk, tmp_path / "other.jsonl"), Inline()))
    assert len(solved) - first == first + 2


def test_answers_to_another_question_are_refused(desk: ResilienceRequest, tmp_path: Path) -> None:
    file = tmp_path / "kept.jsonl"
    State(desk, file)
    for other in (
        replace(desk, lengths=(1,)),
        replace(desk, together=1),
        replace(desk, problem=replace(desk.problem, posts=())),
        replace(desk, published=replace(desk.published, duties=desk.published.duties[::-1])),
    ):
        with pytest.raises(FileFault, match="another scenario"):
            State(other, file)
    State(replace(desk, lengths=(1,)), file, restart=True)
    file.write_text("shopping list\n", encoding="utf-8")
    with pytest.raises(FileFault, match="not a file of answers"):
        State(desk, file)


def test_a_question_has_the_same_mark_in_every_process(desk: ResilienceRequest) -> None:
    again = ResilienceRequest(replace(DESK), replace(desk.published), (1, 2), 2)
    assert again.mark == desk.mark
    code = "from roster.questions.resilience.cases import _plain; print(_plain(frozenset('abcdefgh')))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_out_of_time_leaves_cases_open_and_calls_nothing_broken(
    desk: ResilienceRequest, tmp_path: Path
) -> None:
    file = tmp_path / "kept.jsonl"
    found = resilience(
        desk, replace(ONE_WORKER, time_limit_s=1e-6), ResilienceRun(State(desk, file), Inline())
    )
    assert found.survives is None
    assert len(found.undecided) == len(found.cases) > 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1


def test_a_roster_that_breaks_rules_is_not_tried(desk: ResilienceRequest) -> None:
    broken = replace(desk, published=roster(DESK, [word("------")] * 3))
    found = resilience(broken, ONE_WORKER, ResilienceRun(executor=Inline()))
    assert found.violations
    assert found.survives is False
    assert found.cases == ()


def program(*args: object) -> list[str]:
    return [sys.executable, "-m", "roster", *map(str, args)]


def test_a_killed_run_continues_and_ends_as_if_nothing_had_happened(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    scenario = ROOT / "scenarios" / "county_two_people.yaml"
    subprocess.run(program("plan", scenario, "--out", tmp_path, "-q"), env=environment, check=True)
    given = tmp_path / "roster.csv"
    ask = ("resilience", scenario, given, "--days", "1", "-q", "--workers", "1")
    kept = tmp_path / "killed" / "resilience.progress.jsonl"
    running = subprocess.Popen(program(*ask, "--out", tmp_path / "killed"), env=environment)
    until = time.monotonic() + 60
    while time.monotonic() < until and not (kept.exists() and kept.read_bytes().count(b"\n") >= 2):
        time.sleep(0.005)
    os.kill(running.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    running.wait()
    assert kept.read_bytes().count(b"\n") >= 2
    assert not (tmp_path / "killed" / "resilience.json").exists()
    for folder in ("killed", "whole"):
        subprocess.run(program(*ask, "--out", tmp_path / folder), env=environment, check=False)
    documents = [
        json.loads((tmp_path / folder / "resilience.json").read_text(encoding="utf-8"))
        for folder in ("killed", "whole")
    ]
    for document in documents:
        assert document.pop("seconds") > 0
    assert documents[0] == documents[1]
    for name in ("cases.csv", "map.csv", "days.csv"):
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert not kept.exists()


def test_a_skill_that_lasts_three_days_is_counted_for_three_days() -> None:
    forty = replace(TEAM.types[0], weekly_minutes=40 * H)
    problem = replace(TEAM, types=(forty, TEAM.types[1]))
    given = roster(problem, [word("D-D-D--"), word("-D-D-DD"), word("DDDDDDD")])
    found = tried(problem, given, 1, 2, 3, 4, 5)
    (best,) = found.training
    # Ten days of two people, seven of them taken: three are left for the other post.
    assert (best.gone, best.of, best.skill.person) == (7 + 6 + 5, len(found.broken), "Li")
