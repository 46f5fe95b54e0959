"""
Which other leave could be covered: one of several refused, a shorter one, other dates.

Each is asked of the smallest conflict first, which is a few posts and people: what cannot hold there holds nowhere.
What is left is asked of one program of the whole calendar, neighbours in turn, so that each starts where the last one
ended: a tenth of the time of going to and fro.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from roster.domain.problem import DAY
from roster.engine.solvers.search import Search
from roster.language import counted, span, tr
from roster.questions.absences import Absence, LeaveCase
from roster.questions.conflict import Conflict, FeasibilityQuestion, WayOut, holds
from roster.questions.what_if.leave_programs import covered
from roster.questions.what_if.trial import Trial

FARTHEST = 14
"""Most days that a leave is moved."""

Absences = tuple[Absence, ...]


def other_leaves(case: LeaveCase, conflict: Conflict | None, trial: Trial) -> Iterator[WayOut]:
    """
    Yield the other leaves that can be covered, as far as time shows it.

    Parameters
    ----------
    case, conflict : The leave, and its smallest conflict where it was found.
    trial : The time there is.
    """
    asked = _Asked(case, conflict, trial)
    concerned = [at for at, absence in enumerate(case.absences) if asked.concerns(absence)]
    if len(case.absences) > 1:
        yield from _refused(case, concerned, asked)
    for at in concerned:
        yield from _shorter(case, at, asked)
        yield from _moved(case, at, asked)


class _Asked:
    """Other leaves of the same people; what is known to fail, and more than that, is not asked again."""

    def __init__(self, case: LeaveCase, conflict: Conflict | None, trial: Trial) -> None:
        self.case, self._trial = case, trial
        self._conflict = None if conflict is None else conflict.question
        self._hopeless = [case.absences]

    def concerns(self, absence: Absence) -> bool:
        """Whether a leave is part of why it cannot be covered: no other of that person would help."""
        return self._conflict is None or absence in _case(self._conflict).absences

    def works(self, at: int, other: Absence | None) -> bool:
        """Whether everything can be covered with another leave, or none, in one's place; no where time ran out."""
        absences = _instead(self.case.absences, self.case.absences[at], other)
        if any(_within(known, absences) for known in self._hopeless):
            return False
        answer = self._trial.yes(lambda search: self._answer(at, other, absences, search))
        if not answer:
            self._hopeless.append(absences)
        return answer

    def _answer(self, at: int, other: Absence | None, absences: Absences, search: Search) -> bool | None:
        if self._in_conflict(at, other, search) is False:
            return False
        return covered(self.case, absences, search)

    def _in_conflict(self, at: int, other: Absence | None, search: Search) -> bool | None:
        """Whether what could not hold together could with this leave instead: if not, nothing more can."""
        if self._conflict is None or other is None:
            return None
        case = _case(self._conflict)
        absences = _instead(case.absences, self.case.absences[at], other)
        return holds(replace(self._conflict, case=replace(case, absences=absences)), search)


def _case(question: FeasibilityQuestion) -> LeaveCase:
    assert question.case is not None
    return question.case


def _instead(absences: Absences, one: Absence, other: Absence | None) -> Absences:
    return tuple(given for each in absences if (given := other if each == one else each) is not None)


def _within(known: Absences, absences: Absences) -> bool:
    """Whether leaves ask for all that others, known to fail, ask for, or more."""
    return all(
        any(
            one.person == more.person
            and (more.first, more.start) <= (one.first, one.start)
            and (one.last, one.end) <= (more.last, more.end)
            for more in absences
        )
        for one in known
    )


def _refused(case: LeaveCase, concerned: Sequence[int], asked: _Asked) -> Iterator[WayOut]:
    """Yield each leave of several without which the others can be covered."""
    for at in concerned:
        absence = case.absences[at]
        if asked.works(at, None):
            words = {"person": absence.person, "when": span(absence.first, absence.last)}
            yield WayOut("refused", tr("what_if.way_refused", **words), 0, person=absence.person)


def _shorter(case: LeaveCase, at: int, asked: _Asked) -> Iterator[WayOut]:
    """Yield the longest beginning and the longest end of a leave that can be covered."""
    absence = case.absences[at]
    for beginning in (True, False):
        longest = _longest(absence, at, asked, beginning=beginning)
        if longest:
            left = _part(absence, longest, beginning=beginning)
            words = {"person": left.person, "when": span(left.first, left.last)}
            sentence = tr("what_if.way_shorter", days=longest, all=absence.length, **words)
            yield WayOut("shorter", sentence, 0, person=left.person, absence=left)


def _longest(absence: Absence, at: int, asked: _Asked, *, beginning: bool) -> int:
    """Halve the lengths: a leave that can be covered can be covered in part."""
    low, high = 0, absence.length - 1
    while low < high:
        middle = (low + high + 1) // 2
        if asked.works(at, _part(absence, middle, beginning=beginning)):
            low = middle
        else:
            high = middle - 1
    return low


def _part(absence: Absence, days: int, *, beginning: bool) -> Absence:
    if beginning:
        return replace(absence, last=absence.first + timedelta(days=days - 1), end=DAY)
    return replace(absence, first=absence.last - timedelta(days=days - 1), start=0)


def _moved(case: LeaveCase, at: int, asked: _Asked) -> Iterator[WayOut]:
    """Yield the nearest dates on which a leave can be covered: first later ones in turn, then nearer earlier ones."""
    nearest: int | None = None
    for sign in (1, -1):
        for days in range(1, FARTHEST + 1 if nearest is None else nearest):
            moved = case.absences[at].moved(sign * days)
            if _fits(case, at, moved) and asked.works(at, moved):
                nearest, key = days, "what_if.way_later" if sign > 0 else "what_if.way_earlier"
                words = {"person": moved.person, "when": span(moved.first, moved.last)}
                sentence = tr(key, days=counted("common.days", days), **words)
                found = WayOut("moved", sentence, 0, person=moved.person, absence=moved)
                break
    if nearest is not None:
        yield found


def _fits(case: LeaveCase, at: int, moved: Absence) -> bool:
    """Whether moved leave lies in the part of the calendar that may change, apart from that person's other leave."""
    horizon = case.published.horizon
    first, last = horizon.number(moved.first), horizon.number(moved.last)
    earliest = 0 if case.frozen_until is None else case.frozen_until + 1
    others = (one for number, one in enumerate(case.absences) if number != at and one.person == moved.person)
    return (
        earliest <= first
        and last < horizon.days
        and all(one.last < moved.first or moved.last < one.first for one in others)
    )
