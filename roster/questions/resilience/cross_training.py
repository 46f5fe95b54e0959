"""
Which skill, taught to whom, lets a roster survive most of the absences that break it.

One person of each staff type is taught each role that an empty post asked for, as far as roles, employer and sites let
them; the absences that broke the roster are then solved again with that person knowing more, in a long calendar by
classes as they were without. Shifts stay those of the contract: what is taught is a skill.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from roster.domain.problem import Post
from roster.questions.resilience.asking import Solve, by_class
from roster.questions.resilience.batches import Batch, Skill, with_skill
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome, ResilienceRequest
from roster.questions.resilience.classes import parts_of
from roster.questions.resilience.journal import State
from roster.questions.resilience.workers import TellCount, Workers, solve_all


@dataclass(frozen=True, slots=True)
class Training:
    """A skill taught to one person of a type: how many of the broken cases are then survived, and how many are open."""

    skill: Skill
    type: str
    gone: int
    of: int
    undecided: int = 0


def cross_training(
    asked: ResilienceRequest, broken: Sequence[CaseAnswer], state: State, workers: Workers, tell: TellCount
) -> tuple[Training, ...]:
    """
    Return what each skill that may be taught does to the broken cases, the best first.

    Parameters
    ----------
    asked, broken : The question, and the cases that break the roster.
    state, workers : What was kept, and who does the work.
    tell : Takes how many more cases are answered.
    """
    found = []
    for skill, answers in with_skills(asked, broken, state, workers, tell).items():
        gone = sum(not answer.breaks and not answer.undecided for answer in answers.values())
        undecided = sum(answer.undecided for answer in answers.values())
        found.append(Training(skill, type_of(asked, skill.person), gone, len(answers), undecided))
    return tuple(sorted(found, key=lambda training: -training.gone))


def with_skills(
    asked: ResilienceRequest, broken: Sequence[CaseAnswer], state: State, workers: Workers, tell: TellCount
) -> dict[Skill, dict[AbsenceCase, CaseAnswer]]:
    """
    Return for each skill that may be taught what the broken cases come to with it.

    Parameters
    ----------
    asked, broken, state, workers, tell : As of `cross_training`.
    """
    cases = [answer.case for answer in broken]

    def solve(batches: Sequence[Batch]) -> list[CaseAnswer]:
        return solve_all(batches, state, workers, tell)

    known: dict[Skill, dict[AbsenceCase, CaseAnswer]] = {}
    batches: list[Batch] = []
    for skill in teachable(asked, broken):
        known[skill] = own = _by_class(asked, cases, skill, (solve, tell))
        left = [case for case in cases if case not in own]
        batches += [Batch(tuple(group), skill) for group in _by_people(left).values()]
    answers = iter(solve(batches))
    for batch in batches:
        assert batch.skill is not None
        known[batch.skill].update((case, next(answers)) for case in batch.cases)
    return known


def _by_class(
    asked: ResilienceRequest, cases: Sequence[AbsenceCase], skill: Skill, work: tuple[Solve, TellCount]
) -> dict[AbsenceCase, CaseAnswer]:
    """
    Answer broken cases with a skill as far as they tell of each other; the others are left.

    Those of a part that the learner is not in stay broken. In the learner's the shortest are asked first, by class:
    what contains one that still breaks does so too.
    """
    problem, published = with_skill(asked.problem, asked.published, skill)
    solve, tell = work
    found: dict[AbsenceCase, CaseAnswer] = {}

    def taught(batches: Sequence[Batch]) -> Sequence[CaseAnswer]:
        return solve([replace(batch, skill=skill) for batch in batches])

    def stay(those: Sequence[AbsenceCase]) -> None:
        tell(len(those))
        found.update((case, CaseAnswer(case, Outcome.BREAKS, basis=Basis.CONTAINED)) for case in those)

    for part in parts_of(replace(asked, problem=problem, published=published), taught=True):
        own = [case for case in cases if case.people[0] in part.names]
        if skill.person not in part.names:
            stay(own)
        elif part.around is not None and all(len(case.people) == 1 for case in own):
            for length in sorted({case.length for case in own}):
                same = [case for case in own if case.length == length]
                shorter = _by_people(case for case, answer in found.items() if answer.breaks)
                stay([case for case in same if any(one.within(case) for one in shorter[case.people])])
                found |= by_class(part, [case for case in same if case not in found], taught)
    return found


def number_of_tries(asked: ResilienceRequest, broken: Sequence[CaseAnswer]) -> int:
    """Return how many cases `cross_training` solves again."""
    return len(broken) * len(list(teachable(asked, broken)))


def type_of(asked: ResilienceRequest, name: str) -> str:
    """Return the staff type of a person."""
    return next(person.type for person in asked.published.people if person.name == name)


def _by_people(cases: Iterable[AbsenceCase]) -> dict[tuple[str, ...], list[AbsenceCase]]:
    """Return the cases of each person together: what follows from a longer absence then need not be solved."""
    groups: dict[tuple[str, ...], list[AbsenceCase]] = defaultdict(list)
    for case in cases:
        groups[case.people].append(case)
    return groups


def teachable(asked: ResilienceRequest, broken: Sequence[CaseAnswer]) -> Iterator[Skill]:
    """Yield each role of a post that stayed empty, with one person of each type that may learn it and then hold it."""
    problem = asked.problem
    posts = {place[0] for answer in broken for place in answer.empty}
    often = Counter(person for answer in broken for person in answer.case.people)
    by_type: dict[str, list[str]] = defaultdict(list)
    for person in asked.published.people:
        by_type[person.type].append(person.name)
    roles = dict.fromkeys(role for post in problem.posts if post.name in posts for role in post.roles)
    for role in roles:
        wanted = [post for post in problem.posts if post.name in posts and role in post.roles]
        for name, people in by_type.items():
            # Whoever is seldom missed is there to use what was learned.
            learner = Skill(role, min(people, key=lambda person: often[person]))
            if problem.may_learn(problem.type[name], role) and _useful(asked, learner, wanted):
                yield learner


def _useful(asked: ResilienceRequest, learner: Skill, posts: Sequence[Post]) -> bool:
    """Whether somebody could hold one of the posts with the skill: site, employer and shifts let them."""
    before = asked.problem.type[type_of(asked, learner.person)]
    problem, _ = with_skill(asked.problem, asked.published, learner)
    staff = problem.types[-1]
    return any(
        problem.is_eligible(staff, post)
        and not problem.is_eligible(before, post)
        and any(problem.suits(duty, part, post) for duty in problem.duties(staff) for part in duty.parts)
        for post in posts
    )
