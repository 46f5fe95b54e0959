"""The report on resilience drawn from answers by hand: nothing too wide, nothing claimed that is not known."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len

from roster.domain.problem import Problem
from roster.language import speaking
from roster.output.terminal.console import report_console
from roster.output.terminal.resilience import print_resilience
from roster.output.words.resilience import verdict
from roster.questions.resilience.answer import Resilience, ResilienceRequest
from roster.questions.resilience.batches import Skill
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome
from roster.questions.resilience.cross_training import Training
from tests.output import sample

NAMES = ("Li Na", "Li Wei", "Wang Fang", "赵敏敏敏敏敏敏敏敏敏敏", "Chen", "Sun", "Zhou", "Wu")
EMPTY = (("desk-night", 7 * 1440, 7 * 1440 + 480, 1),)


@pytest.fixture
def problem() -> Problem:
    return sample.problem(NAMES)


def answered(problem: Problem, *broken: AbsenceCase, pairs: bool = False, open_cases: int = 0) -> Resilience:
    """Everything survives with three changes, but the cases given."""
    asked = ResilienceRequest(problem, sample.roster(problem), (1, 7), 2 if pairs else 1)

    def answer(case: AbsenceCase) -> CaseAnswer:
        if case in broken:
            return CaseAnswer(case, Outcome.BREAKS, 2, 2, EMPTY)
        return CaseAnswer(case, Outcome.SURVIVES, 3, 3)

    singles = [answer(case) for name in NAMES for case in asked.singles(name)]
    singles[:open_cases] = [CaseAnswer(each.case, Outcome.UNKNOWN) for each in singles[:open_cases]]
    together = [
        replace(answer(AbsenceCase(pair, 0, 7)), basis=Basis.APART)
        for pair in (asked.pairs() if pairs else ())
    ]
    days = [each for each in singles if each.case.length == 1]
    training = (Training(Skill("ops", "Wu"), "APP", 1, 2, 1),) if broken else ()
    return Resilience(asked, (), tuple(singles), tuple(together), tuple(days), training)


def printed(answer: Resilience, language: str = "en") -> str:
    text = io.StringIO()
    with speaking(language):
        print_resilience(report_console(text), answer, ())
    return text.getvalue()


ONE = AbsenceCase(("Chen",), 6, 7)
DAY = AbsenceCase(("Li Na",), 3, 1)
BOTH = AbsenceCase(("Li Na", "Li Wei"), 0, 7)


def test_what_is_survived_is_said_with_its_length(problem: Problem) -> None:
    assert verdict(answered(problem)) == "Survives every single absence of up to 7 days."
    assert verdict(answered(problem, pairs=True)).startswith(
        "Survives every absence of up to 7 days of any two"
    )


def test_what_breaks_is_counted(problem: Problem) -> None:
    assert verdict(answered(problem, ONE)) == ("Does not survive every single absence: 1 of 400 cases break.")
    assert "Every single absence of one day is survived." in printed(answered(problem, ONE))
    assert "Even one day away breaks it" in printed(answered(problem, DAY))
    assert "of up to 7 days, but not two at once: 1 of 28 pairs" in verdict(
        answered(problem, BOTH, pairs=True)
    )


def test_what_is_open_is_never_called_survived_or_broken(problem: Problem) -> None:
    answer = answered(problem, open_cases=2)
    assert answer.survives is None
    assert verdict(answer).startswith("Undecided within the time limit: 2 of 400 cases")
    assert "All 398 cases were decided" in printed(answer)
    assert "?" in printed(answer)
    some = answered(problem, ONE, open_cases=2)
    assert verdict(some) == (
        "Does not survive every single absence: 1 of 400 cases break. "
        "2 more cases stayed undecided within the time limit."
    )
    assert " ".join(printed(some).split()).count("2 more cases stayed undecided") == 1


def test_the_map_shows_the_shortest_that_breaks_and_else_the_most_changes(problem: Problem) -> None:
    text = printed(answered(problem, ONE, DAY)).partition("A number:")[0]
    lines = {
        line.split()[0]: line.split() for line in text.splitlines() if line.startswith("  ") and line.strip()
    }
    assert lines["Chen"][-4:] == ["7d!", "3", "3", "3"]
    assert lines["Sun"][-4:] == ["3", "3", "3", "3"]


def test_places_people_days_and_skills_are_named(problem: Problem) -> None:
    text = printed(answered(problem, ONE, DAY))
    assert "监控台夜班 02-08 00:00-08:00" in text
    assert "1/50" in text
    assert (
        "Teach ops to one of APP" in text
        or "Teach ops to one of 应用支持 (Wu): 1 of 2 breaks gone, 1 undecided." in text
    )
    assert "2027-02-01    8    8    8    7    8    8    8" in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("broken", [(), (ONE, DAY), (ONE, BOTH)])
def test_no_line_is_wider_than_the_paper(
    problem: Problem, language: str, broken: tuple[AbsenceCase, ...]
) -> None:
    text = printed(answered(problem, *broken, pairs=BOTH in broken), language)
    assert max(map(cell_len, text.splitlines())) <= 100
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())
