"""
One absence asked of each class of equal ones, and its answer carried over to the others.

What an answer of a class is cannot be less for any of it. So where the days around do not decide, and more of them part
a class into several, one of these is asked first: if it takes no more changes than the class it was part of had to, its
roster is carried over to all of that class; whichever passes the check on its own dates is answered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from roster.domain.outcome import Roster
from roster.domain.problem import DAY
from roster.questions.resilience.batches import SIDES, Batch
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome
from roster.questions.resilience.classes import AlikePart

FEW = 1
"""Equal absences up to which each is asked by itself, with those of the same week."""
CARRIED = 100
"""Answers carried over to equal absences that are checked in one go."""

Solve = Callable[[Sequence[Batch]], Sequence[CaseAnswer]]
"""Answers batches."""
Least = tuple[int, object, int]
"""By which class the changes of an absence are bounded, and how many there are at least: days around, key, number."""


def by_class(part: AlikePart, cases: Sequence[AbsenceCase], solve: Solve) -> dict[AbsenceCase, CaseAnswer]:
    """
    Answer one of each class of equal absences of one person, and the others from it.

    Those of which the days around do not decide any are left for the whole calendar.

    Parameters
    ----------
    part, cases : A part with surroundings, and absences in it.
    solve : Answers batches.
    """
    asking = _Asking(part, solve)
    asking.check(0, list(_on_days_off(cases, part.published)))
    for side in SIDES:
        asking.of_classes([case for case in cases if case not in asking.found], side)
    return asking.found


@dataclass
class _Asking:
    """
    What is known so far of the absences of a part.

    `least` says of absences that are left, as far as that is known, by which class the changes are bounded, and how
    many there are at least: so many days on either side, what the class has in common, the number.
    """

    part: AlikePart
    solve: Solve
    found: dict[AbsenceCase, CaseAnswer] = field(default_factory=dict)
    least: dict[AbsenceCase, Least] = field(default_factory=dict)

    def of_classes(self, left: Sequence[AbsenceCase], side: int) -> None:
        """
        Answer one of each class, and the others from it; those that so many days around do not decide are left.

        Of the classes that were one with fewer days around, one comes first, the largest.
        """
        least, first = dict(self.least), dict[object, list[AbsenceCase]]()
        for same in self._classes(left, side):
            known = least.get(same[0])
            group = known[:2] if known else same[0]
            if len(same) > len(first.get(group, ())):
                first[group] = same
        asked = [case for same in first.values() for case in same]
        self._one_of_each(list(first.values()), side)
        self._as_few(asked, left, least)
        tried = {*asked, *self.found}
        self._one_of_each(self._classes([case for case in left if case not in tried], side), side)

    def _classes(self, cases: Iterable[AbsenceCase], side: int) -> list[list[AbsenceCase]]:
        """Return absences by what they have in common with so many days around."""
        classes: dict[object, list[AbsenceCase]] = defaultdict(list)
        for case in cases:
            classes[self.part.key(case, side)].append(case)
        return list(classes.values())

    def _one_of_each(self, classes: Sequence[Sequence[AbsenceCase]], side: int) -> None:
        """
        Ask one of each class, and carry its answer over to the others.

        What is like few others, or is not served by the roster of its class, is asked by itself, from ever more days:
        in a program for all that begin in the same week, which is built once and goes on from each to the next.
        """
        alike = [same for same in classes if len(same) > FEW]
        known = {answer.case: answer for answer in self.solve(_by_dates(self.part, alike, side))}
        self.found |= _not_left(known.values())
        given: list[CaseAnswer] = []
        failed: list[AbsenceCase] = []
        for same in alike:
            answer = next(known[case] for case in same if case in known)
            if answer.bound is not None and not answer.breaks:
                self.least |= dict.fromkeys(same, (side, self.part.key(answer.case, side), answer.bound))
            if answer.left and answer.changed is not None:
                failed.append(answer.case)
            elif not answer.left:
                given += [self.part.carried(answer, case, side) for case in same if case != answer.case]
        self.check(side, given)
        unserved = self._classes((answer.case for answer in given if answer.case not in self.found), side)
        asked = [same[0] for same in unserved]
        few = [case for same in classes if len(same) <= FEW for case in same]
        self._alone([*few, *asked, *failed], side)
        self._as_few([*asked, *failed], (case for same in alike for case in same), self.least)
        self._alone([case for same in unserved for case in same if case not in self.found], side)

    def _alone(self, cases: Sequence[AbsenceCase], side: int) -> None:
        """Ask absences by themselves."""
        ordered = sorted(cases, key=lambda case: (case.people, case.length, case.first))
        self.found |= _not_left(self.solve(_by_weeks(ordered, side)))

    def _as_few(
        self, answered: Iterable[AbsenceCase], left: Iterable[AbsenceCase], least: Mapping[AbsenceCase, Least]
    ) -> None:
        """Carry answers that take no more changes than they have to over to those that take at least as many."""
        tight: dict[object, CaseAnswer] = {}
        for case in answered:
            known, answer = least.get(case), self.found.get(case)
            if known is None or answer is None or answer.side is None or answer.breaks:
                continue
            if answer.changed == known[2]:
                tight.setdefault(known[:2], answer)
        given: dict[int, list[CaseAnswer]] = defaultdict(list)
        for case in left:
            known = least.get(case)
            if known and case not in self.found and known[:2] in tight:
                given[known[0]].append(self.part.carried(tight[known[:2]], case, known[0]))
        for side, answers in given.items():
            self.check(side, answers)

    def check(self, side: int, answers: Sequence[CaseAnswer]) -> None:
        """Take in the answers that pass the check."""
        self.found |= _not_left(self.solve(_to_check(side, answers)))


def _not_left(answers: Iterable[CaseAnswer]) -> dict[AbsenceCase, CaseAnswer]:
    """Return the answers of absences that need not be asked again."""
    return {answer.case: answer for answer in answers if not answer.left}


def _on_days_off(cases: Iterable[AbsenceCase], published: Roster) -> Iterator[CaseAnswer]:
    """Yield for absences on which nothing would be done anyway that nothing changes, to be checked."""
    rows = {person.name: row for person, row in zip(published.people, published.duties, strict=True)}
    for case in cases:
        duties = rows[case.people[0]]
        eve = duties[case.first - 1].span if case.first else None
        if all(duties[day].is_off for day in case.days) and (eve is None or eve[1] <= DAY):
            yield CaseAnswer(case, Outcome.SURVIVES, 0, 0, basis=Basis.AROUND, side=0)


def _by_dates(part: AlikePart, alike: Sequence[Sequence[AbsenceCase]], side: int) -> list[Batch]:
    """Return one absence of each class in batches of the same dates, to be asked of so many days around them."""
    times = Counter((case.first, case.length) for same in alike for case in same)
    dated: dict[tuple[int, int], list[AbsenceCase]] = defaultdict(list)
    for same in alike:
        # Those of one program cost less: classes are asked on dates that most of them have.
        one = max(same, key=lambda case: (times[case.first, case.length], -case.first))
        dated[one.first, one.length].append(one)
    return [Batch(tuple(some), side=side, ways=part.ways(some[0], side)) for some in dated.values()]


def _by_weeks(cases: Iterable[AbsenceCase], side: int) -> list[Batch]:
    """Return absences in batches of those as long that begin within a week, those of one person in a row."""
    weeks: dict[tuple[int, int], list[AbsenceCase]] = defaultdict(list)
    for case in cases:
        weeks[case.length, case.first // 7].append(case)
    return [Batch(tuple(same), side=side, widening=True) for same in weeks.values()]


def _to_check(side: int, answers: Sequence[CaseAnswer]) -> list[Batch]:
    """Return answers to be checked, in batches."""
    some = [tuple(answers[at : at + CARRIED]) for at in range(0, len(answers), CARRIED)]
    return [Batch(tuple(one.case for one in each), side=side, given=each) for each in some]
